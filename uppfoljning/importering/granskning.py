"""The rows of a file against each other and against the database: what would be written, and all that is wrong."""

import datetime
import difflib
import hashlib
import json
from dataclasses import dataclass, field

from insatser.models import Insats
from remisser.models import Deltagare, Forsorjning, Kon
from samordning.karna.kalender import idag
from samordning.karna.krypto import uppslag
from samordning.karna.models import Part
from uppfoljning.importering.lasning import las
from uppfoljning.importering.rad import Rad, Radlasare
from uppfoljning.inskrivning import remittentslag
from uppfoljning.models import Avslutsorsak, Deltagande

STANDARDKALLA = "standard"
KALLA_LANGST = 60

# The file's words for a sender (beslut.md 12).
REMITTENTSLAG = {"FK": "FK", "AF": "AF", "KOMMUN": "KOMMUN", "VGR": "REGION", "VARD": "VARD"}

# What of a row is compared with what was saved of it, beside person, insats, sender and answers.
INNEHALL = ("kon", "start", "slut", "orsak", "anonym", "anonym_startar", "skyddad", "fodelsear", "kommun")


@dataclass
class Person:
    """Somebody of the file. `deltagare` is the row in the database when the person is known there."""

    lookup: bytes
    rader: list[Rad] = field(default_factory=list)
    deltagare: Deltagare | None = None
    kon: str = Kon.ANNAT
    fodelsear: int | None = None
    skyddad: bool = False


@dataclass
class Granskning:
    """What reading a file came to. Nothing is written; `skrivning.spara` does that when `fel` is empty."""

    filnamn: str
    sha256: str
    storlek: int
    kalla: str
    fel: list = field(default_factory=list)
    varningar: list = field(default_factory=list)
    okanda_kolumner: list = field(default_factory=list)
    antal_rader: int = 0
    nya: list[Rad] = field(default_factory=list)
    kanda: int = 0
    andrade: list = field(default_factory=list)  # (row number, id) with other content than what is saved
    personer: dict[bytes, Person] = field(default_factory=dict)
    insatser: dict[str, Insats | None] = field(default_factory=dict)  # as the file writes it; None is to be made
    remittenter: dict[str, tuple] = field(default_factory=dict)  # as the file writes it -> (class, Part or None)

    @property
    def nya_insatser(self):
        return [namn for namn, insats in self.insatser.items() if insats is None]

    def antal(self):
        """The counts that the user and `Importkorning` get."""
        anonyma = [rad for rad in self.nya if rad.anonym]
        skyddade = [rad for rad in self.nya if not rad.anonym and self.person(rad).skyddad]
        return {
            "rader": self.antal_rader,
            "nya": len(self.nya),
            "kanda": self.kanda,
            "andrade": len(self.andrade),
            "personer_nya": sum(
                person.deltagare is None for person in {id(p): p for p in map(self.person, self.nya) if p}.values()
            ),
            "insatser_nya": len(self.nya_insatser),
            "anonyma": len(anonyma),
            "tappade_for_anonyma": sum(rad.tappade for rad in anonyma),
            "tappade_for_skyddade": sum(bool(rad.kommun) + bool(rad.remittent) for rad in skyddade),
        }

    def person(self, rad):
        """The Person of a row; None for an anonymous row."""
        return None if rad.anonym else self.personer[rad.lookup]

    def innehall(self, rad):
        """32 bytes that say what the row holds, however it is written; they lead back to nobody."""
        insats = self.insatser.get(rad.insats)
        slag, part = self.remittenter.get(rad.remittent, ("", None))
        varden = {
            "person": "" if rad.anonym else rad.lookup.hex(),
            "insats": insats.slug if insats else None,
            "remittent": [slag, part and part.pk],
            "halvor": {namn: vars(halva) for namn, halva in rad.halvor.items()},
        }
        varden |= {namn: getattr(rad, namn) for namn in INNEHALL}
        return uppslag("importrad", json.dumps(varden, sort_keys=True, default=_jamforbar))


