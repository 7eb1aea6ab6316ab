"""The formulas of a sheet worked out, as far as our own go: enough to see that they give the plan's figures."""

import re

TECKEN = re.compile(r'\s*("[^"]*"|<>|<=|>=|[-+*/(),=<>]|[A-Za-z]+!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?'
                    r"|\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?|[A-Z]+(?=\()|\d+(?:\.\d+)?)")  # fmt: skip


class Raknare:
    """`varde("Budget", "G5")`: what the cell shows. An error of Excel is an exception here."""

    def __init__(self, bok):
        self.bok, self.klara = bok, {}

    def varde(self, blad, adress):
        nyckel = blad, adress.replace("$", "")
        if nyckel not in self.klara:
            cell = self.bok[blad][nyckel[1]]
            self.klara[nyckel] = _Tolk(self, blad, cell.value).resultat() if cell.data_type == "f" else cell.value
        return self.klara[nyckel]

    def omrade(self, blad, text):
        from openpyxl.utils import column_index_from_string, get_column_letter

        fran, till = (re.fullmatch(r"([A-Z]+)(\d+)", del_).groups() for del_ in text.replace("$", "").split(":"))
        # As Excel does: from the upper row to the lower, however it is written.
        overst, nederst = sorted((int(fran[1]), int(till[1])))
        kolumner = range(column_index_from_string(fran[0]), column_index_from_string(till[0]) + 1)
        return [self.varde(blad, f"{get_column_letter(kolumn)}{rad}")
                for rad in range(overst, nederst + 1) for kolumn in kolumner]  # fmt: skip


def _tal(varde):
    if varde is None:
        return 0
    if isinstance(varde, str):
        raise ValueError(f"#VALUE! {varde!r}")
    return float(varde)


def _lika(a, b):
    a, b = ("" if varde is None else varde for varde in (a, b))
    return a == b


def _par(a, b, vad):
    """An operator between values or lists of them."""
    if isinstance(a, list) or isinstance(b, list):
        langd = len(a if isinstance(a, list) else b)
        a, b = (varde if isinstance(varde, list) else [varde] * langd for varde in (a, b))
        return [vad(x, y) for x, y in zip(a, b, strict=True)]
    return vad(a, b)


OPERATORER = {
    "+": lambda a, b: _tal(a) + _tal(b), "-": lambda a, b: _tal(a) - _tal(b), "*": lambda a, b: _tal(a) * _tal(b),
    "/": lambda a, b: _tal(a) / _tal(b), "=": _lika, "<>": lambda a, b: not _lika(a, b),
    "<": lambda a, b: _tal(a) < _tal(b), "<=": lambda a, b: _tal(a) <= _tal(b),
    ">": lambda a, b: _tal(a) > _tal(b), ">=": lambda a, b: _tal(a) >= _tal(b),
}  # fmt: skip
NIVAER = (("=", "<>", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"))


def _ar_tal(varde):
    return isinstance(varde, int | float) and not isinstance(varde, bool)


class _Tolk:
    def __init__(self, raknare, blad, formel):
        self.raknare, self.blad = raknare, blad
        self.delar = TECKEN.findall(formel[1:])
        assert "".join(self.delar) == re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", formel[1:]), formel

    def resultat(self):
        varde = self._niva(0)
        assert not self.delar, self.delar
        return varde

    def _ta(self, tecken=None):
        assert tecken is None or self.delar[0] == tecken, (tecken, self.delar)
        return self.delar.pop(0)

    def _niva(self, nr):
        if nr == len(NIVAER):
            return self._faktor()
        varde = self._niva(nr + 1)
        while self.delar and self.delar[0] in NIVAER[nr]:
            tecken = self._ta()
            varde = _par(varde, self._niva(nr + 1), OPERATORER[tecken])
        return varde

    def _faktor(self):
        del_ = self._ta()
        if del_ == "-":
            return -_tal(self._faktor())
        if del_ == "(":
            varde = self._niva(0)
            self._ta(")")
            return varde
        if del_.startswith('"'):
            return del_[1:-1]
        if self.delar and self.delar[0] == "(":
            return self._funktion(del_)
        if re.search(r"[A-Z]", del_):
            blad, _, plats = del_.rpartition("!")
            blad = blad or self.blad
            return self.raknare.omrade(blad, plats) if ":" in plats else self.raknare.varde(blad, plats)
        return float(del_)

    def _funktion(self, namn):
        self._ta("(")
        if namn == "IF":
            # Both branches are read; only the one that holds may fail.
            villkor = self._niva(0)
            svar = []
            for _ in range(2):
                self._ta(",")
                fore = list(self.delar)
                try:
                    svar.append(self._niva(0))
                except (ValueError, ZeroDivisionError) as fel:
                    svar.append(fel)
                    self.delar = fore
                    self._till_gransen()
            self._ta(")")
            valt = svar[0] if villkor else svar[1]
            if isinstance(valt, Exception):
                raise valt
            return valt
        argument = [self._niva(0)]
        while self.delar[0] == ",":
            self._ta(",")
            argument.append(self._niva(0))
        self._ta(")")
        return getattr(self, f"_{namn.lower()}")(*argument)

    def _till_gransen(self):
        djup = 0
        while djup or self.delar[0] not in (",", ")"):
            djup += {"(": 1, ")": -1}.get(self.delar.pop(0), 0)

    def _sum(self, rader):
        return sum(varde for varde in rader if _ar_tal(varde))

    def _count(self, rader):
        return sum(map(_ar_tal, rader))

    def _n(self, varde):
        return varde if _ar_tal(varde) else 0

    def _or(self, *svar):
        return any(svar)

    def _sumif(self, rader, vad, summeras):
        return sum(_tal(belopp) for rad, belopp in zip(rader, summeras, strict=True) if _lika(rad, vad))

    def _sumproduct(self, rader):
        return sum(map(_tal, rader))
