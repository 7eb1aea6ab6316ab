"""The numbers that Word writes by itself before paragraphs."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DJUPAST = 9
PUNKT = "• "


def varde(nod, namn):
    """The value of a child of a Word node, or None."""
    barn = nod.find(W + namn) if nod is not None else None
    return barn.get(W + "val") if barn is not None else None


def _heltal(text, annars):
    return int(text) if text and text.isdecimal() and len(text) < 7 else annars


class Numrering:
    """Counts as the paragraphs come. Lists of the same definition count on together, until one starts anew."""

    def __init__(self, rot):
        self.definitioner, self.listor, self.raknare, self.borjade = {}, {}, {}, set()
        if rot is None:
            return
        for nod in rot.iter(W + "abstractNum"):
            nivaer = {_heltal(lvl.get(W + "ilvl"), 0): lvl for lvl in nod.iter(W + "lvl")}
            self.definitioner[nod.get(W + "abstractNumId")] = nivaer
        for nod in rot.iter(W + "num"):
            starter, egna = {}, {}
            for andring in nod.iter(W + "lvlOverride"):
                niva = _heltal(andring.get(W + "ilvl"), 0)
                if varde(andring, "startOverride"):
                    starter[niva] = _heltal(varde(andring, "startOverride"), 1)
                if andring.find(W + "lvl") is not None:
                    egna[niva] = andring.find(W + "lvl")
            self.listor[nod.get(W + "numId")] = (varde(nod, "abstractNumId"), starter, egna)

    def niva_av_stil(self, num, stil):
        """The level that a definition keeps for a style ("heading 2" is 1.1), as text, or None."""
        nivaer = self.definitioner.get(self.listor.get(num, ("",))[0], {})
        return next((str(niva) for niva, lvl in nivaer.items() if stil and varde(lvl, "pStyle") == stil), None)

    def etikett(self, num, niva):
        """ "3. ", "§ 4 ", "• " or "" for the next paragraph of a list."""
        if num not in self.listor:
            return ""
        definition, starter, egna = self.listor[num]
        nivaer = self.definitioner.get(definition, {}) | egna
        niva = min(_heltal(niva, 0), DJUPAST - 1)
        if niva not in nivaer:
            return ""
        raknare = self.raknare.setdefault(definition, {})
        if (num, niva) not in self.borjade:
            self.borjade.add((num, niva))
            if niva in starter:
                raknare[niva] = starter[niva] - 1
        for djupare in [steg for steg in raknare if steg > niva]:
            del raknare[djupare]
        for steg in range(niva + 1):
            if steg not in raknare:
                forsta = _heltal(varde(nivaer.get(steg), "start"), 1)
                raknare[steg] = forsta - 1 if steg == niva else forsta
        raknare[niva] += 1
        if varde(nivaer[niva], "numFmt") == "bullet":
            return PUNKT
        text = (varde(nivaer[niva], "lvlText") or "")[:60]
        for steg in range(niva + 1):
            if f"%{steg + 1}" in text:
                text = text.replace(f"%{steg + 1}", _skriv(raknare[steg], varde(nivaer.get(steg), "numFmt")))
        return f"{text} " if text.strip() else ""


def _skriv(tal, slag):
    if slag in ("lowerLetter", "upperLetter"):
        tecken = chr(ord("a") + (tal - 1) % 26) * ((tal - 1) // 26 % 5 + 1)
        return tecken.upper() if slag == "upperLetter" else tecken
    if slag in ("lowerRoman", "upperRoman"):
        romersk = _romersk(tal)
        return romersk if slag == "upperRoman" else romersk.lower()
    if slag == "none":
        return ""
    return f"{tal:02d}" if slag == "decimalZero" else str(tal)


def _romersk(tal):
    ut = ""
    for varde_, tecken in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        antal = min(tal // varde_, 20)
        ut, tal = ut + tecken * antal, tal - antal * varde_
    return ut
