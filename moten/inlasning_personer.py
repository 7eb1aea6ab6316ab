"""Whom the names in old minutes are: guesses among the contact register, with the spellings that were confirmed before.

A confirmed spelling is an alias of the contact (`Kontakt.alias`), so the next minutes are matched without a question.
"""

from dataclasses import dataclass, field

from moten.models import Ledamotskap
from moten.tolk.namn import Kand, gissa, gissa_alla, likhet, normalisera
from samordning.karna.models import Kontakt, Part

NY, BARA_TEXT = "ny", "text"
FORSLAG = 0.55  # as alike as this is worth showing
FLEST_FORSLAG = 5
KORTNAMN = {"fk": Part.Slag.FK, "af": Part.Slag.AF, "vgr": Part.Slag.REGION, "region": Part.Slag.REGION}
OKAND_PART = "Part inte angiven"


@dataclass
class Namn:
    """One name of the minutes. `val`: NY, BARA_TEXT or a contact's key; `saker` when nobody has to be asked."""

    namn: str
    status: str = ""  # narvarande, franvarande, or "" for somebody who is only mentioned
    part_text: str = ""
    roll: str = ""
    ersatter: str = ""  # as written
    kandidater: list = field(default_factory=list)  # [Kontakt], the most alike first
    val: str = NY
    saker: bool = False
    part: int | None = None  # of a new contact
    ersatter_nr: int | None = None  # which of the names it is


class Register:
    """The contact register and the parties as they are now. Two queries, however many minutes are read."""

    def __init__(self):
        self.kontakter = {kontakt.pk: kontakt for kontakt in Kontakt.objects.select_related("part").order_by("pk")}
        self.kanda = [
            Kand(kontakt.pk, kontakt.namn, tuple(kontakt.alias), kontakt.part.namn)
            for kontakt in self.kontakter.values()
        ]
        self._namn = {}
        for kand in self.kanda:
            for namn in {normalisera(kand.namn), *map(normalisera, kand.alias)}:
                self._namn.setdefault(namn, []).append(kand.id)
        self.parter, self.slag = {}, {}
        for part in Part.objects.order_by("pk"):
            self.parter.setdefault(normalisera(part.namn), part.pk)
            if part.del_av_id is None:
                self.slag.setdefault(part.slag, part.pk)

    def part(self, text):
        """The key of the party that the minutes call so, or None."""
        namn = normalisera(text)
        if not namn:
            return None
        return (
            self.parter.get(namn) or self.parter.get(f"{namn} kommun") or self.parter.get(f"{namn}s kommun")
            or self.slag.get(KORTNAMN.get(namn))
        )  # fmt: skip

    def exakta(self, namn):
        """Keys of contacts that have exactly this name or alias."""
        return self._namn.get(normalisera(namn), [])

    def liknande(self, namn):
        """[Kontakt] that it may be, the most alike first."""
        lika = ((max(likhet(namn, annat) for annat in (kand.namn, *kand.alias)), kand.id) for kand in self.kanda)
        basta = sorted((rad for rad in lika if rad[0] >= FORSLAG), key=lambda rad: (-rad[0], rad[1]))
        return [self.kontakter[nyckel] for _, nyckel in basta[:FLEST_FORSLAG]]


def namnen(anteckning, register, organ=None):
    """[Namn] of everybody in the attendance and of chair and secretary, each once, with a guess for each."""
    namn = {}
    for status, personer in (("narvarande", anteckning.narvarande), ("franvarande", anteckning.franvarande)):
        for person in personer:
            # Who stands as both present and absent was there: the reader has warned.
            namn.setdefault(
                normalisera(person.namn),
                Namn(person.namn[:120], status, person.part, person.roll, (person.ersatter or "")[:120]),
            )
    for text in (anteckning.ordforande, anteckning.sekreterare):
        if text and nr_for(text, list(namn.values())) is None:
            namn[normalisera(text)] = Namn(text[:120])
    rader = list(namn.values())
    _gissa(rader, register, organ)
    borta = [Kand(nr, rad.namn) for nr, rad in enumerate(rader) if rad.status == "franvarande"]
    for rad in rader:
        if rad.ersatter and (gissning := gissa(rad.ersatter, borta)):
            rad.ersatter_nr = gissning.id
    return rader


def _gissa(rader, register, organ):
    tagna, ovriga = set(), []
    for rad in rader:
        rad.part = register.part(rad.part_text)
        exakta = register.exakta(rad.namn)
        if len(exakta) == 1 and exakta[0] not in tagna:
            rad.kandidater, rad.val, rad.saker = [register.kontakter[exakta[0]]], str(exakta[0]), True
            tagna.add(exakta[0])
        else:
            ovriga.append(rad)
    # Most names of most minutes are known; only the others are compared with everybody.
    kvar = [kand for kand in register.kanda if kand.id not in tagna] if ovriga else []
    gissningar = gissa_alla([(rad.namn, rad.part_text) for rad in ovriga], kvar)
    platser = None
    for rad, gissning in zip(ovriga, gissningar, strict=True):
        rad.kandidater = register.liknande(rad.namn)
        if gissning:
            rad.val = str(gissning.id)
        elif len(exakta := register.exakta(rad.namn)) > 1:
            # Several of one name: the one who sits in the body, if that is one; else the reader of the page says.
            if platser is None:
                platser = set(Ledamotskap.objects.filter(organ=organ).values_list("kontakt", flat=True))
            sitter = [nyckel for nyckel in exakta if nyckel in platser]
            rad.val = str(sitter[0]) if len(sitter) == 1 else BARA_TEXT


def nr_for(text, rader):
    """Which of the names a written one is, or None: as "Annika" may be one of them only."""
    if not text:
        return None
    gissning = gissa(text, [Kand(nr, rad.namn) for nr, rad in enumerate(rader)])
    return gissning.id if gissning else None


def okand_part():
    """The party of a new contact whose minutes do not say whom the person is from."""
    return Part.objects.get_or_create(namn=OKAND_PART, defaults={"slag": Part.Slag.ANNAN})[0]


def lar_alias(kontakt, namn):
    """Remember a confirmed spelling. True when it was new."""
    if normalisera(namn) in map(normalisera, (kontakt.namn, *kontakt.alias)):
        return False
    kontakt.alias = [*kontakt.alias, namn]
    kontakt.save(update_fields=["alias"])
    return True
