"""Searching in texts: what was typed as conditions, several sources in one statement, and hits with their words marked.

A source (`Kalla`) is the rows that one user may see. Nothing here looks outside them: numbers of hits, snippets and
near words come from these rows alone.
"""

import difflib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramWordSimilarity
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, DateField, F, FloatField, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samordning.karna.views import soktext

SPRAK = "swedish"
FLEST_ORD = 8
MINST_INUTI = 4  # shorter words are too common inside other words to be looked for there
MINST_LIKNANDE = 4
SA_LIKT, SA_NARA = 0.25, 0.7  # of a title to the word; of a word in it
PER_SIDA = 20
LANGST_UTDRAG, LAST_TEXT = 180, 50_000  # signs shown; signs of a long text that the snippet is looked for in
FORE, EFTER = "\ue000", "\ue001"  # around a found word on its way from the database

PARAGRAF = re.compile(r"(?:§+\s*(\d{1,5})|(\d{1,5})\s*§)(?:\s*/\s*(\d{4}))?")
NUMMER = re.compile(r"(?:dnr\.?\s*)?(\d{4})\s*/\s*(\d{1,7})", re.I)
BITAR = re.compile(r'(-?)"([^"]*)"?|([^\s"]+)')
CITAT = str.maketrans("”“„«»", '"""""')
MARKT = re.compile(f"{FORE}([^{FORE}{EFTER}]*){EFTER}")


@dataclass(frozen=True)
class Term:
    text: str
    fras: bool = False

    @property
    def inuti(self):
        """Swedish writes words together: rehab is also in arbetslivsrehabilitering."""
        return not self.fras and len(self.text) >= MINST_INUTI

    @property
    def fraga(self):
        return SearchQuery(self.text, config=SPRAK, search_type="phrase" if self.fras else "plain")


@dataclass(frozen=True)
class Fraga:
    """What was typed. One term of each of `grupper` must be there, none of `utan`. `paragraf` = (number, year or None)
    and `nummer` = (year, number) when the whole text is one."""

    text: str
    grupper: tuple[tuple[Term, ...], ...] = ()
    utan: tuple[Term, ...] = ()
    paragraf: tuple[int, int | None] | None = None
    nummer: tuple[int, int] | None = None

    def __bool__(self):
        """There is something to look for; not small words or exceptions alone."""
        return bool(self.grupper or self.paragraf or self.nummer)

    @property
    def termer(self):
        return [term for grupp in self.grupper for term in grupp]

    @property
    def nagon(self):
        """Any of the words: for the order, and for marking them."""
        return reduce(or_, (term.fraga for term in self.termer))


def tolka(text: str) -> Fraga:
    """Words, "phrases", `-without` and `eller`. One query, when there are words, for which of them say nothing."""
    text = soktext(text)
    if traff := PARAGRAF.fullmatch(text):
        return Fraga(text, paragraf=(int(traff[1] or traff[2]), traff[3] and int(traff[3])))
    grupper, utan, foga = [], [], False
    for minus, fras, ordet in BITAR.findall(text.translate(CITAT))[: 3 * FLEST_ORD]:
        if ordet.lower() in ("eller", "or") and grupper:
            foga = True
            continue
        if ordet and not fras and ordet.startswith("-"):
            minus, ordet = "-", ordet.lstrip("-")
        term = Term(fras.strip(), fras=True) if fras.strip() else Term(re.sub(r"^\W+|\W+$", "", ordet))
        if not re.search(r"\w", term.text):
            continue
        if minus:
            utan.append(term)
        elif foga:
            grupper[-1].append(term)
        elif len(grupper) < FLEST_ORD:
            grupper.append([term])
        foga = False
    fraga = Fraga(text, tuple(map(tuple, grupper)), tuple(utan))
    if traff := NUMMER.fullmatch(text):
        fraga = replace(fraga, nummer=(int(traff[1]), int(traff[2])))
    return _utan_smaord(fraga)


