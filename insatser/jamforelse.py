"""What differs between two versions of an application, word by word, as data that a template draws."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from insatser.avsnitt import AVSNITT

LIKA, BORTA, NY = "lika", "borta", "ny"
# Comparing costs words times words; above this a changed passage is shown whole, before and after.
STORST = 1_000_000
ORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Avsnittsskillnad:
    """A section in two versions. `fore` and `efter`: [(LIKA, BORTA or NY, text)] that together are the whole text."""

    rubrik: str
    fore: list
    efter: list

    @property
    def andrad(self):
        return any(typ != LIKA for typ, _ in self.fore + self.efter)


def avsnitt_for_avsnitt(fore, efter):
    """[Avsnittsskillnad] of two {section: text}, in the order that an application is read; both empty is left out."""
    rader = []
    for avsnitt in AVSNITT:
        gammal, ny = fore.get(avsnitt.nyckel, ""), efter.get(avsnitt.nyckel, "")
        if gammal or ny:
            delar = skillnad(gammal, ny)
            rader.append(
                Avsnittsskillnad(
                    avsnitt.rubrik,
                    [del_ for del_ in delar if del_[0] != NY],
                    [del_ for del_ in delar if del_[0] != BORTA],
                )
            )
    return rader


def skillnad(fore, efter):
    """[(LIKA, BORTA or NY, text)]: without NY it is `fore`, without BORTA `efter`. Lines first, then words."""
    delar = []
    rader_fore, rader_efter = _rader(fore), _rader(efter)
    for slag, a, b, c, d in SequenceMatcher(None, rader_fore, rader_efter, autojunk=False).get_opcodes():
        gammalt, nytt = "".join(rader_fore[a:b]), "".join(rader_efter[c:d])
        if slag == "equal":
            delar.append((LIKA, gammalt))
        else:
            delar += _ord_for_ord(gammalt, nytt)
    return _hopslagna(delar)


def _rader(text):
    """Browsers send CR LF; a text that the system wrote has LF."""
    return text.replace("\r\n", "\n").splitlines(keepends=True)


def _ord_for_ord(gammalt, nytt):
    fore, efter = ORD.findall(gammalt), ORD.findall(nytt)
    if len(fore) * len(efter) > STORST:
        return [(BORTA, gammalt), (NY, nytt)]
    delar = []
    for slag, a, b, c, d in SequenceMatcher(None, fore, efter, autojunk=False).get_opcodes():
        if slag == "equal":
            delar.append((LIKA, "".join(fore[a:b])))
        else:
            delar += [(BORTA, "".join(fore[a:b])), (NY, "".join(efter[c:d]))]
    return delar


def _hopslagna(delar):
    ut = []
    for typ, text in delar:
        if not text:
            continue
        if ut and ut[-1][0] == typ:
            text = ut.pop()[1] + text
        ut.append((typ, text))
    return ut
