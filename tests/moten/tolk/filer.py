"""Word files and PDF files made by hand, for the reader of old minutes."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPER = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONER = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_NUMRERING = (
    f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='decimal'/><w:lvlText w:val='{form}'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)
_STILAR = (
    f"<w:styles {W}><w:style w:type='paragraph' w:styleId='Rubrik2'><w:name w:val='heading 2'/><w:pPr>"
    "<w:numPr><w:numId w:val='1'/></w:numPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style></w:styles>"
)


def stycke(text, stil=None, niva=None):
    egenskaper = f"<w:pStyle w:val='{stil}'/>" if stil else ""
    if niva is not None:
        egenskaper += f"<w:numPr><w:ilvl w:val='{niva}'/><w:numId w:val='1'/></w:numPr>"
    return f"<w:p><w:pPr>{egenskaper}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tabell(*rader):
    """Rows of cells; a cell is a text, or several texts as a tuple."""

    def cell(innehall):
        stycken = (innehall,) if isinstance(innehall, str) else innehall
        return f"<w:tc>{''.join(map(stycke, stycken))}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, rad))}</w:tr>" for rad in rader) + "</w:tbl>"


def docx(kropp, form="%1.", start=1, **delar):
    """The bytes of a Word file. `delar`: further parts by their name without ending, as whole XML."""
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("[Content_Types].xml", _TYPER)
        arkiv.writestr("_rels/.rels", _RELATIONER)
        arkiv.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{kropp}</w:body></w:document>")
        arkiv.writestr("word/styles.xml", _STILAR)
        arkiv.writestr("word/numbering.xml", _NUMRERING.format(form=form, start=start))
        for namn, xml in delar.items():
            arkiv.writestr(f"word/{namn}.xml", xml)
    return ut.getvalue()


def pdf(*sidor):
    """The bytes of a PDF with these pages, each a list of lines."""
    objekt = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    sidnummer = []
    for rader in sidor:
        rader = [rad.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for rad in rader]
        strom = "BT /F1 11 Tf 14 TL 60 780 Td " + " ".join(f"({rad}) Tj T*" for rad in rader) + " ET"
        objekt.append(f"<</Length {len(strom.encode('cp1252'))}>>stream\n{strom}\nendstream")
        objekt.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents "
            f"{len(objekt)} 0 R>>"
        )
        sidnummer.append(len(objekt))
    objekt[1] = f"<</Type/Pages/Count {len(sidor)}/Kids[{' '.join(f'{nr} 0 R' for nr in sidnummer)}]>>"
    ut, platser = b"%PDF-1.4\n", []
    for nr, text in enumerate(objekt, 1):
        platser.append(len(ut))
        ut += f"{nr} 0 obj{text}endobj\n".encode("cp1252")
    xref = len(ut)
    ut += f"xref\n0 {len(objekt) + 1}\n0000000000 65535 f \n".encode()
    ut += b"".join(f"{plats:010d} 00000 n \n".encode() for plats in platser)
    return ut + f"trailer<</Size {len(objekt) + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n".encode()
