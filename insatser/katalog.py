"""The catalogue's search and filters: what the address says, as rows, as choices with counts, and as removable chips.

An address may be typed, old or cut off, so a value that is no choice is left out in silence.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramWordSimilarity
from django.db.models import Case, Count, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.lookups import Exact, GreaterThanOrEqual, IContains
from django.utils.functional import cached_property

from insatser import brister, policies
from insatser.models import Insats
from insatser.models.insats import HOGSTA_ALDER
from samordning.karna.kalender import idag
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import soktext

# The columns of the index insats_sokord, in its order: only then is the index used.
SOKTA = ("namn", "sammanfattning", "beskrivning", "malgrupp", "metod")
FLEST_ORD = 8
# Shorter words are too common inside other words to be looked for there.
MINST_INUTI, MINST_LIKNANDE = 4, 5
# A slip of the finger in a name: rörås finds Rörsås.
SA_LIKT = 0.5

GEMENSAM = "gemensam"
LEDIGA = "lediga"
ORDNINGAR = {"namn": "Namn", "lediga": "Lediga platser"}

SVENSK_BOKSTAVSORDNING = str.maketrans("åäöæøéèüáà", "{|}|}eeyaa")


@dataclass(frozen=True)
class Val:
    """One choice of a filter: how many it gives together with what is chosen in the other filters."""

    varde: str
    text: str
    antal: int
    valt: bool


@dataclass(frozen=True)
class Filter:
    namn: str
    rubrik: str
    val: list


class Katalog:
    """The catalogue as one address asks for it. Three queries for choices and counts, one for a text."""

    def __init__(self, fraga, user):
        self.fraga = fraga
        self.insatser = Insats.objects.visible_to(user)
        self.sok = soktext(fraga.get("q", ""))
        self.alder = _alder(fraga.get("alder", ""))
        self.ordning = fraga.get("ordning") if fraga.get("ordning") in ORDNINGAR else "namn"
        self.val = _val(self.insatser)
        if policies.can_edit_insats(user):
            self.val["brist"] = ("Att rätta till", brister.BRISTER)
        self.valda = {
            namn: [varde for varde in dict.fromkeys(fraga.getlist(namn)) if varde in texter]
            for namn, (_, texter) in self.val.items()
        }

    def traffar(self):
        """The rows, those that have ended last."""
        ordning = [Case(When(slut__lt=idag(), then=1), default=0)]
        if self.ordning == "lediga":
            ordning.append(F("lediga_platser").desc(nulls_last=True))
        return (
            self.insatser.for_lista()
            .filter(self._grund(), *self._valda_villkor())
            .order_by(*ordning, SvenskOrdning("namn"), "pk")
        )

    def filter(self):
        """[Filter] with the number that each choice gives: one query for the places, one for all the others."""
        raknare = {
            f"{namn}_{varde}": Count("pk", filter=reduce(and_, self._valda_villkor(utom=namn), _villkor(namn, [varde])))
            for namn, (_, texter) in self.val.items()
            for varde in texter
            if namn != "ort" or varde == GEMENSAM
        }
        antal = self.insatser.filter(self._grund()).aggregate(**raknare) | self._antal_per_ort()
        return [
            Filter(
                namn,
                rubrik,
                [
                    Val(varde, text, antal.get(f"{namn}_{varde}", 0), varde in self.valda[namn])
                    for varde, text in texter.items()
                ],
            )
            for namn, (rubrik, texter) in self.val.items()
            if texter
        ]

    def _antal_per_ort(self):
        """Places are written by hand and may be any number, so they are rows and never columns of the query."""
        insatser = self.insatser.filter(self._grund(), *self._valda_villkor(utom="ort"))
        rader = _per_ort(insatser).values("ort").annotate(antal=Count("pk", distinct=True))
        return {f"ort_{ort}": antal for ort, antal in rader.values_list("ort", "antal") if ort != GEMENSAM}

    @property
    def antal_filter(self):
        """How many filters are chosen; the text that is searched for is none."""
        return sum(map(len, self.valda.values())) + (self.alder is not None)

    def brickor(self):
        """[(text, address without it)] for everything that narrows the list."""
        brickor = [(f"”{self.sok}”", self._utan("q"))] if self.sok else []
        for namn, (_, texter) in self.val.items():
            brickor += [(texter[varde], self._utan(namn, varde)) for varde in self.valda[namn]]
        if self.alder is not None:
            brickor.append((f"{self.alder} år", self._utan("alder")))
        return brickor

    def _utan(self, namn, varde=None):
        fraga = self.fraga.copy()
        fraga.pop("sida", None)
        fraga.setlist(namn, [v for v in fraga.getlist(namn) if varde is not None and v != varde])
        return f"?{fraga.urlencode()}"

    def _grund(self):
        """What no filter with counts stands for: the text and the age."""
        villkor = Q(pk__in=self._hittade) if self.sok else Q()
        if self.alder is not None:
            villkor &= Q(alder_fran=None) | Q(alder_fran__lte=self.alder)
            villkor &= Q(alder_till=None) | Q(alder_till__gte=self.alder)
        return villkor

    @cached_property
    def _hittade(self):
        """Primary keys of what the text finds: looked for once, though rows and counts both need it."""
        return list(self.insatser.filter(sokvillkor(self.sok)).order_by().values_list("pk", flat=True))

    def _valda_villkor(self, utom=None):
        return [_villkor(namn, varden) for namn, varden in self.valda.items() if varden and namn != utom]


def _alder(text):
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= HOGSTA_ALDER else None


def _val(insatser):
    """{filter: (heading, {value: text})}; the places are those that a visible insats has."""
    platser = _per_ort(insatser).values_list("ort", flat=True)
    orter = sorted(set(platser), key=lambda ort: ort.lower().translate(SVENSK_BOKSTAVSORDNING))
    return {
        "ort": ("Kommun", {ort: ort for ort in orter} | {GEMENSAM: "Gemensam för hela Skaraborg"}),
        "grupp": ("Passar för", dict(Insats.Grupp.choices)),
        "upplagg": ("Upplägg", dict(Insats.Upplagg.choices)),
        "remittent": ("Vem får remittera", dict(Insats.Remittent.choices)),
        "inriktning": ("Inriktning", dict(Insats.Inriktning.choices)),
        "platser": ("Platser", {LEDIGA: "Har lediga platser"}),
    }


def _per_ort(insatser):
    """A row for every place of every insats."""
    return insatser.order_by().annotate(ort=Func("orter", function="unnest", output_field=TextField()))


def _villkor(namn, varden):
    """Any of the values of one filter."""
    match namn:
        case "ort":
            villkor = Q(orter__overlap=[varde for varde in varden if varde != GEMENSAM])
            return villkor | Q(skaraborgsgemensam=True) if GEMENSAM in varden else villkor
        case "grupp":
            return Q(grupper__overlap=varden)
        case "upplagg":
            return Q(upplagg__overlap=varden)
        case "remittent":
            return Q(remittenter__overlap=varden)
        case "inriktning":
            villkor = Q(inriktning__in=varden)
            return villkor | Q(aven_strukturell=True) if Insats.Inriktning.STRUKTUR in varden else villkor
        case "platser":
            return Q(lediga_platser__gt=0) & (Q(slut=None) | Q(slut__gte=idag()))
        case "brist":
            return reduce(or_, map(brister.villkor, varden))


def sokvillkor(text):
    """Every word of the text, each in any of the sheet's texts, its places, its choices or its organiser."""
    ord_ = re.findall(r"[^\W_]+", text)[:FLEST_ORD]
    # A text of signs alone is looked for as it stands, so that it gives nothing rather than everything.
    return reduce(and_, map(_ordvillkor, ord_)) if ord_ else Q(namn__icontains=text)