def _utan_smaord(fraga):
    """`och` and `i` are in no index: looked for, they would empty a search with other words."""
    alla = list(dict.fromkeys([*fraga.termer, *fraga.utan]))
    if not alla:
        return fraga
    with connection.cursor() as c:
        c.execute(
            "select numnode(plainto_tsquery(%s::regconfig, o)) > 0 from unnest(%s::text[]) with ordinality u(o, nr) "
            "order by nr", [SPRAK, [term.text for term in alla]],
        )  # fmt: skip
        sager = {term for term, (svar,) in zip(alla, c.fetchall(), strict=True) if svar}
    grupper = [tuple(term for term in grupp if term in sager) for grupp in fraga.grupper]
    return replace(
        fraga, grupper=tuple(filter(None, grupper)), utan=tuple(term for term in fraga.utan if term in sager)
    )  # fmt: skip


@dataclass(frozen=True)
class Traff:
    """One hit: title and snippet with the found words marked, where it is, and what is said beside it."""

    slag: str
    titel: SafeString
    url: str
    om: tuple[str, ...] = ()
    dag: object = None
    utdrag: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True)
class Kalla:
    """Rows of one model that the user may see, and how they are looked in.

    `vektor`: the name of a stored vector, or what makes one. `rubrik`, `text`: name or expression. `inuti`: the names
    that words are looked for inside of. `alias`: expressions that those names stand for. `visa`: row -> (what stands
    before the title, address, the small words beside it). `paragraf`: (number, year) -> Q. `arende`: the way to the
    case's fields, "" for the case itself.
    """

    grund: QuerySet
    slag: object
    dag: object
    rubrik: str
    text: str
    vektor: object
    visa: Callable
    inuti: tuple[str, ...] = ()
    alias: dict = field(default_factory=dict)
    med: tuple[str, ...] = ()
    paragraf: Callable | None = None
    arende: str | None = None

    def rader(self):
        falt = dict(self.alias)
        if not isinstance(self.vektor, str):
            falt["_vektor"] = self.vektor
        return self.grund.alias(**falt)

    @property
    def vektornamn(self):
        return self.vektor if isinstance(self.vektor, str) else "_vektor"

    def traffar(self, fraga):
        """The rows that are found, or all when nothing is looked for."""
        if fraga.paragraf:
            return self.rader().filter(self.paragraf(*fraga.paragraf)) if self.paragraf else self.grund.none()
        villkor = Q()
        for grupp in fraga.grupper:
            villkor &= reduce(or_, (self._term(term) for term in grupp))
        for term in fraga.utan:
            villkor &= ~Q(**{self.vektornamn: term.fraga})
        if fraga.nummer and self.arende is not None:
            ar, lopnummer = fraga.nummer
            villkor |= Q(**{f"{self.arende}ar": ar, f"{self.arende}lopnummer": lopnummer})
        return self.rader().filter(villkor)

    def _term(self, term):
        villkor = Q(**{self.vektornamn: term.fraga})
        for namn in self.inuti if term.inuti else ():
            villkor |= Q(**{f"{namn}__icontains": term.text})
        return villkor

    def rang(self, fraga):
        if not fraga.grupper:
            return Value(0.0, output_field=FloatField())
        i_rubriken = Case(When(**{f"{self.rubrik}__icontains": fraga.text}, then=Value(1.0)), default=Value(0.0))
        return Cast(SearchRank(F(self.vektornamn), fraga.nagon), FloatField()) + i_rubriken


# ---- Several sources at once


@dataclass(frozen=True)
class Svar:
    """`antal` = {kind: hits}; `sida` the page (django.core.paginator.Page) of hits of the kind that was asked for."""

    antal: dict
    sida: object


ALLT = """
with t(kalla, slag, pk, dag, rang) as materialized ({delar}),
antal as (select slag, count(*) as n from t group by slag),
sida as (
    select kalla, slag, pk, row_number() over (order by {ordning}) as nr from t where {slag} order by nr
    limit %s offset %s
)
select (select jsonb_object_agg(slag, n) from antal),
       (select jsonb_agg(jsonb_build_array(kalla, slag, pk) order by nr) from sida)
"""
ORDNINGAR = {
    "bast": "rang desc, dag desc nulls last, kalla, pk desc",
    "nyast": "dag desc nulls last, rang desc, kalla, pk desc",
}


