"""The demo's remisser: one in each state that its parties meet, written by the demo's caseworker lately.

The times lie behind today, so the rows are made here and not by the transitions, which happen now.
"""

import datetime

from django.utils.timezone import get_current_timezone

from remisser import inskickning
from remisser.models import SVARSTID, Avbojandeorsak, Deltagare, Remiss, Samtycke, Sprak
from samordning.demo.personer import HANDLAGGARENS_TELEFON
from samordning.demo.remissfall import FALL
from samordning.karna import krypto
from samordning.karna.kalender import lagg_till_arbetsdagar
from samordning.karna.models import Handelse

# state -> days ago that it was begun, sent and answered or taken back (None: it was not)
DAGAR = {
    "utkast": (2, None, None),
    "skickad": (4, 3, None),
    "forsenad": (10, 9, None),
    "accepterad": (13, 12, 8),
    "avbojd": (21, 20, 16),
    "atertagen": (18, 17, 15),
}
SVAR = {"accepterad": "ta_emot", "avbojd": "avboj", "atertagen": "aterta"}
AVBOJD_FOR = ("FULLT", "Nästa plats blir ledig om ungefär två månader. Ring oss gärna då.")


class Remisskrivare:
    """`remittent` writes at `enhet`; `personal` answers: {slug: user}."""

    def __init__(self, remittent, enhet, personal, personer, idag):
        self.remittent, self.enhet, self.personal, self.personer, self.idag = (
            remittent, enhet, personal, personer, idag
        )  # fmt: skip
        self.orsak = Avbojandeorsak.objects.get(kod=AVBOJD_FOR[0])
        self.sprak = {sprak.kod: sprak for sprak in Sprak.objects.all()}

    def skriv(self, insatser):
        """Write those of each insats; what refers to them comes when they have their numbers."""
        par = [
            (tillstand, self._remiss(insats, tillstand, fall))
            for insats in insatser
            for tillstand, fall in FALL.get(insats.slug, {}).items()
        ]
        remisser = Remiss.objects.bulk_create(remiss for _, remiss in par)
        for tillstand, remiss in par:
            self._satt_tider(remiss, tillstand)
        Samtycke.objects.bulk_create(self._samtycke(remiss) for remiss in remisser if remiss.skickad)

    def _remiss(self, insats, tillstand, fall):
        _, skickad, svarad = self._tider(tillstand)
        fodelsear = self.idag.year - fall.alder
        person = self.personer.ny(fall.kon, fodelsear, fall.kommun)
        ovriga = {"inskriven_af": False} | fall.ovriga
        if "sprak" in ovriga:
            ovriga["sprak"] = self.sprak[ovriga["sprak"]]
        if fall.fragor:
            ovriga = {"tolk": False, "trepartssamtal": True} | ovriga
        if tillstand in ("accepterad", "avbojd"):
            ovriga |= {"besvarad": svarad, "besvarad_av": self.personal[insats.slug]}
        if tillstand == "avbojd":
            ovriga |= {"avbojande": self.orsak, "motivering": AVBOJD_FOR[1]}
        if skickad:
            ovriga |= {"skickad": skickad, "deltagare": _deltagare(person["personnummer"], fall.kon, fodelsear)}
        return Remiss(
            insats=insats, avsandare=self.enhet, skapad_av=self.remittent, kommun=fall.kommun, fodelsear=fodelsear,
            lage="skickad" if tillstand == "forsenad" else tillstand, handlaggare=self.remittent.namn,
            handlaggare_telefon=HANDLAGGARENS_TELEFON, handlaggare_epost=self.remittent.epost,
            situation={kod: self._manad(antal) for kod, antal in fall.situation.items()},
            forsorjning=list(fall.forsorjning), fragestallning=fall.fragor, mal=fall.mal, ovrigt=fall.ovrigt,
            **person, **ovriga,
        )  # fmt: skip

    def _tider(self, tillstand):
        """When it was begun, sent, and answered or taken back."""
        dagar = [dagar and self.idag - datetime.timedelta(dagar) for dagar in DAGAR[tillstand]]
        if tillstand == "forsenad":  # over Christmas nine days are not enough to be late
            while lagg_till_arbetsdagar(dagar[1], SVARSTID) >= self.idag:
                dagar = [dag and dag - datetime.timedelta(1) for dag in dagar]
        klockan = (datetime.time(9, 20), datetime.time(10, 40), datetime.time(13, 15))
        return [
            dag and datetime.datetime.combine(dag, tid, get_current_timezone())
            for dag, tid in zip(dagar, klockan, strict=True)
        ]

    def _manad(self, sedan):
        """The month that many months ago: 2024-03."""
        antal = self.idag.year * 12 + self.idag.month - 1 - sedan
        return f"{antal // 12}-{antal % 12 + 1:02}"

    def _satt_tider(self, remiss, tillstand):
        """The columns that are always now when a row is made; then the events, as the transitions write them."""
        skapad, skickad, svarad = self._tider(tillstand)
        Remiss.objects.filter(pk=remiss.pk).update(skapad=skapad, andrad=svarad or skickad or skapad)
        if skickad:
            _handelse(remiss, "skicka", "utkast", "skickad", self.remittent, skickad)
        if svarad:
            av = remiss.besvarad_av or self.remittent
            _handelse(remiss, SVAR[tillstand], "skickad", remiss.lage, av, svarad)

    def _samtycke(self, remiss):
        parter = "\n".join(inskickning.samtyckets_parter(remiss))
        return Samtycke(
            remiss=remiss, slag=Samtycke.Slag.SEKRETESS, satt=Samtycke.Satt.PAPPER, parter=parter,
            givet=remiss.skickad.date(),
        )  # fmt: skip


def _deltagare(nummer, kon, fodelsear):
    return Deltagare.objects.create(lookup=krypto.uppslag("personnummer", nummer), kon=kon, fodelsear=fodelsear)


def _handelse(remiss, namn, fran, till, av, tid):
    """Raw, or the time would be now; the record is append-only, so it cannot be set afterwards."""
    Handelse(
        objekt_typ=remiss._meta.label_lower, objekt_id=str(remiss.pk), namn=namn, fran=fran, till=till, av=av, tid=tid
    ).save_base(raw=True)
