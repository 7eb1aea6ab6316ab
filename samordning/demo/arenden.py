"""Writes the demo's bodies, meetings and cases (`arendefall.py`), as if they had come in on their days."""

import datetime
from decimal import Decimal

from django.utils import timezone

from insatser import avsnitt
from insatser.models import (
    Ansokan,
    Ansokansar,
    Ansokanspart,
    Ansokansversion,
    Avtal,
    Ide,
    Insats,
    Kompletteringspunkt,
    Villkor,
)
from moten.models import Arende, Beslut, Handling, Ledamotskap, Mote, Organ, Yttrande, Yttranderunda
from samordning.demo import parter as demoparter
from samordning.demo.arendefall import DAGAR_FORE, FALL, IDEER, LEDAMOTER, STYRELSENS_DAGAR, UTKAST
from samordning.karna.models import Kontakt

FRAN = datetime.date(2023, 1, 1)
ORGAN = (("Styrelsen", "styrelse"), ("Arbetsutskottet", "au"), ("Norra beredningsgruppen", "beredning"),
         ("Västra beredningsgruppen", "beredning"), ("Östra beredningsgruppen", "beredning"))  # fmt: skip


class Arendeskrivare:
    """`par`: {name: Part}; `konton`: {name: account}; `kansli` has the cases."""

    def __init__(self, par, konton, kansli, dag):
        self.par, self.konton, self.kansli, self.dag = par, konton, kansli, dag
        self.ansokningar, self.lopnummer = {}, {}

    def skriv(self):
        self.organ = {namn: Organ.objects.create(namn=namn, slag=slag) for namn, slag in ORGAN}
        self._ledamoter()
        self._moten()
        for fall in FALL:
            self._fall(fall)
        self._ansokan(UTKAST)
        self._ideer()

    def _ideer(self):
        for rubrik, text, slug, part, kalla in IDEER:
            insats = Insats.objects.filter(slug=slug).first()
            Ide.objects.create(rubrik=rubrik, text=text, insats=insats, part=self.par[part], kalla=kalla,
                               skapad_av=self.kansli)  # fmt: skip

    def _ledamoter(self):
        for nr, (organ, namn, titel, part, ersattare) in enumerate(LEDAMOTER):
            kontakt, _ = Kontakt.objects.get_or_create(
                namn=namn,
                defaults={"titel": titel, "part": self.par[part], "epost": demoparter.epost(namn),
                          "telefon": f"0980-319 2{80 + nr}", "anvandare": self.konton.get(namn)},
            )  # fmt: skip
            Ledamotskap.objects.create(
                organ=self.organ[organ], kontakt=kontakt, part=self.par[part], ersattare=ersattare, fran=FRAN
            )

    def _moten(self):
        """The days that are set to come. Those that have been are written with what was said (`demo/moten.py`)."""
        for ar in (self.dag.year, self.dag.year + 1):
            for manad, dag in STYRELSENS_DAGAR:
                torsdag = datetime.date(ar, manad, dag)
                torsdag += datetime.timedelta((3 - torsdag.weekday()) % 7)
                self._dag("Styrelsen", torsdag, "Mariestad, stadshuset")
                for namn, fore in DAGAR_FORE.items():
                    self._dag(namn, torsdag - datetime.timedelta(fore))

    def _dag(self, organ, dag, plats=""):
        if dag > self.dag:
            Mote.objects.create(organ=self.organ[organ], dag=dag, plats=plats)

    def _for(self, nar):
        """A day of `Fall`: a date, or so many days before today."""
        return nar if isinstance(nar, datetime.date) else self.dag - datetime.timedelta(nar)

    def _stund(self, nar, efter=0):
        dag = self._for(nar) + datetime.timedelta(efter)
        return timezone.make_aware(datetime.datetime.combine(dag, datetime.time(9, 30)))

    def _fall(self, fall):
        ansokan = self._ansokan(fall)
        inkom = self._for(fall.inkom)
        self.lopnummer[inkom.year] = nummer = self.lopnummer.get(inkom.year, 0) + 1
        arende = Arende.objects.create(
            ar=inkom.year, lopnummer=nummer, slag=Arende.Slag.ANSOKAN, rubrik=fall.rubrik, inkom=inkom,
            objekt_typ=Ansokan._meta.label_lower, objekt_id=ansokan.pk, lage=fall.lage,
            handlaggare=None if fall.utan_handlaggare else self.kansli,
            huvudpart=self.par[fall.parter[0]],
            beredd=None if fall.beredd is None else self._stund(fall.beredd), andrad=self._stund(self._senast(fall)),
        )  # fmt: skip
        arende.parter.set(self.par[namn] for namn in fall.parter)
        Ansokan.objects.filter(pk=ansokan.pk).update(arende=arende, lage=Ansokan.Lage.INSKICKAD)
        Ansokansversion.objects.create(
            ansokan=ansokan, nr=1, innehall=avsnitt.som_text(ansokan), skickad=self._stund(fall.inkom),
            av=self._foretradare(fall),
        )  # fmt: skip
        if fall.komplettering:
            begard, senast, nyckel, text = fall.komplettering
            Kompletteringspunkt.objects.create(
                ansokan=ansokan, avsnitt=nyckel, text=text, begard=self._stund(begard), senast=self._for(senast),
                av=self.kansli,
            )  # fmt: skip
        if fall.runda:
            self._runda(fall, arende)
        if fall.beslut:
            self._beslut(fall, arende)
        if fall.handling:
            rubrik, text = fall.handling
            Handling.objects.create(arende=arende, rubrik=rubrik, text=text, datum=arende.andrad.date(), av=self.kansli)

    def _senast(self, fall):
        """The day on which the case came where it is."""
        nar = [fall.inkom, fall.beredd, fall.beslut and fall.beslut[0], fall.komplettering and fall.komplettering[0],
               fall.runda and fall.runda[2], fall.avslutad]  # fmt: skip
        return max(self._for(rad) for rad in nar if rad is not None)

    def _foretradare(self, fall):
        return self.konton["Helena Brodin"] if fall.parter[0] == "Gullspångs kommun" else None

    def _ansokan(self, fall):
        start = _manadsskifte(self._for(fall.inkom) + datetime.timedelta(90))
        start = fall.start or start
        slut = _efter_manader(start, fall.manader) - datetime.timedelta(1)
        tidigare = self.ansokningar.get(fall.omarbetning_av)
        ansokan = Ansokan.objects.create(
            slag=fall.slag, rubrik=fall.rubrik, start=start, slut=slut, optioner=fall.optioner, platser=fall.platser,
            omarbetning_av=tidigare, skapad_av=self._foretradare(fall), skapad=self._stund(fall.inkom, -14),
            **fall.texter,
        )  # fmt: skip
        Ansokansar.objects.bulk_create(
            Ansokansar(ansokan=ansokan, ar=ar, kronor=kronor) for ar, kronor in _per_ar(fall, start).items()
        )
        for namn in fall.parter:
            bakom = {} if namn in fall.star_inte_bakom else {
                "star_bakom": self._stund(fall.inkom, -1), "namngiven": _namn(fall, namn), "vid_version": 1,
                "av": self._foretradare(fall) if namn == fall.parter[0] else None,
            }  # fmt: skip
            Ansokanspart.objects.create(ansokan=ansokan, part=self.par[namn], huvud=namn == fall.parter[0], **bakom)
        self.ansokningar[fall.rubrik] = ansokan
        return ansokan

    def _runda(self, fall, arende):
        begard, senast, stangd = fall.runda
        runda = Yttranderunda.objects.create(
            arende=arende, organ=self.organ["Norra beredningsgruppen"], oppnad=self._stund(begard),
            senast=self._for(senast), fraga="Vad vill ni skicka med till styrelsen?",
        )  # fmt: skip
        for nr, rad in enumerate(fall.yttranden):
            vem = {"part": self.par[rad.av]} if rad.av in self.par else (
                {"organ": self.organ[rad.av]} if rad.av in self.organ else {"grupp": rad.av}
            )  # fmt: skip
            Yttrande.objects.create(
                runda=runda, ordning=nr, stallning=rad.stallning, text=rad.text, **vem,
                kalla="skriftligt" if "part" in vem else "mote", av=self.kansli if rad.stallning else None,
                inkom=self._for(senast if stangd is not None else 1) if rad.stallning else None,
            )  # fmt: skip
        if stangd is not None:
            Yttranderunda.objects.filter(pk=runda.pk).update(
                lage="stangd", stangd=self._stund(stangd), sammanfattning=fall.sammanfattning
            )

    def _beslut(self, fall, arende):
        nar, paragraf, utfall, motivering = fall.beslut
        beslut = Beslut.objects.create(
            arende=arende, organ=self.organ["Styrelsen"], datum=self._for(nar), paragraf=paragraf, utfall=utfall,
            motivering=motivering, justerat=self._stund(nar, 10).date(), av=self.kansli,
        )  # fmt: skip
        if fall.insats:
            avtal = Avtal.objects.get(insats__slug=fall.insats, start=fall.start)
            Ansokan.objects.filter(arende=arende).update(insats=avtal.insats)
            Avtal.objects.filter(pk=avtal.pk).update(beslut=beslut)
            for text, matetal, foljs_upp, uppfoljning in fall.villkor:
                Villkor.objects.create(
                    beslut=beslut, avtal=avtal, text=text, matetal=matetal, foljs_upp=foljs_upp, uppfoljt=foljs_upp,
                    uppfoljning=uppfoljning, status=Villkor.Status.UPPFYLLT,
                )  # fmt: skip


def _namn(fall, part):
    """Who ticked for the party: an invented person."""
    namn = {
        "Försäkringskassan": "Nils Ekwall", "Arbetsförmedlingen": "Rebecka Holm", "Gullspångs kommun": "Helena Brodin",
        "Tibro kommun": "Tomas Hedlund",
    }  # fmt: skip
    return namn.get(part, f"Enhetschefen i {part}")


def _manadsskifte(dag):
    return dag.replace(day=1)


def _efter_manader(start, manader):
    ar, manad = divmod(start.year * 12 + start.month - 1 + manader, 12)
    return datetime.date(ar, manad + 1, 1)


def _per_ar(fall, start):
    """{year: kronor} by whole months."""
    belopp = {}
    for nr in range(start.year * 12 + start.month - 1, start.year * 12 + start.month - 1 + fall.manader):
        belopp[nr // 12] = belopp.get(nr // 12, 0) + 1
    return {ar: round(Decimal(fall.kronor) * manader / 12, 2) for ar, manader in belopp.items()}
