"""Closing a meeting: every item gets its end and its number, and what was said and decided goes to the cases.

`avslut_rader.las` reads what the page shows and `avsluta` writes; what may not be is refused between them, by field, in
`avslut_forms`. The numbers: `paragrafer`.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from moten import aterkoppling, medskick, paragrafer, uppfoljning
from moten.avslut_rader import namn
from moten.beslut_views import OVERGANG
from moten.models import (
    Beslut,
    Grupparbete,
    Justerare,
    Mote,
    Omrostning,
    Ordrunda,
    Organ,
    Paragraf,
    Punkt,
    Utvardering,
    Yttrande,
    Yttranderunda,
)
from moten.models.rum import OppenStangd
from moten.protokoll import uppraknat
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse

EN_VECKA = timedelta(days=7)
STANNAR = "stannar"
DIT = {"till_au": "arbetsutskottet", "till_styrelse": "styrelsen"}


@dataclass(frozen=True)
class Val:
    """What was chosen for an item. `vag` is a transition of the case or STANNAR; `byt` replaces given opinions."""

    status: str
    hanvisad_till: str = ""
    sammanfattning: str = ""
    stang: bool = False
    byt: bool = False
    vag: str = STANNAR


@dataclass
class Resultat:
    """What a close did."""

    beslut: list = field(default_factory=list)
    nya_beslut: list = field(default_factory=list)  # those that nobody had written by hand
    yttranden: int = 0
    stangda: int = 0
    flyttade: list = field(default_factory=list)  # [(case, transition)]

    @property
    def i_ord(self):
        meningar = ["Mötet är avslutat."]
        if antal := len(self.beslut):
            meningar.append(_antal(antal, "Ett beslut är fört till ärendena.", "beslut är förda till ärendena."))
        if self.yttranden:
            meningar.append(_antal(self.yttranden, "Ett yttrande är sparat.", "yttranden är sparade."))
        if self.stangda:
            meningar.append(_antal(self.stangda, "En runda är stängd.", "rundor är stängda."))
        for vag, vart in DIT.items():
            nummer = [arende.diarienummer for arende, dit in self.flyttade if dit == vag]
            if nummer:
                meningar.append(f"{uppraknat(nummer)} har gått till {vart}.")
        return " ".join(meningar)


def _antal(antal, en, flera):
    return en if antal == 1 else f"{antal} {flera}"


@transaction.atomic
def avsluta(mote, rader, valen, *, forsta, av):
    """Close the meeting: the Resultat. `rader` are read under lock; `valen` {item: Val} hold what the form let through;
    `forsta` is the first §. IntegrityError when somebody wrote a decision with one of the numbers meanwhile: nothing
    is saved then, and the caller reads the meeting again. Nobody is mailed here."""
    _stang_rummet(mote, av)
    nummer = paragrafer.numrera(mote, rader, {pk: val.status for pk, val in valen.items()}, forsta)
    svar = Resultat()
    for rad in rader:
        val = valen[rad.punkt.pk]
        if rad.rundas:
            _till_rundan(mote, rad, val, av, svar)
        _punkten(mote, rad, val, nummer.get(rad.punkt.pk))
    for rad in rader:
        for utfall in rad.avgor:
            svar.beslut.append(_besluta(mote, rad, utfall, av))
            if rad.beslut is None:
                svar.nya_beslut.append(svar.beslut[-1])
    for rad in rader:
        vag = valen[rad.punkt.pk].vag
        if vag != STANNAR:
            rad.arende.flytta(vag, av=av)
            svar.flyttade.append((rad.arende, vag))
    medskick.fyll_pa([arende for arende, _ in svar.flyttade])
    mote._overga("avsluta", av=av, avslutat=nu())
    return svar


def _stang_rummet(mote, av):
    """What people write on their phones is part of the record, which is now closed."""
    for rad in (
        *Grupparbete.objects.filter(punkt__mote=mote, lage=OppenStangd.OPPEN),
        *Omrostning.objects.filter(punkt__mote=mote, lage=OppenStangd.OPPEN),
        *Ordrunda.objects.filter(punkt__mote=mote, lage=OppenStangd.OPPEN),
        *Utvardering.objects.filter(mote=mote, lage=OppenStangd.OPPEN),
    ):
        rad._overga("stang", av=av)


def _punkten(mote, rad, val, nummer):
    punkt, fore = rad.punkt, (rad.punkt.status, rad.punkt.nummer)
    if nummer is not None:
        punkt.nummer = nummer
        if mote.organ.numrering == Organ.Numrering.PARAGRAF:
            Paragraf.objects.create(organ=mote.organ, ar=mote.dag.year, nummer=nummer, punkt=punkt)
    punkt.status, punkt.hanvisad_till = val.status, val.hanvisad_till
    if val.status == Punkt.Status.BEHANDLAD:
        # As it stood that day: what is done later does not change the record.
        punkt.text = uppfoljning.fyllt(punkt.slag, punkt.text, mote)
    punkt.version += 1
    punkt.andrad = nu()
    punkt.save(update_fields=["status", "hanvisad_till", "nummer", "text", "version", "andrad"])
    Handelse.logga(punkt, "slut", fran=fore[0], till=punkt.status, data={"nummer": [fore[1], punkt.nummer]})


def _till_rundan(mote, rad, val, av, svar):
    """The groups' positions as opinions of the case, and the summary in the round and last in the item's text."""
    runda = rad.runda
    if runda is None:
        runda = Yttranderunda.objects.create(
            arende=rad.arende, organ=mote.organ, senast=idag() if val.stang else idag() + EN_VECKA,
            fraga=rad.punkt.grupparbete.fragor,
        )  # fmt: skip
        Handelse.logga(runda, "oppnad", av=av, till=runda.lage)
    finns = {yttrande.grupp: yttrande for yttrande in rad.yttranden if yttrande.grupp}
    for grupp in rad.grupper:
        yttrande = finns.get(namn(grupp)) or Yttrande(
            runda=runda, grupp=namn(grupp), ordning=len(rad.yttranden) + grupp.nr
        )
        svar.yttranden += _yttra(mote, yttrande, grupp, val, av)
    if rad.grupper and val.sammanfattning:
        fore = rad.punkt.text.removesuffix(runda.sammanfattning).rstrip() if runda.sammanfattning else rad.punkt.text
        if not fore.endswith(val.sammanfattning):
            rad.punkt.text = f"{fore}\n\n{val.sammanfattning}".strip()
    if val.stang:
        runda.stang(av=av, sammanfattning=val.sammanfattning)
        svar.stangda += 1
    elif val.sammanfattning != runda.sammanfattning:
        runda.sammanfattning = val.sammanfattning
        runda.save(update_fields=["sammanfattning"])


def _yttra(mote, yttrande, grupp, val, av):
    """1 when the group's position became the opinion. Who has not taken a stand replaces nothing; an opinion that is
    given stands unless it was chosen to replace it."""
    ny = yttrande.pk is None
    if not grupp.stallning or (yttrande.stallning and not val.byt):
        if ny:  # asked, and silent
            yttrande.save()
        return 0
    if (yttrande.stallning, yttrande.text) == (grupp.stallning, grupp.text):
        return 0
    fore = yttrande.stallning
    yttrande.stallning, yttrande.text, yttrande.av = grupp.stallning, grupp.text, av
    yttrande.kalla, yttrande.inkom = Yttrande.Kalla.MOTE, mote.dag
    yttrande.version += 0 if ny else 1
    yttrande.save()
    Handelse.logga(yttrande, "lamnat", av=av, fran=fore, till=yttrande.stallning)
    return 1


def _besluta(mote, rad, utfall, av):
    """The decision that the outcome is. One that was written by hand for the same case, body and day is that one."""
    beslut = rad.beslut
    if beslut is None:
        beslut = Beslut.objects.create(
            arende=rad.arende, organ=mote.organ, datum=mote.dag, utfall=utfall.arendeutfall, av=av,
            paragraf=paragrafer.paragraf(mote, rad.punkt.nummer), motivering=utfall.text,
        )  # fmt: skip
        rad.arende.flytta(OVERGANG[beslut.utfall], av=av)
        Handelse.logga(beslut, "skapad", av=av, till=beslut.utfall, data={"mote": mote.pk})
        aterkoppling.beratta(beslut, av=av)
    utfall.beslut = beslut
    utfall.version += 1
    utfall.save(update_fields=["beslut", "version"])
    return beslut


def hinder_att_ateroppna(mote):
    """Why the meeting cannot be reopened, in words; "" when it can: closed, and no part of it approved or published."""
    if mote.lage != Mote.Lage.AVSLUTAT:
        return f"Mötet är {mote.get_lage_display().lower()}, så det går inte att öppna igen."
    if mote.justerat or Justerare.objects.filter(mote=mote, justerade__isnull=False).exists():
        return "Någon har justerat protokollet, så mötet går inte att öppna igen."
    if mote.publicerat or mote.publiceringar.exists():
        return "Anteckningarna har varit publicerade, så mötet går inte att öppna igen. Rätta dem i stället."
    return ""


@transaction.atomic
def ateroppna(mote, *, av):
    """The meeting goes on. Numbers, opinions and decisions stay; closing it again adds to them. The caller holds the
    meeting. OtillatenOvergang when something of it is approved or published."""
    if hinder := hinder_att_ateroppna(mote):
        raise OtillatenOvergang(f"{hinder} Inget ändrades.")
    mote._overga("ateroppna", av=av, avslutat=None)


@transaction.atomic
def justerade(mote, dag, *, av=None):
    """The record of the meeting was approved on `dag`: its decisions on cases get that day as `justerat`, those that
    have none. The number of decisions. The approval calls this in its own transaction, when the last one has approved
    (`Mote` goes to JUSTERAT); asked again it changes nothing."""
    egna = list(
        Beslut.objects.select_for_update(of=("self",))
        .filter(fran_utfall__punkt__mote=mote, justerat=None, datum__lte=dag)
        .order_by("pk")
    )
    for beslut in egna:
        beslut.justerat, beslut.version = dag, beslut.version + 1
        beslut.save(update_fields=["justerat", "version"])
        Handelse.logga(beslut, "rattad", av=av, data={"justerat": [None, dag.isoformat()]})
    return len(egna)
