"""One row of a participations file: text in, checked values out (format.md, "Participations file"). Pure."""

import datetime
import difflib
import re
from dataclasses import dataclass, field
from decimal import Decimal

from samordning.karna import personnummer
from uppfoljning.models.skattning import VES

HALVOR = ("start", "slut")
DATUM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIMMAR = re.compile(r"\d{1,2}([.,]\d{1,2})?", re.ASCII)
HELTAL = re.compile(r"\d{1,4}", re.ASCII)
MEST_TIMMAR = 60
VILL_EJ = "VES"
LANGST = {"id": 60, "person": 100, "insats": 120, "remittent": 120}


@dataclass
class Halva:
    """One half of the assessment. `halsa` and `bemotande` are 1-10 or VES; None is not collected."""

    datum: datetime.date | None = None
    halsa: int | None = None
    bemotande: int | None = None
    timmar: Decimal | None = None
    forsorjning: str = ""


@dataclass
class Rad:
    """A row that could be read. `nummer` is the Personnummer when the person was given by one, else None."""

    radnr: int
    id: str
    person: str = ""
    lookup: bytes = b""
    nummer: personnummer.Personnummer | None = None
    kon: str = ""
    insats: str = ""
    start: datetime.date | None = None
    slut: datetime.date | None = None
    orsak: str = ""
    felregistrerad: bool = False
    anonym: bool = False
    anonym_startar: int | None = None
    skyddad: bool = False
    halvor: dict[str, Halva] = field(default_factory=dict)
    remittent: str = ""
    fodelsear: int | None = None
    kommun: str = ""
    tappade: int = 0  # values that an anonymous row may not keep


