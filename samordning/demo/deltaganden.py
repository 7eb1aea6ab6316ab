"""Writes invented stays to the database, in bulk; what lies after today is left open."""

import gc
from itertools import islice

from insatser.models import Insats
from remisser.models import Deltagare
from samordning.demo.parter import REMITTENTER
from samordning.karna import krypto
from samordning.karna.models import Part
from uppfoljning.models import Avslutsorsak, Deltagande, Formular, Lage, Parnyckel, Skattning, Tillfalle

KALLA = "demo"
PER_SATS = 5000
# Nothing but sex and start year is known of these: slug, year, sex.
ANONYMA = (
    ("maria-nova", 2019, "K"), ("maria-nova", 2021, "K"), ("maria-nova", 2021, "M"), ("ung-arena", 2022, "K"),
    ("maria-nova", 2023, "K"), ("ung-arena", 2023, "M"), ("amu-toreboda", 2024, "K"), ("maria-nova", 2025, "K"),
)  # fmt: skip


class Skrivare:
    """Holds what the rows refer to, and where in the numbering of the source the next row comes."""

    def __init__(self, idag):
        self.idag = idag
        self.nasta = 1
        self.insatser = {insats.slug: insats for insats in Insats.objects.individinriktade()}
        self.orsaker = {orsak.kod: orsak for orsak in Avslutsorsak.objects.all()}
        self.formular = Formular.objects.get(kod="bilaga2")
        parter = {part.namn: part for part in Part.objects.all()}
        self.remittenter = {nyckel: parter[namn] for nyckel, namn in REMITTENTER.items()}
        self.deltagare = {}  # Person -> Deltagare

    def skriv(self, vistelser):
        """Write any number of stays, a batch at a time; returns how many."""
        vistelser, fore = iter(vistelser), self.nasta
        # With many, half of the time would go to looking for garbage among rows that wait to be written.
        gc.disable()
        try:
            while sats := list(islice(vistelser, PER_SATS)):
                self._sats(sats)
        finally:
            gc.enable()
        return self.nasta - fore

    def skriv_anonyma(self):
        rader = [
            Deltagande(insats=self.insatser[slug], anonym=True, anonym_kon=kon, anonym_startar=ar, **self._kalla())
            for slug, ar, kon in ANONYMA
            if ar <= self.idag.year
        ]
        Deltagande.objects.bulk_create(rader)

    def _kalla(self):
        self.nasta += 1
        return {"kalla": KALLA, "externt_id": str(self.nasta - 1)}

    def _sats(self, sats):
        nya = list(dict.fromkeys(v.person for v in sats if v.person not in self.deltagare))
        skapade = Deltagare.objects.bulk_create(map(self._deltagare, nya))
        self.deltagare |= zip(nya, skapade, strict=True)
        deltaganden = Deltagande.objects.bulk_create(map(self._deltagande, sats))
        nycklar = Parnyckel.objects.bulk_create(Parnyckel(deltagande=deltagande) for deltagande in deltaganden)
        lagen, skattningar = [], []
        for vistelse, deltagande, nyckel in zip(sats, deltaganden, nycklar, strict=True):
            for nr, tillfalle in enumerate(Tillfalle):
                dag = (deltagande.start, deltagande.slut)[nr]
                if dag is None:  # still there
                    continue
                lagen.append(
                    Lage(deltagande=deltagande, tillfalle=tillfalle, datum=dag, timmar=vistelse.timmar[nr],
                         forsorjning=vistelse.forsorjning[nr])
                )  # fmt: skip
                bemotande = vistelse.bemotande if tillfalle == Tillfalle.SLUT else None
                if vistelse.skattad[nr] <= self.idag and (vistelse.halsa[nr], bemotande) != (None, None):
                    skattningar.append(
                        Skattning(parnyckel=nyckel.nyckel, tillfalle=tillfalle, formular=self.formular,
                                  datum=vistelse.skattad[nr], halsa=vistelse.halsa[nr], bemotande=bemotande)
                    )  # fmt: skip
        Lage.objects.bulk_create(lagen)
        Skattning.objects.bulk_create(skattningar)

    def _deltagare(self, person):
        lookup = None if person.nr is None else krypto.uppslag(f"kalla:{KALLA}", str(person.nr))
        if person.tolv:
            lookup = krypto.uppslag("personnummer", person.tolv)
        return Deltagare(lookup=lookup, kon=person.kon, fodelsear=person.fodelsear, skyddad=person.skyddad)

    def _deltagande(self, vistelse):
        person = vistelse.person
        slut = vistelse.slut if vistelse.slut <= self.idag else None
        plats = {"skyddad": True}
        if not person.skyddad:
            slag = vistelse.remittent
            remittent = self.remittenter.get((slag, person.kommun)) or self.remittenter.get((slag, ""))
            plats = {"kommun": person.kommun, "remittentslag": slag, "remittent": remittent}
        return Deltagande(
            deltagare=self.deltagare[person], insats=self.insatser[vistelse.slug], start=vistelse.start, slut=slut,
            avslutsorsak=self.orsaker.get(vistelse.orsak) if slut else None,
            felregistrerad=bool(slut) and vistelse.orsak == "felregistrering",
            **plats, **(vistelse.identitet or {}), **self._kalla(),
        )  # fmt: skip
