"""A file beside the ledger that is saved: which vouchers are new, known, changed, or here and not in the file (MC3).

Pure: what is saved comes in as values, so that the look through and the saving cannot come to different answers.
"""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from ekonomi.sie.typer import Verifikation


@dataclass(frozen=True, slots=True)
class Sparad:
    """A voucher of the ledger as it stands now, with its corrections. `pk` is the first one's."""

    pk: int
    serie: str
    nr: str
    datum: date
    avtryck: str


@dataclass
class Jamforelse:
    nya: list[tuple[Verifikation, str]] = field(default_factory=list)  # with its print
    kanda: int = 0
    andrade: list[tuple[Verifikation, str, Sparad]] = field(default_factory=list)
    saknas: list[Sparad] = field(default_factory=list)  # saved, on a day that the file covers, and not in it

    def nyckel(self):
        """The same for two comparisons that would save the same."""
        delar = [
            sorted(avtryck for _, avtryck in self.nya), self.kanda,
            sorted((sparad.pk, avtryck) for _, avtryck, sparad in self.andrade),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(delar).encode()).hexdigest()


def avtryck(ver):
    """A print of a voucher's day and rows, in whatever order they stand. Texts are left out: they move no money."""
    rader = sorted((rad.konto, sorted(_par(rad)), tal(rad.belopp), rad.datum.isoformat()) for rad in ver.rader)
    return hashlib.sha256(json.dumps([ver.datum.isoformat(), rader]).encode()).hexdigest()[:32]


def objektnycklar(rad):
    """["6:P1", ...] in order, as they are stored."""
    return sorted(f"{dimension}:{objekt}" for dimension, objekt in _par(rad))


def _par(rad):
    return {(dimension, objekt) for dimension, objekt in rad.objekt}


def tal(belopp):
    """One way to write an amount: 100 and 100.00 are the same."""
    return f"{belopp.normalize() + 0:f}"


def jamfor(verifikationer, sparade):
    """The file's vouchers against the saved ones.

    A voucher is known by series and number; those without a number by series and day, and then by count: of three
    equal ones in the file and two that are saved, one is new.
    """
    ut = Jamforelse()
    har = defaultdict(list)
    for rad in sparade:
        har[_nyckel(rad)].append(rad)
    i_filen = defaultdict(list)
    for ver in verifikationer:
        i_filen[_nyckel(ver)].append((ver, avtryck(ver)))
    for nyckel, grupp in i_filen.items():
        nya, kvar, kanda = _para(grupp, har.pop(nyckel, []))
        ut.kanda += kanda
        if nyckel[1]:  # the same number and another content: changed, not new
            antal = min(len(nya), len(kvar))
            ut.andrade += [(*ny, fore) for ny, fore in zip(nya[:antal], kvar[:antal], strict=True)]
            nya, kvar = nya[antal:], kvar[antal:]
        ut.nya += nya
        ut.saknas += kvar
    if verifikationer:
        forsta, sista = min(v.datum for v in verifikationer), max(v.datum for v in verifikationer)
        ut.saknas += [rad for grupp in har.values() for rad in grupp]
        ut.saknas = [rad for rad in ut.saknas if forsta <= rad.datum <= sista]
    return ut


def _nyckel(ver):
    return (ver.serie, ver.nr, None) if ver.nr else (ver.serie, "", ver.datum)


def _para(i_filen, sparade):
    """(in the file only, saved only, how many are in both), by count of equal prints."""
    finns = Counter(rad.avtryck for rad in sparade)
    nya = []
    for ver, tryck in i_filen:
        if finns[tryck]:
            finns[tryck] -= 1
        else:
            nya.append((ver, tryck))
    kvar = []
    for rad in sparade:
        if finns[rad.avtryck]:
            finns[rad.avtryck] -= 1
            kvar.append(rad)
    return nya, kvar, len(i_filen) - len(nya)