class Radlasare:
    """Reads rows against the code lists of the day. Faults and warnings gather in `fel` and `varningar`."""

    def __init__(self, *, avslutsorsaker, forsorjningar, idag):
        self.avslutsorsaker = avslutsorsaker  # code -> rows of the code list
        self.forsorjningar = forsorjningar
        self.idag = idag
        self.fel, self.varningar = [], []

    def las(self, radnr, celler):
        """The row, or None when something in it is wrong."""
        self.radnr, self.celler = radnr, celler
        fel_fore = len(self.fel)
        for kolumn, langst in LANGST.items():
            if len(celler[kolumn]) > langst:
                self._fel(kolumn, f"Texten är för lång: {len(celler[kolumn])} tecken. Högst {langst} går bra.")
        for kolumn in ("id", "insats", "remittent"):
            if personnummer.ser_ut_som_datum(celler[kolumn]):
                self._fel(kolumn, "Det står ett nummer som liknar ett personnummer. Har kolumnerna bytt plats?")
        if not celler["id"]:
            self._fel("id", "Raden saknar id. Ge varje rad ett eget id, så att samma rad känns igen nästa gång.")
        if not celler["insats"]:
            self._fel("insats", "Raden saknar insats. Skriv insatsens namn eller adress.")
        rad = Rad(radnr, celler["id"], insats=celler["insats"])
        rad.kon = self._val("kon", {"K", "M", "O"}, "K, M eller O")
        rad.anonym, rad.skyddad = self._ja_nej("anonym"), self._ja_nej("skyddad")
        if rad.anonym:
            self._las_anonym(rad)
        else:
            self._las_person(rad)
            self._las_vistelse(rad)
            rad.halvor = {halva: self._las_halva(halva, rad) for halva in HALVOR}
            self._rimligt(rad)
        return rad if len(self.fel) == fel_fore else None

    def _fel(self, kolumn, text):
        self.fel.append((self.radnr, kolumn, text))

    def _varna(self, kolumn, text):
        self.varningar.append((self.radnr, kolumn, text))

    def _funnet(self, kolumn):
        """The cell as a message may show it: short, and never what may be somebody's number."""
        varde = self.celler[kolumn]
        if personnummer.ser_ut_som(varde):
            return "ett nummer som liknar ett personnummer"
        return f"”{varde[:40]}”"

    def _val(self, kolumn, godtas, i_ord):
        varde = self.celler[kolumn].upper()
        if varde and varde not in godtas:
            self._fel(kolumn, f"Det står {self._funnet(kolumn)}. Skriv {i_ord}, eller lämna tomt.")
            return ""
        return varde

    def _ja_nej(self, kolumn):
        return self._val(kolumn, {"0", "1"}, "1 (ja) eller 0 (nej)") == "1"

    # ---- Who

    def _las_anonym(self, rad):
        """Sex, insats and start year stay; the rest is left out and counted (7.3)."""
        text = self.celler["start"]
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            rad.anonym_startar = int(text)
        elif dag := self._dag("start", kravs=True):
            rad.anonym_startar = dag.year
        if rad.anonym_startar and not 1990 <= rad.anonym_startar <= self.idag.year:
            self._fel("start", f"Startåret {rad.anonym_startar} är inte rimligt. Skriv ett år från 1990 till i år.")
        rad.person = self.celler["person"]  # only to see a mark of protected identity; never stored
        rad.nummer = self._nummer(rad)
        behalls = {"id", "kon", "insats", "anonym"}
        rad.tappade = sum(
            bool(varde) and varde != "0" for kolumn, varde in self.celler.items() if kolumn not in behalls
        ) - (len(text) == 4)

    def _las_person(self, rad):
        rad.person = self.celler["person"]
        if not rad.person:
            self._fel("person", "Raden saknar person. Bara en rad med anonym = 1 får vara utan.")
            return
        rad.nummer = self._nummer(rad)
        if rad.nummer and rad.kon and rad.kon != rad.nummer.kon:
            self._varna("kon", f"Kolumnen säger {rad.kon} och numret {rad.nummer.kon}. Kolumnen gäller.")
        elif rad.nummer and not rad.kon:
            rad.kon = rad.nummer.kon
            self._varna("kon", f"Kön saknas. {rad.kon} är taget ur numret.")
        rad.fodelsear = self._las_fodelsear(rad)
        rad.kommun = self.celler["kommun"]
        if rad.kommun and not re.fullmatch(r"\d{4}", rad.kommun, re.ASCII):
            self._fel("kommun", f"Det står {self._funnet('kommun')}. Skriv kommunens kod med fyra siffror.")
        rad.remittent = self.celler["remittent"]

    def _nummer(self, rad):
        """The person's number; None for a pseudonym. A number that is wrong is a fault, not a pseudonym."""
        if not personnummer.ser_ut_som_datum(rad.person):
            return None
        try:
            return personnummer.tolka(rad.person, self.idag)
        except ValueError as fel:
            self._fel("person", str(fel))
            return None

    def _las_fodelsear(self, rad):
        text = self.celler["fodelsear"]
        if not text:
            return rad.nummer.fodelsear if rad.nummer else None
        if not (HELTAL.fullmatch(text) and 1900 <= int(text) <= self.idag.year):
            self._fel("fodelsear", f"Det står {self._funnet('fodelsear')}. Skriv födelseåret med fyra siffror.")
            return None
        if rad.nummer and rad.nummer.fodelsear != int(text):
            self._varna("fodelsear", "Året är ett annat än i numret. Numret gäller.")
            return rad.nummer.fodelsear
        return int(text)

    # ---- The stay

    def _dag(self, kolumn, kravs=False):
        text = self.celler[kolumn]
        if not text:
            if kravs:
                self._fel(kolumn, "Datum saknas. Skriv ÅÅÅÅ-MM-DD.")
            return None
        try:
            dag = datetime.date.fromisoformat(text) if DATUM.fullmatch(text) else None
        except ValueError:
            dag = None
        if dag is None:
            self._fel(kolumn, f"Det står {self._funnet(kolumn)}, som inte är ett datum. Skriv ÅÅÅÅ-MM-DD.")
        elif dag > self.idag:
            self._fel(kolumn, f"{dag} har inte varit än. Skriv ett datum som är högst i dag, {self.idag}.")
            dag = None
        elif dag.year < 1990:
            self._fel(kolumn, f"{dag} är inte rimligt. Skriv ett datum från 1990 och framåt.")
            dag = None
        return dag

    def _las_vistelse(self, rad):
        rad.start, rad.slut = self._dag("start", kravs=True), self._dag("slut")
        if rad.start and rad.slut and rad.slut < rad.start:
            self._fel("slut", f"Avslutet {rad.slut} är före starten {rad.start}.")
        kod = self.celler["avslutsorsak"].lower()
        if not kod:
            return
        rader = self.avslutsorsaker.get(kod)
        if not rader:
            self._fel(
                "avslutsorsak",
                f"{self._funnet('avslutsorsak')} finns inte i kodlistan.{_menade(kod, self.avslutsorsaker)}"
                f" Koderna är {', '.join(self.avslutsorsaker)}.",
            )
        elif not self.celler["slut"]:
            self._fel("avslutsorsak", f"Raden har avslutsorsaken {kod} men inget avslut. Fyll i slut, eller ta bort.")
        elif rad.slut:
            giltig = next((orsak for orsak in rader if orsak.ar_giltig(rad.slut)), None)
            if giltig is None:
                self._fel("avslutsorsak", f"Koden {kod} gällde inte den {rad.slut}.")
            else:
                rad.orsak, rad.felregistrerad = kod, giltig.grupp == "fel"

    # ---- The halves of the assessment

    def _las_halva(self, vilken, rad):
        halva = Halva(datum=self._dag(f"{vilken}_skattning_datum"), halsa=self._svar(f"halsa_{vilken}"))
        if vilken == "slut":
            halva.bemotande = self._svar("bemotande_slut")
        halva.timmar = self._timmar(f"tim_{vilken}")
        halva.forsorjning = self._forsorjning(f"forsorjning_{vilken}", getattr(rad, vilken) or self.idag)
        har_svar = any(varde is not None for varde in (halva.halsa, halva.bemotande, halva.timmar))
        if har_svar and not self.celler[f"{vilken}_skattning_datum"]:
            self._varna(
                f"{vilken}_skattning_datum", "Det finns svar men inget datum. Svaren räknas som utanför fönstret."
            )
        return halva

    def _svar(self, kolumn):
        text = self.celler[kolumn]
        if not text:
            return None
        if text.upper() == VILL_EJ:
            return VES
        if HELTAL.fullmatch(text) and 1 <= int(text) <= 10:
            return int(text)
        self._fel(kolumn, f"Det står {self._funnet(kolumn)}. Skriv ett helt tal från 1 till 10, eller VES.")
        return None

    def _timmar(self, kolumn):
        text = self.celler[kolumn]
        if not text:
            return None
        if TIMMAR.fullmatch(text) and (timmar := Decimal(text.replace(",", "."))) <= MEST_TIMMAR:
            return timmar
        self._fel(
            kolumn, f"Det står {self._funnet(kolumn)}. Skriv timmar i veckan, 0 till {MEST_TIMMAR}, till exempel 12,5."
        )
        return None

    def _forsorjning(self, kolumn, dag):
        kod = self.celler[kolumn].upper()
        if not kod or kod == VILL_EJ:
            return kod
        rader = self.forsorjningar.get(kod)
        if not rader:
            self._fel(
                kolumn,
                f"{self._funnet(kolumn)} finns inte i kodlistan.{_menade(kod, self.forsorjningar)}"
                f" Skriv VES eller en av koderna {', '.join(self.forsorjningar)}.",
            )
        elif not any(rad.ar_giltig(dag) for rad in rader):
            self._fel(kolumn, f"Koden {kod} gällde inte den {dag}.")
        else:
            return kod
        return ""

    def _rimligt(self, rad):
        """What is accepted but worth a look."""
        forsta, sista = rad.halvor["start"].datum, rad.halvor["slut"].datum
        if forsta and sista and sista < forsta:
            self._varna("slut_skattning_datum", f"Skattningen vid avslut, {sista}, är före den vid start, {forsta}.")
        for kolumn, datum in (("start_skattning_datum", forsta), ("slut_skattning_datum", sista)):
            if datum and rad.start and (datum < rad.start or (rad.slut and datum > rad.slut)):
                self._varna(kolumn, f"Skattningen {datum} ligger utanför tiden i insatsen.")
        har_avslut = any(varde not in (None, "") for varde in vars(rad.halvor["slut"]).values())
        if har_avslut and not self.celler["slut"]:
            self._varna("slut", "Det finns uppgifter vid avslut, men deltagandet är inte avslutat.")


def _menade(skrivet, finns):
    nara = difflib.get_close_matches(skrivet, finns, n=3, cutoff=0.6)
    return f" Menade du {' eller '.join(nara)}?" if nara else ""
