"""The text of a Word file as Word shows it: automatic numbers, tables row by row, changes accepted, text boxes,
notes, headers and footers. The file has passed `filkoll.granska_office`, which knows of bombs, macros and locks.
"""

import io
import zipfile

from lxml import etree

from moten.tolk.numrering import Numrering, varde
from moten.tolk.typer import FET, Lasfel

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STORSTA_DEL = 8 * 2**20  # bytes of one part, unpacked
FLEST_DELAR = 20  # headers and footers
KORT_CELL = 60  # signs: a cell of names or figures, not of prose

# Deleted, moved away, and codes of fields: not on the page that a reader sees.
_HOPPA = {W + namn for namn in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "delInstrText", "footnoteRef")}
_TECKEN = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t",
}  # fmt: skip


def rader(innehall):
    """([(line, level of heading, header or footer, 0)], warnings)."""
    with zipfile.ZipFile(io.BytesIO(innehall)) as arkiv:
        namn = {post.filename.lower(): post for post in arkiv.infolist()}
        dokument = _del(arkiv, namn, "word/document.xml")
        if dokument is None:
            raise _skadad()
        lasare = _Lasare(_del(arkiv, namn, "word/styles.xml"), _del(arkiv, namn, "word/numbering.xml"))
        kanter = {"header": [], "footer": []}
        for stig in sorted(namn)[: 10 * FLEST_DELAR]:
            sort = stig.removeprefix("word/")[:6]
            if stig.startswith("word/") and sort in kanter and stig.endswith(".xml"):
                kanter[sort].append(_del(arkiv, namn, stig))
        noter = [_del(arkiv, namn, f"word/{sort}.xml") for sort in ("footnotes", "endnotes")]
    ut = [(text, 0, True, 0) for text in _en_gang(lasare, kanter["header"])]
    kropp = lasare.block(dokument)
    ut += [(text, niva, False, 0) for text, niva in kropp]
    ut += [(text, 0, False, 0) for text in _en_gang(lasare, noter)]
    ut += [(text, 0, True, 0) for text in _en_gang(lasare, kanter["footer"])]
    varningar = ["Filen har ändringar som spårades. De är lästa som godkända."] if lasare.andringar else []
    return ut, varningar


def _en_gang(lasare, delar):
    """The lines of these parts that are not blank, each one once: the first page's header is often the others' too."""
    sedda = {}
    for rot in delar[:FLEST_DELAR]:
        if rot is not None:
            sedda.update((text, None) for text, _ in lasare.block(rot) if text.strip())
    return list(sedda)


def _del(arkiv, namn, stig):
    """A part of the package as a tree, or None when there is none."""
    post = namn.get(stig)
    if post is None:
        return None
    if post.file_size > STORSTA_DEL:
        raise Lasfel(
            "Word-filens text är orimligt stor. Dela filen, en för varje möte, och försök igen. Inget är inläst.",
            "stor",
        )
    data = arkiv.read(post)
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise _skadad()
    tolk = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
                           remove_pis=True)  # fmt: skip
    try:
        return etree.fromstring(data, tolk)
    except etree.XMLSyntaxError as fel:  # also when tags are nested deeper than any program writes them
        raise _skadad() from fel


def _skadad():
    return Lasfel(
        "Word-filen är skadad, och texten går inte att läsa. Öppna den i Word, spara den på nytt och försök igen. "
        "Inget är inläst.",
        "skadad",
    )