def _ordvillkor(ordet):
    inuti = len(ordet) >= MINST_INUTI
    # With a stem, `:*` goes too far (unga would find ungefär); longer words are looked for inside others below.
    fraga = SearchQuery(ordet if inuti else f"{ordet}:*", config="swedish", search_type="raw")
    i_texten = Insats.objects.annotate(sokord=SearchVector(*SOKTA, config="swedish")).filter(sokord=fraga)
    orter = Func("orter", Value(" "), function="array_to_string", output_field=TextField())
    # `i` and `för` say nothing to the index; alone they must not empty a search with other words.
    sager_inget = Exact(Func(fraga, function="numnode", output_field=IntegerField()), Value(0))
    villkor = [
        Q(pk__in=i_texten.values("pk")),
        Q(namn__icontains=ordet),
        Q(agare__namn__icontains=ordet),
        Q(IContains(orter, ordet)),
        Q(sager_inget),
    ]
    if inuti:
        # Swedish writes words together: odling is also trädgårdsodling.
        villkor += [Q(**{f"{falt}__icontains": ordet}) for falt in SOKTA]
        villkor.append(Q(grupper__overlap=_med_texten(Insats.Grupp, ordet)))
        villkor.append(Q(upplagg__overlap=_med_texten(Insats.Upplagg, ordet)))
    if len(ordet) >= MINST_LIKNANDE:
        villkor.append(Q(GreaterThanOrEqual(TrigramWordSimilarity(ordet, "namn"), SA_LIKT)))
    return reduce(or_, villkor)


def _med_texten(val, ordet):
    """The choices whose text holds the word."""
    return [varde for varde, text in val.choices if ordet.lower() in text.lower()]
