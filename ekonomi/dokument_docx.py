"""A yearly document for Word (docx): real headings, tables with header rows, a table of contents, page numbers, Swedish
as language, and alternative texts. From the value alone; no queries.
"""

import io
import re

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ekonomi import dokument_docx_bild as bilder
from ekonomi.dokument_tryck import besked, titel
from ekonomi.dokument_visning import UNDER, rader

FARG, GRA = RGBColor(0x0C, 0x56, 0x60), RGBColor(0x4A, 0x5C, 0x5F)
STYRTECKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # which XML cannot hold
GRUPPFARG, BREDD = "F1F0EB", 17.0  # cm between the margins
TYPSNITT = "Calibri"


def gor(varden: dict) -> bytes:
    """The file."""
    return _Skrivare(varden).fil()


def _ren(text) -> str:
    return STYRTECKEN.sub("", str(text))


class _Skrivare:
    def __init__(self, varden):
        self.varden, self.bok, self.bokmarken = varden, Document(), 0
        self._grund()
        self._omslag()
        self._innehall()
        for kapitel in varden["kapitel"]:
            rubrik = self._rubriken(kapitel["rubrik"], 1, kapitel["id"])
            rubrik.paragraph_format.page_break_before = True
            self._delar(kapitel["delar"])

    def fil(self):
        ut = io.BytesIO()
        self.bok.save(ut)
        return ut.getvalue()

    # -- The frame

    def _grund(self):
        egenskaper = self.bok.core_properties
        egenskaper.title, egenskaper.author = _ren(titel(self.varden)), _ren(self.varden["forbund"])
        egenskaper.language, egenskaper.comments = "sv-SE", ""
        sektion = self.bok.sections[0]
        sektion.page_width, sektion.page_height = Cm(21), Cm(29.7)
        sektion.left_margin = sektion.right_margin = Cm(2)
        sektion.different_first_page_header_footer = True
        for stil in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "TOC Heading"):
            self._stil(stil)
        self.bok.styles["Normal"].font.size = Pt(11)
        sidhuvud = sektion.header.paragraphs[0]
        sidhuvud.text = _ren(titel(self.varden))
        sidfot = sektion.footer.paragraphs[0]
        sidfot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        sidfot.add_run("Sida ")
        self._falt(sidfot, "PAGE", "1")
        sidfot.add_run(" av ")
        self._falt(sidfot, "NUMPAGES", "1")

    def _stil(self, namn):
        stil = self.bok.styles[namn]
        stil.font.name = TYPSNITT
        egenskaper = stil.element.get_or_add_rPr()
        typsnitt = egenskaper.get_or_add_rFonts()
        for attribut in [namn for namn in typsnitt.attrib if "heme" in namn]:  # the theme's fonts would win
            del typsnitt.attrib[attribut]
        for plats in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            typsnitt.set(qn(plats), TYPSNITT)
        if namn == "Normal":
            sprak = OxmlElement("w:lang")
            for plats in ("w:val", "w:eastAsia", "w:bidi"):
                sprak.set(qn(plats), "sv-SE")
            for gammalt in self.bok.styles.element.findall(f".//{qn('w:lang')}"):
                gammalt.set(qn("w:val"), "sv-SE")
            egenskaper.append(sprak)
        else:
            stil.font.color.rgb = FARG

    def _omslag(self):
        for _ in range(6):
            self.bok.add_paragraph()
        self.bok.add_paragraph(_ren(self.varden["titel"]), style="Title")
        self.bok.add_paragraph(_ren(self.varden["undertitel"]), style="Subtitle")
        self.bok.add_paragraph(_ren(self.varden["forbund"]))
        stycke = self.bok.add_paragraph()
        stycke.add_run(_ren(besked(self.varden))).bold = True
        stycke.add_run().add_break(WD_BREAK.PAGE)

    def _innehall(self):
        """A field that Word fills with page numbers; until then it shows the headings."""
        self.bok.add_paragraph("Innehåll", style="TOC Heading")
        rader_ = [rad for _, text, under in self.varden["innehall"] for rad in (text, *(f"    {u}" for _, u in under))]
        stycke = self.bok.add_paragraph()
        self._falt(stycke, r'TOC \o "1-2" \h \z \u', "\n".join(rader_), ny=True)

    def _falt(self, stycke, kod, visas, ny=False):
        """A field with what it shows until Word has counted it anew."""
        for typ in ("begin", "separate", "end"):
            if typ == "separate":
                instruktion = OxmlElement("w:instrText")
                instruktion.set(qn("xml:space"), "preserve")
                instruktion.text = f" {kod} "
                stycke.add_run()._r.append(instruktion)
            tecken = OxmlElement("w:fldChar")
            tecken.set(qn("w:fldCharType"), typ)
            if ny and typ == "begin":
                tecken.set(qn("w:dirty"), "true")
            stycke.add_run()._r.append(tecken)
            if typ == "separate":
                stycke.add_run(_ren(visas))

    # -- Parts

    def _delar(self, delar):
        for del_ in delar:
            getattr(self, f"_{del_['typ']}")(del_)

    def _rubrik(self, del_):
        self._rubriken(del_["text"], del_["niva"], del_["id"]).paragraph_format.page_break_before = del_["ny_sida"]

    def _rubriken(self, text, niva, id_=""):
        stycke = self.bok.add_heading(_ren(text), niva)
        if id_:
            self._bokmarke(stycke, id_)
        return stycke

    def _bokmarke(self, stycke, id_):
        self.bokmarken += 1
        start, slut = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for del_ in (start, slut):
            del_.set(qn("w:id"), str(self.bokmarken))
        start.set(qn("w:name"), _bokmarkesnamn(id_))
        stycke._p.insert(1 if stycke._p.pPr is not None else 0, start)
        stycke._p.append(slut)

    def _stycke(self, del_):
        stycke = self.bok.add_paragraph()
        korning = stycke.add_run(_ren(del_["text"]))
        if del_["stil"] == "liten":
            korning.font.size, korning.font.color.rgb = Pt(9), GRA
        elif del_["stil"] == "ingress":
            korning.font.size = Pt(12.5)
        return stycke

    def _lista(self, del_):
        for punkt in del_["punkter"]:
            self.bok.add_paragraph(_ren(punkt), style="List Bullet")

    def _text(self, del_):
        if del_["rubrik"]:
            self._rubriken(del_["rubrik"], del_["niva"], del_["id"])
        self._delar(del_["delar"])

    def _avsnitt(self, del_):
        self._rubriken(del_["rubrik"], UNDER)
        self._delar(del_["delar"])

    def _blad(self, del_):
        self._rubriken(del_["rubrik"], 2, del_["id"]).paragraph_format.page_break_before = True
        self._stycke({"text": del_["under"], "stil": "liten"})
        self._delar(del_["delar"])

    def _fakta(self, del_):
        for etikett, varde in del_["rader"]:
            stycke = self.bok.add_paragraph()
            stycke.add_run(f"{_ren(etikett)}: ").bold = True
            stycke.add_run(_ren("; ".join(rader(varde))))
            stycke.paragraph_format.space_after = Pt(2)

    def _tom(self, del_):
        self.bok.add_paragraph().add_run(_ren(del_["text"])).bold = True

    def _underskrifter(self, del_):
        for namn, som in del_["rader"]:
            self.bok.add_paragraph().paragraph_format.space_before = Pt(24)
            stycke = self.bok.add_paragraph("_" * 40)
            stycke.paragraph_format.space_after = stycke.paragraph_format.space_before = Pt(0)
            self.bok.add_paragraph(_ren(", ".join(filter(None, (namn, som)))))

    def _bild(self, del_):
        stycke = self.bok.add_paragraph()
        bilder.lagg_till(stycke, del_["svg"], _ren(del_["alt"]), Cm(BREDD))

    # -- Tables

    def _tabell(self, del_):
        if del_["rubrik"]:
            self.bok.add_paragraph(_ren(del_["rubrik"]), style="Caption").paragraph_format.keep_with_next = True
        kolumner = del_["kolumner"]
        tabell = self.bok.add_table(rows=1, cols=len(kolumner), style="Table Grid")
        tabell.alignment, tabell.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _sammanfattning(tabell, _ren(del_["rubrik"]))
        self._huvud(tabell.rows[0], kolumner)
        for rad in del_["rader"]:
            self._rad(tabell.add_row(), rad, kolumner)
        for bredd, kolumn in zip(_bredder(kolumner), tabell.columns, strict=True):
            kolumn.width = bredd
            for cell in kolumn.cells:
                cell.width = bredd
        if del_["not"]:
            self._stycke({"text": del_["not"], "stil": "liten"})
        else:
            self.bok.add_paragraph()

    def _huvud(self, rad, kolumner):
        _radmarke(rad, "w:tblHeader")
        _radmarke(rad, "w:cantSplit")
        for cell, kolumn in zip(rad.cells, kolumner, strict=True):
            self._cell(cell, kolumn["text"], kolumn["tal"], fet=True)
            _fyll(cell)

    def _rad(self, rad, varden, kolumner):
        _radmarke(rad, "w:cantSplit")
        if varden["slag"] == "grupp":
            cell = rad.cells[0].merge(rad.cells[-1])
            self._cell(cell, varden["celler"][0], False, fet=True)
            _fyll(cell)
            return
        for cell, varde, kolumn in zip(rad.cells, varden["celler"], kolumner, strict=True):
            self._cell(cell, varde, kolumn["tal"], fet=varden["slag"] == "summa")

    def _cell(self, cell, varde, tal, fet=False):
        stycke = cell.paragraphs[0]
        stycke.paragraph_format.space_after = Pt(0)
        if tal:
            stycke.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if isinstance(varde, dict):
            stycke.add_run("Sida ")
            self._falt(stycke, rf"PAGEREF {_bokmarkesnamn(varde['till'])} \h", "–", ny=True)
        else:
            stycke.add_run(_ren(varde)).bold = fet
        for korning in stycke.runs:
            korning.font.size = Pt(9.5)


def _bokmarkesnamn(id_):
    """Letters, digits and underscores, at most forty."""
    return re.sub(r"\W", "_", f"b_{id_}")[:40]


def _bredder(kolumner):
    delar = [2.4 if kolumn["bred"] else 1 for kolumn in kolumner]
    return [Cm(BREDD * del_ / sum(delar)) for del_ in delar]


def _radmarke(rad, namn):
    marke = OxmlElement(namn)
    marke.set(qn("w:val"), "true")
    rad._tr.get_or_add_trPr().append(marke)


def _fyll(cell):
    farg = OxmlElement("w:shd")
    for namn, varde in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", GRUPPFARG)):
        farg.set(qn(namn), varde)
    cell._tc.get_or_add_tcPr().append(farg)


def _sammanfattning(tabell, text):
    """What the table shows, for who has it read out."""
    for namn in ("w:tblCaption", "w:tblDescription"):
        del_ = OxmlElement(namn)
        del_.set(qn("w:val"), text)
        tabell._tbl.tblPr.append(del_)