def sok(kallor, fraga, *, slag="", sida=1, ordning="bast", per_sida=PER_SIDA) -> Svar:
    """One statement for numbers and places, and one for each source that has a hit on the page."""
    sidnummer = max(int(str(sida)[:8]), 1) if str(sida).isdecimal() else 1
    antal, platser = _fraga(kallor, fraga, slag, ordning, per_sida, (sidnummer - 1) * per_sida)
    i_allt = sum(n for namn, n in antal.items() if slag in ("", namn))
    sidor = Paginator(range(i_allt), per_sida)
    ratt = sidor.get_page(sidnummer)
    if i_allt and ratt.number != sidnummer:
        _, platser = _fraga(kallor, fraga, slag, ordning, per_sida, (ratt.number - 1) * per_sida)
    ratt.object_list = _hamta(kallor, fraga, platser)
    return Svar(antal, ratt)


def nycklar(kallor, fraga, *, slag="", hogst=500):
    """The newest hits as texts that tell them apart, for who only wants to know what is new. One query."""
    _, platser = _fraga(kallor, fraga, slag, "nyast", hogst, 0)
    return [f"{kallor[nr].grund.model._meta.model_name}:{pk}" for nr, _, pk in platser]


def _fraga(kallor, fraga, slag, ordning, antal, fran):
    delar, varden = [], []
    for nr, kalla in enumerate(kallor):
        rader = kalla.traffar(fraga).order_by().annotate(
            t_kalla=Value(nr, output_field=IntegerField()), t_slag=Cast(kalla.slag, TextField()),
            t_dag=Cast(kalla.dag, DateField()), t_rang=kalla.rang(fraga),
        )  # fmt: skip
        try:
            sats, param = rader.values_list("t_kalla", "t_slag", "pk", "t_dag", "t_rang").query.sql_with_params()
        except EmptyResultSet:
            continue
        delar.append(f"({sats})")
        varden += param
    if not delar:
        return {}, []
    sats = ALLT.format(
        delar=" union all ".join(delar), ordning=ORDNINGAR[ordning], slag="slag = %s" if slag else "true"
    )  # fmt: skip
    with connection.cursor() as c:
        c.execute(sats, [*varden, *([slag] if slag else []), antal, fran])
        per_slag, platser = ([] if varde is None else _json(varde) for varde in c.fetchone())
    return per_slag or {}, platser


def _json(varde):
    return json.loads(varde) if isinstance(varde, str) else varde


def _hamta(kallor, fraga, platser):
    funna = {}
    for nr in {plats[0] for plats in platser}:
        kalla = kallor[nr]
        text = Left(Coalesce(Cast(kalla.text if not isinstance(kalla.text, str) else F(kalla.text), TextField()),
                             Value("")), LAST_TEXT)  # fmt: skip
        rubrik = Cast(F(kalla.rubrik), TextField())
        visas = {"t_rubrik": rubrik, "t_text": text, "t_utdrag": Value(""), "t_slag": kalla.slag, "t_dag": kalla.dag}
        if fraga.grupper:
            visas["t_rubrik"] = SearchHeadline(
                rubrik, fraga.nagon, config=SPRAK, start_sel=FORE, stop_sel=EFTER, highlight_all=True
            )
            visas["t_utdrag"] = SearchHeadline(
                text, fraga.nagon, config=SPRAK, start_sel=FORE, stop_sel=EFTER, max_words=32, min_words=20
            )
        rader = kalla.rader().filter(pk__in=[pk for n, _, pk in platser if n == nr])
        for rad in rader.select_related(*kalla.med).annotate(**visas):
            funna[nr, rad.pk] = _traff(kalla, fraga, rad)
    return [funna[nr, pk] for nr, _, pk in platser if (nr, pk) in funna]


