"""How far each day of the wheel has come, seen in what it points at: the meeting, the ledger, the report (MC7)."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils.timezone import localdate

from ekonomi.models import Bokimport, Dokument, Hjulpost, Prognos, Verifikation, Verksamhetsar
from ekonomi.models.hjul import Hjulfakta
from insatser.models import Lagesrapport
from moten.models import Mote
from samordning.karna.kalender import halvar, idag
from samordning.karna.models import Rapportversion
from samordning.karna.templatetags.samordning import datum

SNART = datetime.timedelta(14)
Koppling = Hjulfakta.Koppling
HALVAREN = {Koppling.HALVAR1: 1, Koppling.HALVAR2: 2, Koppling.LAGE1: 1, Koppling.LAGE2: 2}
DOKUMENT = {
    Koppling.PLAN: Dokument.Slag.PLAN, Koppling.DELAR: Dokument.Slag.DELAR,
    Koppling.ARSREDOVISNING: Dokument.Slag.ARSREDOVISNING,
}  # fmt: skip
# state -> (kind, picture) of its label
MARKEN = {
    "klar": ("bra", "full"), "sen": ("fara", "trekant"), "snart": ("varn", "halv"), "kommer": ("", "ring"),
    "installd": ("", "streck"),
}  # fmt: skip


@dataclass(frozen=True)
class Tillstand:
    """`lage`: klar, sen, snart, kommer or installd; `ord` says the same of the thing behind: "Inte kallat"."""

    lage: str
    ord: str

    @property
    def marke(self):
        """What `komponenter/marke.html` draws: (text, kind, picture)."""
        return (self.ord, *MARKEN[self.lage])


def sista_dag(post):
    """The last day on which it is not late."""
    if post.dagen_oviss:
        return (post.dag.replace(day=28) + datetime.timedelta(4)).replace(day=1) - datetime.timedelta(1)
    return post.slut or post.dag


def tillstand(poster, dag=None):
    """{key: Tillstand} of the rows (with `mote`, `bas__mote` and `hjul`). At most eight queries, however many rows."""
    dag = dag or idag()
    poster = list(poster)
    fragor = _Svar(poster)
    return {post.pk: _ett(post, dag, fragor) for post in poster}


def _ett(post, dag, svar):
    if post.installd:
        return Tillstand("installd", "Inställd")
    if post.klar:
        return Tillstand("klar", f"Klar {datum(localdate(post.klar))}")
    klar, ord_ = svar.om(post)
    if klar:
        return Tillstand("klar", ord_)
    if sista_dag(post) < dag:
        return Tillstand("sen", ord_)
    if post.slut and post.dag <= dag:
        return Tillstand("snart", "Pågår" if not post.koppling else ord_)
    return Tillstand("snart" if post.dag <= dag + SNART else "kommer", ord_)


class _Svar:
    """What the things behind say. Each kind is asked for once, and only when some row points at it."""

    def __init__(self, poster):
        self.poster = poster
        self.ar = {post.hjul.ar + post.avser for post in poster}
        self._minnen = {}

    def om(self, post):
        """(done, in words)"""
        if post.koppling in (Koppling.MOTE, Koppling.KALLELSE):
            return self._mote(post) if post.koppling == Koppling.MOTE else _kallelse(post)
        if not post.koppling:
            return False, "Inte klar"
        ar = post.hjul.ar + post.avser
        if post.koppling in DOKUMENT:
            return self._dokument(DOKUMENT[post.koppling], ar)
        return getattr(self, f"_{post.koppling}")(post, ar)

    def _en_gang(self, namn, fraga):
        if namn not in self._minnen:
            self._minnen[namn] = fraga()
        return self._minnen[namn]

    def _mote(self, post):
        if post.mote is None:
            return False, "Mötet är inte inlagt"
        if post.mote.lage in Mote.AVSLUTADE:
            return True, "Har hållits"
        if post.mote.dag != post.dag:
            return False, f"Mötet ligger {datum(post.mote.dag)}"
        return False, {"planerat": "Inte kallat", "installt": "Mötet är inställt"}.get(
            post.mote.lage, post.mote.get_lage_display()
        )

    def _bokforing(self, post, ar):
        """The ledger holds the month before the day, or the whole year when it is of the year before."""
        till = self._en_gang("bok", self._bockerna).get(ar)
        behovs = min(post.dag.replace(day=1) - datetime.timedelta(1), datetime.date(ar, 12, 31)).replace(day=1)
        if till is None:
            return False, "Inte inläst"
        return till >= behovs, f"Inläst till och med {datum(till)}"

    def _bockerna(self):
        sparade = Bokimport.objects.filter(lage=Bokimport.Lage.SPARAD, verksamhetsar__ar__in=self.ar)
        rader = Verifikation.objects.filter(verksamhetsar__in=sparade.values("verksamhetsar"))
        return dict(rader.order_by().values_list("verksamhetsar__ar").annotate(till=Max("datum")))

    def _budget(self, _post, ar):
        lagen = self._en_gang(
            "budget", lambda: dict(Verksamhetsar.objects.filter(ar__in=self.ar).values_list("ar", "lage"))
        )
        lage = lagen.get(ar)
        if lage is None:
            return False, "Budgeten är inte påbörjad"
        return lage in ("faststalld", "avslutat"), f"Budgeten {ar} är {Verksamhetsar.Lage(lage).label.lower()}"

    def _prognos(self, post, ar):
        """The first forecast day of the year waits for the first frozen forecast, and so on."""
        lasta = self._en_gang("prognos", self._prognoserna).get(ar, 0)
        dagar = self._en_gang("prognosdagar", self._prognosdagar)
        nr = sum(
            hjulets + avser == ar and (dag, pk) <= (post.dag, post.pk) for hjulets, avser, dag, pk in dagar
        )  # fmt: skip
        return lasta >= nr, f"Prognos {nr} är låst" if lasta >= nr else f"Prognos {nr} är inte låst"

    def _prognosdagar(self):
        """Of the whole wheels, also when only some of their rows are looked at."""
        rader = Hjulpost.objects.filter(
            koppling=Koppling.PROGNOS, installd=False, hjul__in={post.hjul_id for post in self.poster}
        )
        return list(rader.values_list("hjul__ar", "avser", "dag", "pk"))

    def _prognoserna(self):
        rader = Prognos.objects.filter(lage=Prognos.Lage.LAST, verksamhetsar__ar__in=self.ar)
        return dict(rader.order_by().values_list("verksamhetsar__ar").annotate(antal=Count("pk")))

    def _halvar(self, post, ar):
        kod = f"{ar}H{HALVAREN[post.koppling]}"
        lagen = self._en_gang("halvar", self._rapporterna).get(kod, set())
        if lagen & set(Rapportversion.UTGIVNA):
            return True, "Rapporten är släppt"
        return False, "Rapporten är ett utkast" if lagen else "Rapporten är inte gjord"

    _halvar1 = _halvar2 = _halvar

    def _rapporterna(self):
        koder = [{"period": f"{ar}H{nr}"} for ar in self.ar for nr in (1, 2)]
        lagen = {}
        for parametrar, lage in Rapportversion.objects.filter(typ="halvar", parametrar__in=koder).values_list(
            "parametrar", "lage"
        ):
            lagen.setdefault(parametrar["period"], set()).add(lage)
        return lagen

    def _lage(self, post, ar):
        fran = halvar(ar, HALVAREN[post.koppling]).fran
        alla, inne = self._en_gang("lage", self._lagesrapporterna).get(fran, (0, 0))
        if not alla:
            return False, "Inga lägesrapporter är begärda"
        return inne == alla, f"{inne} av {alla} är inne"

    _lage1 = _lage2 = _lage

    def _lagesrapporterna(self):
        """{first day of a half-year: (how many are asked for, how many are in)}"""
        dagar = [halvar(ar, nr).fran for ar in self.ar for nr in (1, 2)]
        rader = (
            Lagesrapport.objects.filter(fran__in=dagar)
            .exclude(lage=Lagesrapport.Lage.HOPPAD)
            .order_by()
            .values("fran")
            .annotate(alla=Count("pk"), inne=Count("pk", filter=Q(lage__in=Lagesrapport.INLAMNADE)))
        )
        return {rad["fran"]: (rad["alla"], rad["inne"]) for rad in rader}

    def _dokument(self, slag, ar):
        lagen = self._en_gang(
            "dokument",
            lambda: {
                (slag, ar): lage
                for slag, ar, lage in Dokument.objects.filter(ar__in=self.ar).values_list("slag", "ar", "lage")
            },
        )
        lage = lagen.get((slag, ar))
        return lage == Dokument.Lage.FASTSTALLT, {None: "Inte påbörjad"}.get(lage) or Dokument.Lage(lage).label


def _kallelse(post):
    mote = post.bas.mote if post.bas else None
    if mote is None:
        return False, "Mötet är inte inlagt"
    if mote.lage == Mote.Lage.PLANERAT:
        return False, "Inte skickad"
    if mote.lage == Mote.Lage.INSTALLT:
        return False, "Mötet är inställt"
    return True, f"Skickad {datum(localdate(mote.kallat))}" if mote.kallat else "Mötet har börjat"