def granska(data: bytes, filnamn: str, *, kalla=STANDARDKALLA, skapa_insatser=False) -> Granskning:
    """Read and check a whole file. A fixed number of queries.

    Everything that is wrong is in `fel` as (row or None, column or "", text). Filfel when it is no file of ours.
    """
    tabell = las(data, filnamn)
    g = Granskning(filnamn, hashlib.sha256(data).hexdigest(), len(data), kalla, antal_rader=len(tabell.rader))
    g.okanda_kolumner = tabell.okanda
    lasare = Radlasare(avslutsorsaker=_koder(Avslutsorsak), forsorjningar=_koder(Forsorjning), idag=idag())
    rader = [rad for radnr, celler in tabell.rader if (rad := lasare.las(radnr, celler))]
    g.fel += tabell.fel + lasare.fel
    g.varningar += tabell.varningar + lasare.varningar
    _id_en_gang(g, tabell.rader)
    _personer(g, rader)
    _insatser(g, rader, skapa_insatser)
    _remittenter(g, rader)
    _nya(g, rader)
    _overlapp(g)
    g.fel.sort(key=_radordning)
    g.varningar.sort(key=_radordning)
    return g


def _radordning(anmarkning):
    return anmarkning[0] or 0


def _jamforbar(varde):
    """Dates as they are written, 12.50 like 12.5."""
    return str(varde) if isinstance(varde, datetime.date) else str(varde.normalize())


def _koder(modell):
    koder = {}
    for rad in modell.objects.all():
        koder.setdefault(rad.kod, []).append(rad)
    return koder


def _lookup(rad, kalla):
    """A pseudonym is somebody within its source, a number is somebody everywhere."""
    return uppslag("personnummer", rad.nummer.tolv) if rad.nummer else uppslag(f"kalla:{kalla}", rad.person)


def _id_en_gang(g, celler):
    forst = {}
    for radnr, rad in celler:
        if rad["id"] and (tidigare := forst.setdefault(rad["id"], radnr)) != radnr:
            g.fel.append((radnr, "id", f"Samma id står redan på rad {tidigare}. Varje rad ska ha ett eget."))


# ---- People


def _personer(g, rader):
    for rad in rader:
        rad.lookup = _lookup(rad, g.kalla)
        if not rad.anonym:
            g.personer.setdefault(rad.lookup, Person(rad.lookup)).rader.append(rad)
    for deltagare in Deltagare.objects.filter(lookup__in=list(g.personer)):
        g.personer[bytes(deltagare.lookup)].deltagare = deltagare
    _sammanslagna(g)
    for rad in rader:  # a mark on any row, also an anonymous one, marks the person
        if rad.skyddad and rad.lookup in g.personer:
            g.personer[rad.lookup].skyddad = True
    for person in g.personer.values():
        person.kon = _gemensamt(g, person, "kon", "kön") or Kon.ANNAT
        person.fodelsear = _gemensamt(g, person, "fodelsear", "födelseår")
        if person.deltagare:
            _som_i_databasen(g, person)
    _en_av_samma(g)


def _sammanslagna(g):
    """Where staff have merged two rows, an old number leads to the person who is left; one query a step."""
    while borta := [p for p in g.personer.values() if p.deltagare and p.deltagare.ersatt_av_id]:
        kvar = Deltagare.objects.in_bulk({person.deltagare.ersatt_av_id for person in borta})
        for person in borta:
            person.deltagare = kvar[person.deltagare.ersatt_av_id]


def _en_av_samma(g):
    """Two identities of the file that are one person in the database are one from here on."""
    forst = {}
    for lookup, person in g.personer.items():
        if person.deltagare and (en := forst.setdefault(person.deltagare.pk, person)) is not person:
            en.rader += person.rader
            en.skyddad, en.fodelsear = en.skyddad or person.skyddad, en.fodelsear or person.fodelsear
            g.personer[lookup] = en


def _gemensamt(g, person, falt, i_ord):
    """What the person's rows say; two different values are refused, on every row after the first."""
    forst = None
    for rad in person.rader:
        varde = getattr(rad, falt)
        if varde and forst is None:
            forst = rad
        elif varde and varde != getattr(forst, falt):
            g.fel.append(
                (
                    rad.radnr,
                    falt,
                    f"Samma person har ett annat {i_ord} på rad {forst.radnr}. Rätta den ena raden.",
                )
            )
    return forst and getattr(forst, falt)


def _som_i_databasen(g, person):
    """The sex in the database wins (beslut.md 49); a birth year fills a gap; protection only ever comes."""
    skiljer = next((rad for rad in person.rader if rad.kon and rad.kon != person.deltagare.kon), None)
    if skiljer:
        g.varningar.append(
            (
                skiljer.radnr,
                "kon",
                f"Filen säger {skiljer.kon}. Sedan tidigare är {person.deltagare.kon} sparat, och det gäller.",
            )
        )
    person.kon = person.deltagare.kon
    person.fodelsear = person.deltagare.fodelsear or person.fodelsear
    person.skyddad = person.skyddad or person.deltagare.skyddad


# ---- Names of insatser and parts


