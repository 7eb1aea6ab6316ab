"""The reader's answer kept as JSON, so that a file is read once; and where each of its lines went."""

import re
from dataclasses import asdict, dataclass
from itertools import groupby

from moten.tolk.las import las
from moten.tolk.text import las_fil
from moten.tolk.typer import Anteckning, Motestid, Person, Punkt, Rad, Utfall, Varning

# What Postgres cannot hold as text: the null character, and halves of a letter that a broken PDF gives.
_OTILLATET = re.compile(r"[\x00\ud800-\udfff]")


def tolka(innehall, namn):
    """{...} as JSON of what is in a file; `tolk.typer.Lasfel` in words when it cannot be read."""
    return _ren(asdict(las(las_fil(innehall, namn), namn)))


def _ren(varde):
    if isinstance(varde, str):
        return _OTILLATET.sub("\ufffd", varde)
    if isinstance(varde, dict):
        return {nyckel: _ren(ett) for nyckel, ett in varde.items()}
    return [_ren(ett) for ett in varde] if isinstance(varde, (list, tuple)) else varde


def packa_upp(tolkad):
    """The `Anteckning` of what `tolka` gave."""
    punkter = [
        Punkt(**{**punkt, "utfall": tuple(Utfall(**rad) for rad in punkt["utfall"])}) for punkt in tolkad["punkter"]
    ]
    delar = {"punkter": tuple(punkter)}
    for falt, typ in (
        ("rader", Rad), ("narvarande", Person), ("franvarande", Person), ("nasta_moten", Motestid),
        ("varningar", Varning),
    ):  # fmt: skip
        delar[falt] = tuple(typ(**rad) for rad in tolkad[falt])
    return Anteckning(**{**tolkad, **delar})


def originaltext(anteckning):
    """Every line of the source, with its own signs."""
    return "\n".join(rad.ra for rad in anteckning.rader)


@dataclass(frozen=True)
class Kallblock:
    """Lines of the source that went to the same place."""

    plats: str
    fran: int
    till: int
    rader: tuple[str, ...]

    @property
    def text(self):
        return "\n".join(self.rader)

    @property
    def nummer(self):
        return f"rad {self.fran}" if self.fran == self.till else f"rad {self.fran}–{self.till}"


def kallblock(anteckning):
    """[Kallblock] of every line that is not blank, in order: none is left out."""
    platser = {}
    for rader, plats in (
        (anteckning.inledningsrader, "Inledning"), (anteckning.narvarorader, "Närvaro"),
        (anteckning.rester, "Sidkant eller underskrift"),
    ):  # fmt: skip
        platser |= dict.fromkeys(rader, plats)
    for ordning, punkt in enumerate(anteckning.punkter, 1):
        namn = f"Punkt {punkt.nr or ordning}"
        platser |= dict.fromkeys(punkt.rubrikrader, f"{namn}, rubrik") | dict.fromkeys(punkt.rader, f"{namn}, text")
    ut = []
    rader = [rad for rad in anteckning.rader if not rad.tom]
    for plats, grupp in groupby(rader, key=lambda rad: platser.get(rad.nr, "Bara i originalet")):
        grupp = list(grupp)
        ut.append(Kallblock(plats, grupp[0].nr, grupp[-1].nr, tuple(rad.text.strip() for rad in grupp)))
    return ut
