"""Writes the demo's meetings (`motesfall.py`): one published, one to be approved, one called, one going on."""

import contextlib
import datetime
import hashlib

from django.utils import timezone

from moten import dagordning, justering, narvaro, publicering
from moten.granskning import plats
from moten.models import (
    Alternativ,
    Arende,
    Beslut,
    Forslag,
    Grupp,
    Grupparbete,
    Mote,
    Narvaro,
    Omrostning,
    Ordrunda,
    Ordsvar,
    Organ,
    Paragraf,
    Prick,
    Punkt,
    Samtalsfraga,
    Svar,
    Svarare,
    Utfall,
    Utvardering,
    Utvarderingsfraga,
    Valsedel,
    Yttrande,
)
from samordning.demo import motesfall, parter
from samordning.karna.kalender import ar_arbetsdag, nu
from samordning.karna.models import Anvandare, Kontakt, Part
from samordning.karna.pdf import PdfSaknas

JUSTERAR = ("Eva Hallgren", "Mats Ödman")
KANSLIETS_TELEFON = "0980-319 200"


class Motesskrivare:
    """`kansli` keeps the minutes."""

    def __init__(self, kansli, dag):
        self.kansli, self.dag = kansli, dag
        self.organ = {organ.namn: organ for organ in Organ.objects.all()}
        self.kontakter = {kontakt.namn: kontakt for kontakt in Kontakt.objects.all()}
        self.sekreterare = self._kontakt(kansli.namn)

    def skriv(self):
        self._organ()
        moten = {text: self._mote(text) for text in motesfall.MOTEN}
        self._grupperna(moten[motesfall.BEREDNINGEN])
        self._prickarna(moten[motesfall.BEREDNINGEN].punkter.get(rubrik="Vårens utbildningar"))
        self._utvarderingen(moten[motesfall.BEREDNINGEN])
        self._rundan(moten[motesfall.BEREDNINGEN].punkter.get(slag="laget_runt"), motesfall.LAGET_RUNT)
        self._rummet(moten[motesfall.PAGAR])
        for text, mote in moten.items():
            self._lage(text, mote)
        self._justeringen(moten[motesfall.STYRELSEN_NYSS])

    def _kontakt(self, namn):
        """The contact; the association's own people get one when they need it."""
        if namn not in self.kontakter:
            self.kontakter[namn] = Kontakt.objects.create(
                namn=namn,
                part=Part.objects.forbund(),
                epost=parter.epost(namn),
                telefon=KANSLIETS_TELEFON,
                anvandare=Anvandare.objects.filter(namn=namn).first(),
            )
        return self.kontakter[namn]

    def _organ(self):
        Organ.objects.filter(slag=Organ.Slag.STYRELSE).update(
            numrering=Organ.Numrering.PARAGRAF, justeras=True, publikt=True, kallelse_dagar=14
        )
        self.organ = {organ.namn: organ for organ in Organ.objects.all()}
        for namn in (motesfall.NORRA, motesfall.VASTRA, motesfall.STYRELSEN):
            dagordning.vanliga(self.organ[namn])
        Samtalsfraga.objects.bulk_create(Samtalsfraga(slag=slag, text=text) for slag, text in motesfall.FRAGOR)
        for organ, rubrik, kalla in motesfall.FORSLAG:
            Forslag.objects.create(
                organ=self.organ[organ], rubrik=rubrik, kalla=kalla, tidigast=self.dag, av=self.kansli
            )

    def _stund(self, dag, timme=9):
        return timezone.make_aware(datetime.datetime.combine(dag, datetime.time(timme)))

    def _vardag(self, fore):
        """So many days before today, or the nearest working day farther away; a meeting of today is today."""
        dag = self.dag - datetime.timedelta(fore)
        while fore and not ar_arbetsdag(dag):
            dag -= datetime.timedelta(1 if fore > 0 else -1)
        return dag

    def _mote(self, text):
        organ, dag = self.organ[text.organ], self._vardag(text.dag)
        Mote.objects.filter(organ=organ, dag=dag).delete()  # a day of the calendar that fell on the same
        mote = Mote.objects.create(
            organ=organ, dag=dag, fran=datetime.time(9), till=datetime.time(12), plats=text.plats,
            ordforande=self.kontakter[text.ordforande], sekreterare=self.sekreterare,
        )  # fmt: skip
        narvaro.fyll(mote, av=self.kansli)
        self._narvaron(text, mote)
        for nr, rad in enumerate(text.punkter, 1):
            self._punkt(text, mote, nr, rad)
        return mote

    def _narvaron(self, text, mote):
        har_varit, ersatter = text.lage != "kallat", dict(text.ersatter)
        for rad in mote.narvaro.select_related("kontakt"):
            namn = rad.kontakt.namn
            if har_varit:
                borta = namn in text.franvarande or (
                    rad.roll == Narvaro.Roll.ERSATTARE and namn not in ersatter and text.lage != "pagar"
                )
                rad.status = Narvaro.Status.FRANVARANDE if borta else Narvaro.Status.NARVARANDE
            if namn in ersatter:
                rad.ersatter = self.kontakter[ersatter[namn]]
            rad.save()
        Narvaro.objects.create(
            mote=mote, kontakt=self.sekreterare, roll=Narvaro.Roll.KANSLI,
            status=Narvaro.Status.NARVARANDE if har_varit else Narvaro.Status.OKAND,
        )  # fmt: skip

    def _punkt(self, text, mote, nr, rad):
        arende = Arende.objects.filter(rubrik=rad.arende).order_by("inkom").first() if rad.arende else None
        klart = text.lage in ("publicerat", "avslutat")
        kalla, tidigare = _kalla(rad), Punkt.objects.filter(mote__organ=mote.organ, rubrik=rad.rubrik)
        punkt = Punkt.objects.create(
            fortsattning_pa=tidigare.first() if kalla == Punkt.Kalla.BUREN else None,
            mote=mote, ordning=nr, rubrik=rad.rubrik, text=rad.text, slag=rad.slag, status=rad.status, arende=arende,
            underlag=rad.underlag, varfor=rad.varfor, kalla=kalla, nummer=(rad.nummer or nr) if klart else None,
            andrad=self._stund(mote.dag),
        )  # fmt: skip
        if rad.nummer:
            Paragraf.objects.create(organ=mote.organ, ar=mote.dag.year, nummer=rad.nummer, punkt=punkt)
        for ordning, utfall in enumerate(rad.utfall):
            beslut = Beslut.objects.get(arende=arende, paragraf=utfall.beslut) if utfall.beslut else None
            Utfall.objects.create(
                punkt=punkt, ordning=ordning, typ=utfall.typ, text=utfall.text, lage=utfall.lage,
                ansvarig=self._kontakt(utfall.ansvarig) if utfall.ansvarig else None,
                senast=None if utfall.senast is None else self.dag - datetime.timedelta(utfall.senast),
                klart=mote.dag if utfall.lage == "klar" else None,
                beslut=beslut, arendeutfall=beslut.utfall if beslut else "",
            )  # fmt: skip

    def _grupperna(self, mote):
        """The five groups wrote what the case's closed round holds."""
        punkt = mote.punkter.exclude(arende=None).get()
        arbete = Grupparbete.objects.create(
            punkt=punkt, fragor="Vad vill ni skicka med till styrelsen?", staller=True, lage="stangd"
        )
        narvarande = list(mote.narvaro.filter(status=Narvaro.Status.NARVARANDE))
        svar = Yttrande.objects.filter(runda__arende=punkt.arende).exclude(grupp="")
        for nr, yttrande in enumerate(svar, 1):
            grupp = Grupp.objects.create(arbete=arbete, nr=nr, stallning=yttrande.stallning, text=yttrande.text)
            grupp.deltagare.set(narvarande[nr - 1 :: len(svar)])

    def _omrostning(self, punkt, lage):
        fraga, prickar, alternativ, _ihop = motesfall.PRICKAR
        omrostning = Omrostning.objects.create(punkt=punkt, fraga=fraga, prickar=prickar, lage=lage)
        return omrostning, {
            text: Alternativ.objects.create(omrostning=omrostning, text=text, ordning=nr)
            for nr, text in enumerate(alternativ, 1)
        }

    def _prickarna(self, punkt):
        omrostning, alternativ = self._omrostning(punkt, "stangd")
        self._valsedlar(omrostning, alternativ)
        for ena, andra in motesfall.PRICKAR[3]:
            Alternativ.objects.filter(pk=alternativ[ena].pk).update(sammanslaget_med=alternativ[andra])

    def _valsedlar(self, omrostning, alternativ, hogst=None):
        """The ballots; the first `hogst` of them."""
        _fraga, var, antal, _ihop = motesfall.PRICKAR
        alla = [alternativ[text] for text, fick in antal.items() for _ in range(fick)]
        # Dealt like cards, so that nobody puts two dots on the same.
        personer = len(alla) // var
        for nr in range(personer if hogst is None else hogst):
            sedel = Valsedel.objects.create(omrostning=omrostning, enhet=_marke(omrostning, nr))
            for val in alla[nr::personer]:
                Prick.objects.create(valsedel=sedel, alternativ=val, antal=1)

    def _rundan(self, punkt, rundan):
        fraga, svar = rundan
        runda = Ordrunda.objects.create(punkt=punkt, fraga=fraga, lage="stangd")
        Ordsvar.objects.bulk_create(
            Ordsvar(runda=runda, ordning=nr, namn=namn, text=text) for nr, (namn, text) in enumerate(svar, 1)
        )

    def _utvarderingen(self, mote, lage="stangd"):
        utvardering = Utvardering.objects.create(mote=mote, lage=lage)
        for nr, (text, slag, svar) in enumerate(motesfall.UTVARDERING, 1):
            fraga = Utvarderingsfraga.objects.create(utvardering=utvardering, ordning=nr, text=text, slag=slag)
            if lage == "stangd":
                Svar.objects.bulk_create(
                    Svar(fraga=fraga, text=ett) if isinstance(ett, str) else Svar(fraga=fraga, varde=ett)
                    for ett in svar
                )
        if lage == "stangd":
            Svarare.objects.bulk_create(
                Svarare(utvardering=utvardering, enhet=_marke(utvardering, nr)) for nr in range(motesfall.SVARANDE)
            )

    def _rummet(self, mote):
        """A meeting that goes on: the check-in is done, a group's work and dots are open, and the evaluation waits."""
        ideer, prickar = mote.punkter.get(rubrik="Idéer till nästa år"), mote.punkter.get(rubrik="Vad börjar vi med?")
        arbete = Grupparbete.objects.create(punkt=ideer, fragor="Vad vore mest värt att pröva?", lage="oppen")
        narvarande = list(mote.narvaro.filter(status=Narvaro.Status.NARVARANDE))
        for nr in (1, 2):
            Grupp.objects.create(arbete=arbete, nr=nr).deltagare.set(narvarande[nr - 1 :: 2])
        self._valsedlar(*self._omrostning(prickar, "oppen"), motesfall.ROSTAT)
        self._rundan(mote.punkter.get(slag="incheckning"), motesfall.INCHECKNING)
        self._utvarderingen(mote, "utkast")

    def _justeringen(self, mote):
        """The board's latest record is with those who approve it; without Pango there is no PDF to approve."""
        mote.refresh_from_db()
        with contextlib.suppress(PdfSaknas):
            justering.skicka(
                mote, [rad.kontakt for rad in mote.narvaro.filter(kontakt__namn__in=JUSTERAR)], av=self.kansli
            )
            rad = mote.justerare.get(kontakt__namn=JUSTERAR[1])
            justering.kommentera(rad, mote.punkter.get(slag="narvaro"), "Mitt namn är felstavat.", av=self.kansli)

    def _lage(self, text, mote):
        """Last: the record of a published meeting is locked."""
        tider = {"kallat": self._stund(mote.dag - datetime.timedelta(mote.organ.kallelse_dagar))}
        if text.lage != "kallat":
            tider["oppnat"] = self._stund(mote.dag)
        if text.lage in ("avslutat", "publicerat"):
            tider["avslutat"] = self._stund(mote.dag, 12)
        if text.lage == "publicerat":
            tider["publicerat"] = min(self._stund(mote.dag + datetime.timedelta(5)), nu())
            if mote.organ.justeras:
                tider["justerat"] = tider["publicerat"]
        if text.lage != "publicerat":
            Mote.objects.filter(pk=mote.pk).update(lage=text.lage, **tider)
            return
        publicerat = tider.pop("publicerat")
        Mote.objects.filter(pk=mote.pk).update(lage="justerat" if mote.organ.justeras else "avslutat", **tider)
        mote.refresh_from_db()
        blad, _, fynd = publicering.underlag(mote)
        with contextlib.suppress(PdfSaknas):
            # Nothing that the look finds is about anybody: the names of places and of those who were there.
            kvar = dict.fromkeys(f"{plats(var)}: namn, är inte en person" for rad in fynd for var in rad.var)
            publicering.publicera(mote, blad, [], list(kvar), av=self.kansli)
            Mote.objects.filter(pk=mote.pk).update(publicerat=publicerat)


def _kalla(rad):
    if rad.arende:
        return Punkt.Kalla.ARENDE
    if "Bordlades" in rad.varfor:
        return Punkt.Kalla.BUREN
    return Punkt.Kalla.FAST if rad.slag != "vanlig" else Punkt.Kalla.HAND


def _marke(rad, nr):
    return hashlib.sha256(f"demo {rad._meta.label} {rad.pk} {nr}".encode()).hexdigest()