def _insatser(g, rader, skapa):
    """Each name of the file is a slug or a name in the catalogue, or the name of one to be made."""
    kanda = {}
    for insats in Insats.objects.all():
        kanda[insats.slug] = kanda[insats.namn.casefold()] = insats
    hittade = {}
    for rad in rader:
        nyckel = rad.insats.casefold()
        if nyckel in hittade:
            rad.insats = hittade[nyckel]
            continue
        insats = kanda.get(nyckel)
        if insats is None and not skapa:
            alla = sorted({i.namn for i in kanda.values()})
            g.fel.append((rad.radnr, "insats", _okand("insats", rad.insats, alla, kanda)))
            continue
        hittade[nyckel] = rad.insats
        g.insatser[rad.insats] = insats
        if insats and insats.inriktning != Insats.Inriktning.INDIVID:
            g.varningar.append(
                (rad.radnr, "insats", f"{insats.namn} är strukturövergripande och räknas inte i utfallsrapporten.")
            )


def _okand(vad, skrivet, namn, nycklar):
    nara = [
        getattr(nycklar[traff], "namn", traff)
        for traff in difflib.get_close_matches(skrivet.casefold(), nycklar, n=5, cutoff=0.5)
    ]
    if nara := list(dict.fromkeys(nara))[:3]:
        return f"Det finns ingen {vad} som heter ”{skrivet[:40]}”. Närmast är {', '.join(nara)}."
    if not namn:
        return f"Det finns ingen {vad} som heter ”{skrivet[:40]}”. Katalogen är tom."
    return f"Det finns ingen {vad} som heter ”{skrivet[:40]}”. Det finns {', '.join(namn[:20])}."


def _remittenter(g, rader):
    parter = None
    for rad in rader:
        skriven = rad.remittent
        if not skriven or skriven in g.remittenter:
            continue
        if slag := REMITTENTSLAG.get(skriven.upper()):
            g.remittenter[skriven] = (slag, None)
            continue
        if parter is None:
            parter = {part.namn.casefold(): part for part in Part.objects.select_related("del_av__del_av")}
        if part := parter.get(skriven.casefold()):
            g.remittenter[skriven] = (remittentslag(part), part)
        else:
            text = _okand("part", skriven, sorted(part.namn for part in parter.values()), parter)
            g.fel.append((rad.radnr, "remittent", f"{text} Koderna är {', '.join(REMITTENTSLAG)}."))


# ---- Against what is saved


def _nya(g, rader):
    """Sort the rows into new ones, known ones, and those whose content is another than what was saved."""
    sparade = dict(
        Deltagande.objects.filter(kalla=g.kalla, externt_id__in=[rad.id for rad in rader]).values_list(
            "externt_id", "innehall"
        )
    )
    for rad in rader:
        if rad.id not in sparade:
            g.nya.append(rad)
        elif sparade[rad.id] is not None and bytes(sparade[rad.id]) == g.innehall(rad):
            g.kanda += 1
        else:
            g.andrade.append((rad.radnr, rad.id))


def _overlapp(g):
    """Two stays of one person in one insats on the same day; exit and re-entry on one day is an overlap (7.3)."""
    upptaget = {}  # (person, insats) -> [(start, end, where)]
    for person, insats, start, slut in _sparade_vistelser(g):
        upptaget.setdefault((person, insats), []).append((start, slut, "redan sparat"))
    for rad in g.nya:
        if rad.anonym or rad.felregistrerad:
            continue
        insats = g.insatser.get(rad.insats)
        nyckel = (g.person(rad).lookup, insats.pk if insats else rad.insats)
        slut = rad.slut or datetime.date.max
        for start2, slut2, var in upptaget.setdefault(nyckel, []):
            if rad.start <= slut2 and start2 <= slut:
                tid = f"{start2} till {slut2}" if slut2 != datetime.date.max else f"{start2} och tills vidare"
                g.fel.append(
                    (rad.radnr, "start", f"Samma person är i samma insats {tid} ({var}). Tiderna får inte överlappa.")
                )
                break
        upptaget[nyckel].append((rad.start, slut, f"rad {rad.radnr}"))


def _sparade_vistelser(g):
    per_pk = {person.deltagare.pk: person.lookup for person in g.personer.values() if person.deltagare}
    rader = Deltagande.objects.filter(deltagare__in=per_pk, anonym=False, felregistrerad=False)
    for person, insats, start, slut in rader.values_list("deltagare", "insats", "start", "slut"):
        yield per_pk[person], insats, start, slut or datetime.date.max