class _Lasare:
    def __init__(self, stilar, numrering):
        self.stilar = {
            stil.get(W + "styleId"): stil for stil in (stilar.iter(W + "style") if stilar is not None else ())
        }
        self.numrering = Numrering(numrering)
        self.andringar = False
        self._nivaer = {}

    def block(self, rot):
        """[(line, level)] of what stands in a body, a cell, a header: paragraphs and tables in order."""
        ut, kvar = [], ""
        for del_ in _blockdelar(rot):
            if del_.tag == W + "tbl":
                ut += self._tabell(del_)
                continue
            text, lador, borttaget_slut = self._stycke(del_)
            if borttaget_slut:  # the mark between two paragraphs is deleted: they are one
                kvar += text
                continue
            niva = self._niva(del_, text)
            rader = (kvar + text).split("\n")
            kvar = ""
            ut += [(rad, niva if rad.strip() else 0) for rad in rader]
            for lada in lador:
                ut += self.block(lada)
        if kvar:
            ut.append((kvar, 0))
        return ut

    def _stycke(self, p):
        """(text with its automatic number, text boxes, whether its end is deleted)."""
        bitar, lador = [], []
        self._samla(p, bitar, lador)
        text = "".join(bitar)
        egenskaper = p.find(W + "pPr")
        slut = egenskaper is not None and egenskaper.find(f"{W}rPr/{W}del") is not None
        if text.strip():
            text = self.numrering.etikett(*self._numpr(egenskaper)) + text
        return text, lador, slut

    def _samla(self, nod, bitar, lador):
        for barn in nod:
            tagg = barn.tag
            if tagg == W + "t":
                bitar.append(barn.text or "")
            elif tagg in _TECKEN:
                bitar.append(_TECKEN[tagg])
            elif tagg in _HOPPA:
                self.andringar |= tagg in (W + "del", W + "moveFrom")
            elif tagg == W + "txbxContent":
                lador.append(barn)
            elif tagg == MC + "AlternateContent":
                # The same picture or box twice, for newer and older programs.
                val = barn.find(MC + "Choice")
                self._samla(val if val is not None else barn, bitar, lador)
            elif tagg == W + "r" and barn.find(f"{W}rPr/{W}vanish") is not None:
                continue  # hidden text is not on the page
            else:
                self.andringar |= tagg == W + "ins"
                self._samla(barn, bitar, lador)

    def _tabell(self, tbl):
        ut = []
        for rad in _blockdelar(tbl, W + "tr"):
            celler = [[par for par in self.block(cell) if par[0].strip()] for cell in _blockdelar(rad, W + "tc")]
            fyllda = [cell for cell in celler if cell]
            if not fyllda:
                continue
            if len(fyllda) == 1 and len(celler) == 1:
                ut += fyllda[0]
            elif all(len(text) <= KORT_CELL for cell in celler for text, _ in cell):
                # Short cells stand beside each other line by line, as in a list of attendance in two columns.
                for nr in range(max(map(len, celler))):
                    ut.append(("\t".join(cell[nr][0].strip() if nr < len(cell) else "" for cell in celler), 0))
            else:
                ut += self._prosa(fyllda)
        return [("", 0), *ut, ("", 0)]

    def _prosa(self, celler):
        """Cells of prose, one after the other; a short first one (a number, a label) stands before the next one."""
        forsta, *fler = celler
        if fler and len(forsta) == 1 and len(forsta[0][0]) <= KORT_CELL:
            (text, niva), *resten = fler[0]
            return [(f"{forsta[0][0].strip()}\t{text}", forsta[0][1] or niva), *resten,
                    *(par for cell in fler[1:] for par in cell)]  # fmt: skip
        return [par for cell in celler for par in cell]

    def _kedja(self, egenskaper):
        """The paragraph's properties, then those of its style and of the styles that this one builds on."""
        if egenskaper is not None:
            yield egenskaper
        stil = varde(egenskaper, "pStyle") or ""
        for _ in range(12):
            nod = self.stilar.get(stil)
            if nod is None:
                return
            if nod.find(W + "pPr") is not None:
                yield nod.find(W + "pPr")
            stil = varde(nod, "basedOn") or ""

    def _numpr(self, egenskaper):
        """(number list, level): each from the nearest that says it."""
        num = niva = None
        for steg in self._kedja(egenskaper):
            numpr = steg.find(W + "numPr")
            if numpr is not None:
                num = num or varde(numpr, "numId")
                niva = niva or varde(numpr, "ilvl")
        stil = varde(egenskaper, "pStyle")
        return num, niva or (self.numrering.niva_av_stil(num, stil) if num else None) or "0"

    def _niva(self, p, text):
        """1-6 by the style or its outline, FET when all is bold and short, else 0."""
        if not text.strip():
            return 0
        egenskaper = p.find(W + "pPr")
        stil = varde(egenskaper, "pStyle") or ""
        if stil not in self._nivaer:
            self._nivaer[stil] = self._stilniva(egenskaper, stil)
        niva = self._nivaer[stil]
        if niva or len(text) > 120:
            return niva
        fetstil = [
            fet is not None and fet.get(W + "val") not in ("0", "false")
            for r in p.iter(W + "r")
            if any((t.text or "").strip() for t in r.iter(W + "t"))
            for fet in [r.find(f"{W}rPr/{W}b")]
        ]
        return FET if fetstil and all(fetstil) else 0

    def _stilniva(self, egenskaper, stil):
        namn = ""
        if stil in self.stilar:
            namn = (varde(self.stilar[stil], "name") or "").lower()
        if namn in ("title", "rubrik"):
            return 1
        for steg in self._kedja(egenskaper):
            kontur = varde(steg, "outlineLvl")
            if kontur and kontur.isdigit() and int(kontur) < 6:
                return int(kontur) + 1
        siffra = (namn or stil.lower())[-1:]
        arrubrik = (namn or stil.lower()).startswith(("heading", "rubrik"))
        return int(siffra) if arrubrik and siffra in "123456" and siffra else 0


def _blockdelar(rot, *slag):
    """Paragraphs and tables (or rows, or cells) under a node, in order, also inside content controls and changes."""
    slag = slag or (W + "p", W + "tbl")
    for barn in rot:
        if barn.tag in slag:
            if barn.find(f"{W}trPr/{W}del") is None:
                yield barn
        elif barn.tag not in (W + "del", W + "moveFrom") and barn.tag not in (W + "tbl", W + "p"):
            if barn.tag in (W + "txbxContent",):
                continue
            yield from _blockdelar(barn, *slag)