def _traff(kalla, fraga, rad):
    fore, url, om = kalla.visa(rad)
    titel = _marka_inuti(rad.t_rubrik, fraga)
    return Traff(
        slag=rad.t_slag, titel=mark_safe(f"{escape(fore)} {_marken(titel)}".strip()),  # noqa: S308 (both are escaped)
        url=url, om=tuple(filter(None, om)), dag=rad.t_dag, utdrag=_marken(_utdrag(rad, fraga)),
    )  # fmt: skip


def _utdrag(rad, fraga):
    """The sentences with the words; those around a word found inside another; else how the text begins."""
    text = " ".join(rad.t_text.replace(FORE, "").replace(EFTER, "").split())
    if FORE in rad.t_utdrag:
        bit = " ".join(rad.t_utdrag.split())
        ren = bit.replace(FORE, "").replace(EFTER, "")
        return f"{'' if text.startswith(ren) else '… '}{bit}{'' if text.endswith(ren) else ' …'}"
    platser = [plats for term in fraga.termer if term.inuti and (plats := text.lower().find(term.text.lower())) >= 0]
    fran = max(min(platser) - LANGST_UTDRAG // 3, 0) if platser else 0
    if fran:
        fran = text.rfind(" ", 0, fran) + 1
    bit = text[fran : fran + LANGST_UTDRAG]
    if fran + LANGST_UTDRAG < len(text):
        bit = f"{bit.rpartition(' ')[0] or bit} …"
    return _marka_inuti(f"… {bit}" if fran else bit, fraga)


def _marka_inuti(text, fraga):
    if FORE in text:
        return text
    delar = [re.escape(term.text) for term in fraga.termer if term.inuti]
    return re.sub("|".join(delar), lambda m: f"{FORE}{m[0]}{EFTER}", text, flags=re.I) if delar else text


def _marken(text):
    """Escaped, with <mark> around what was found. A sign of ours in somebody's text is taken away."""
    markt = MARKT.sub(r"<mark>\1</mark>", str(escape(text)))
    return mark_safe(markt.replace(FORE, "").replace(EFTER, ""))  # noqa: S308 (escaped above)


# ---- Nothing was found


def menade(kallor, fraga, fler=()):
    """The text with the words changed that look like a word of a title the user may see, or of `fler` (names that are
    no secret); "" when none does. One query."""
    termer = [term for term in fraga.termer if len(term.text) >= MINST_LIKNANDE and not term.fras]
    if not termer or not kallor:
        return ""
    orden = {ordet for titel in [*_liknande(kallor, termer), *fler] for ordet in re.findall(r"\w+", titel)}
    gemena = {ordet.lower(): ordet for ordet in sorted(orden)}
    forslag = fraga.text
    for term in termer:
        soks = term.text.lower()
        # Words are written together: bugdet is near how budgetprognos begins.
        borjan = {ordet[: len(soks)]: ordet[: len(soks)] for ordet in gemena if len(ordet) > len(soks) + 1}
        for kandidater in (gemena, borjan):
            lika = difflib.get_close_matches(soks, kandidater, n=1, cutoff=SA_NARA)
            if lika and lika[0] != soks:
                forslag = forslag.replace(term.text, kandidater[lika[0]])
                break
    return forslag if forslag != fraga.text else ""


def _liknande(kallor, termer):
    delar, varden = [], []
    for kalla in kallor:
        for term in termer:
            rader = kalla.rader().order_by().annotate(
                t_lik=TrigramWordSimilarity(term.text, Cast(F(kalla.rubrik), TextField())),
                t_rubrik=Cast(F(kalla.rubrik), TextField()),
            ).filter(t_lik__gte=SA_LIKT).order_by("-t_lik", "pk").values_list("t_rubrik")[:30]  # fmt: skip
            try:
                sats, param = rader.query.sql_with_params()
            except EmptyResultSet:
                continue
            delar.append(f"(select t_rubrik from ({sats}) d)")  # noqa: S608 (the statement has its own parameters)
            varden += param
    if not delar:
        return []
    with connection.cursor() as c:
        c.execute(" union ".join(delar), varden)
        return [titel for (titel,) in c.fetchall()]
