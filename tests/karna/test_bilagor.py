"""What is uploaded is looked into before it is stored, and every refusal says what to do."""

import io
import struct
import zipfile
import zlib

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from samordning.karna import bilagor, filer, filkoll
from samordning.karna.forms import Formular
from samordning.karna.models import Fil

CT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
CSV = "namn;timmar\nKim Prov;12,5\nÅsa Öberg;8\n".encode()


def typer(huvud=ORD, mer=""):
    delar = f'<Override PartName="/word/document.xml" ContentType="{huvud}"/>{mer}'
    return f'<?xml version="1.0"?><Types xmlns="{CT}"><Default Extension="xml" ContentType="text/xml"/>{delar}</Types>'


def relation(sort, mal, mer=""):
    rad = f'<Relationship Id="r1" Type="{OFFICE}/{sort}" Target="{mal}"{mer}/>'
    return f'<Relationships xmlns="{RELS}">{rad}</Relationships>'


def paket(delar=(), *, utan=(), metod=zipfile.ZIP_DEFLATED, **egna):
    """A Word file of three parts; `delar` = [(name, content)] come after them."""
    grund = {
        "[Content_Types].xml": egna.get("typer", typer()),
        "_rels/.rels": relation("officeDocument", "word/document.xml"),
        "word/document.xml": "<w:document/>",
    }
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", metod) as arkiv:
        for namn, text in [*grund.items(), *delar]:
            if namn not in utan:
                arkiv.writestr(namn, text)
    return ut.getvalue()


def png(bredd=3, hojd=2):
    def bit(sort, data):
        return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))

    huvud = struct.pack(">IIBBBBB", bredd, hojd, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bit(b"IHDR", huvud) + bit(b"IDAT", zlib.compress(b"\0" * 20)) + bit(b"IEND", b"")


def jpg(bredd=3, hojd=2):
    matt = b"\x08" + struct.pack(">HH", hojd, bredd) + b"\x01\x01\x11\x00"
    sof = b"\xff\xc0" + struct.pack(">H", len(matt) + 2) + matt
    return b"\xff\xd8\xff\xe0\x00\x04ab" + sof + b"\xff\xda\x00\x03\x00bild\xff\xd9 telefonens eget"


def xlsx():
    from openpyxl import Workbook

    bok, ut = Workbook(), io.BytesIO()
    bok.active.append(["Kim Prov", 12.5])
    bok.save(ut)
    return ut.getvalue()


def objektstrom(text):
    packat = zlib.compress(text)
    strom = b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\r\n%s\nendstream"
    return PDF[:-6] + strom % (len(packat), packat) + b"\n%%EOF\n"


def ljug(innehall, sant, falskt):
    """The directory and the entry say another unpacked size than the true one."""
    return innehall.replace(struct.pack("<I", sant), struct.pack("<I", falskt))


def flagga(innehall):
    data = bytearray(innehall)
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def overlappande():
    """Two names in the directory for the same bytes, as in the bombs that grow without being nested."""
    data = paket([("word/a.xml", "a" * 50), ("word/b.xml", "a" * 50)])
    rad = data.rfind(b"PK\x01\x02")
    forra = data.rfind(b"PK\x01\x02", 0, rad)
    return data[: rad + 42] + data[forra + 42 : forra + 46] + data[rad + 46 :]


def nekas(innehall, namn, kod, *ord_):
    with pytest.raises(ValidationError) as fel:
        bilagor.granska(innehall, namn)
    text = fel.value.messages[0]
    assert fel.value.code == kod, text
    assert all(ett in text for ett in (*ord_, "Filen är inte sparad", "finns kvar")), text


def test_what_is_what_it_says_is_taken():
    mall = relation("attachedTemplate", "file:///C:/Mallar/brev.dotx")
    for innehall, namn, typ in (
        (PDF, "Protokoll 2026.03.31.PDF", "pdf"),
        (objektstrom(b"1 0 <</Type/Page>>"), "a.pdf", "pdf"),
        (paket(), "Ansökan.docx", "docx"),
        (paket(metod=zipfile.ZIP_STORED), "Ansökan.docx", "docx"),
        (paket([("word/embeddings/Blad1.xlsx", xlsx())]), "med diagram.docx", "docx"),
        (paket([("word/_rels/settings.xml.rels", mall)]), "a.docx", "docx"),
        (xlsx(), "budget.xlsx", "xlsx"),
        (png(), "a.png", "png"),
        (jpg(), "Foto.JPEG", "jpg"),
        (CSV, "a.csv", "csv"),
        (b"\xef\xbb\xbf" + CSV, "a.csv", "csv"),
        (CSV.decode().encode("cp1252"), "a.csv", "csv"),
    ):  # fmt: skip
        assert bilagor.granska(innehall, namn) == typ, namn


@pytest.mark.parametrize(
    ("namn", "ord_"),
    [
        ("a.docm", "makron"), ("a.XLSM", "makron"), ("a.dotm", "makron"), ("a.doc", ".docx"), ("a.xls", ".xlsx"),
        ("a.svg", "programkod"), ("a.html", "programkod"), ("a.pdf.exe", "programkod"), ("a.zip", "Packa upp"),
        ("a.heic", "jpg eller png"), ("a.odt", "PDF"), ("utan", "saknar en ändelse"), (".pdf", "saknar en ändelse"),
        ("avtal\u202efdp.exe", "programkod"),
    ],
)  # fmt: skip
def test_other_endings_are_told_what_to_do(namn, ord_):
    nekas(PDF, namn, "andelse", ord_, "PDF, Word (docx)", "Högst 20 MB")


def test_the_content_must_be_what_the_name_says():
    for innehall, namn, ord_ in (
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", "webbsida"),
        (b" \n<svg xmlns='http://www.w3.org/2000/svg'/>", "a.csv", "webbsida eller XML"),
        (b"\xef\xbb\xbf<html>", "a.csv", "webbsida"),
        (paket(), "a.pdf", "Office-fil eller en packad fil"),
        (PDF, "a.docx", "PDF-fil"),
        (b"MZ\x90\0", "a.png", "ett program"),
        (png(), "a.jpg", "png-bild"),
        (b"GIF89a", "a.png", "gif"),
        (b"\0\1\2\3", "a.csv", "något annat"),
        (OLE, "a.pdf", "äldre format"),
        (b"hej", "a.pdf", "text"),
        (b"a;b\x07;c", "a.csv", "inte text"),
        (paket(), "a.xlsx", "något annat"),
        (xlsx(), "a.docx", "något annat"),
        (paket(typer=typer(ORD.replace("document.main", "template.main"))), "a.docx", "något annat"),
        (paket(utan=["_rels/.rels"]), "a.docx", "något annat"),
        (paket(utan=["[Content_Types].xml"]), "a.docx", "något annat"),
    ):
        nekas(innehall, namn, "fel_typ", ord_, f".{namn[2:]}")


def test_two_files_in_one_are_refused():
    for innehall, namn, kod, ord_ in (
        (PDF + paket() + b"%%EOF", "a.pdf", "dubbel", "packad fil"),
        (jpg() + paket(), "a.jpg", "dubbel", "packad fil"),
        (CSV * 30 + paket(), "a.csv", "dubbel", "packad fil"),
        (png() + b"<script>", "a.png", "dubbel", "något mer"),
        (paket() + PDF, "a.docx", "skadad", "spara den på nytt"),
        (paket()[:4] + PDF + paket(), "a.docx", "skadad", "spara den på nytt"),
    ):
        nekas(innehall, namn, kod, ord_)


def test_what_is_not_whole_is_refused(settings):
    nekas(b"", "a.pdf", "tom", "Filen är tom")
    docx = paket()
    for innehall, namn in (
        (PDF[:-7], "a.pdf"), (docx[:-30], "a.docx"), (docx[: len(docx) // 2], "a.docx"), (png()[:-5], "a.png"),
        (png()[:33], "a.png"), (png().replace(b"IDAT", b"IDAX"), "a.png"), (jpg()[:12], "a.jpg"),
        (jpg().replace(b"\xff\xd9", b""), "a.jpg"), (b"PK\x03\x04", "a.docx"), (png(0, 4), "a.png"),
        (paket(metod=zipfile.ZIP_STORED).replace(b"<w:document/>", b"<w:dokument/>"), "a.docx"),  # the checksum
        (paket(typer=b"<Types"), "a.docx"),
        (paket(typer='<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>'), "a.docx"),
    ):  # fmt: skip
        nekas(innehall, namn, "skadad", "skadad eller bara delvis hämtad")
    settings.STORSTA_FIL = 2**20
    nekas(PDF + b" " * 2**20, "a.pdf", "for_stor", "för stor: 1,0", "högst 1 MB")


def test_macros_and_files_in_files_are_refused():
    makro = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    fjarrmall = relation("attachedTemplate", "https://example.se/mall.dotm", ' TargetMode="External"')
    for innehall in (
        paket([("word/vbaProject.bin", OLE)]),
        paket([("word/x.bin", b"gomd")], typer=typer(mer=makro)),
        paket(typer=typer("application/vnd.ms-word.document.macroEnabled.main+xml")),
        paket([("word/_rels/document.xml.rels", relation("control", "activeX/activeX1.xml"))]),
        paket([("word/_rels/document.xml.rels", relation("vbaProject", "gomd.dat"))]),
        paket([("word/_rels/settings.xml.rels", fjarrmall)]),
        paket([("word/embeddings/a.docx", paket([("word/vbaProject.bin", OLE)]))]),
    ):
        nekas(innehall, "a.docx", "makro", "makron", "som PDF")
    for innehall in (
        paket([("word/embeddings/oleObject1.bin", OLE)]),
        paket([("word/media/bild.png", b"MZ" + b"\0" * 60)]),
        paket([("word/media/a.zip", paket())]),
        paket([("word/embeddings/a.zip", paket())]),
        paket([("word/embeddings/a.docx", paket([("word/embeddings/b.docx", paket())]))]),
        paket([("word/_rels/document.xml.rels", relation("aFChunk", "sida.htm"))]),
        paket([("word/_rels/document.xml.rels", relation("oleObject", "file:///a.doc"))]),
    ):
        nekas(innehall, "a.docx", "inbaddat", "en annan fil inuti filen")


def test_what_needs_a_password_is_refused():
    nekas(flagga(paket()), "a.docx", "last", "lösenord")
    nekas(OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "last", "lösenord")
    nekas(OLE, "a.docx", "gammal", "äldre format")
    nekas(PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "a.pdf", "last", "lösenord")
    nekas(PDF.replace(b"/Root", b"/#45ncrypt 5 0 R /Root"), "a.pdf", "last", "lösenord")


def test_bombs_are_refused_without_being_unpacked(monkeypatch):
    bomb = paket([("word/media/a.bin", b"\0" * 20 * 2**20)])
    manga = paket([(f"word/{nr}.xml", "") for nr in range(filkoll.FLEST_DELAR)])
    lang = paket([("word/" + "a" * 60_000 + str(nr), "") for nr in range(20)])
    stor = ljug(paket([("word/a.xml", "a" * 54_321)]), 54_321, filkoll.STORSTA_UPPACKAT)
    with monkeypatch.context() as utan:
        utan.setattr(filkoll, "_inflate", lambda *_: pytest.fail("Den packades upp."))
        for innehall in (bomb, manga, lang, stor):
            nekas(innehall, "a.docx", "bomb", "orimligt stor")
        nekas(overlappande(), "a.docx", "skadad")
    # The directory says 100 bytes: no more than that is unpacked, wherever the rest would have ended.
    monkeypatch.setattr(filkoll, "STORSTA_UPPACKAT", 2**20)
    nekas(ljug(bomb, 20 * 2**20, 100), "a.docx", "bomb", "orimligt stor")
    nekas(
        paket([("word/embeddings/a.docx", paket([("word/a.xml", b"\0" * 2**20)]))]), "a.docx", "bomb", "orimligt stor"
    )
    nekas(objektstrom(b"\0" * 2**21), "a.pdf", "bomb", "orimligt stor")
    monkeypatch.setattr(filkoll, "STORSTA_XML", 1000)
    nekas(paket(typer=typer(mer=" " * 1000)), "a.docx", "bomb", "orimligt stor")
    with monkeypatch.context() as fa:
        fa.setattr(filkoll, "FLEST_TAGGAR", 7)  # the package has eight
        nekas(paket(), "a.docx", "bomb", "orimligt stor")
        fa.setattr(filkoll, "FLEST_STYCKEN", 0)
        nekas(objektstrom(b""), "a.pdf", "bomb", "orimligt stor")
        fa.setattr(filkoll, "FLEST_STYCKEN", 2)
        nekas(png(), "a.png", "skadad")
        nekas(jpg(), "a.jpg", "skadad")
    for bild in (png(20_000, 20_000), png(40_000, 1)):
        nekas(bild, "a.png", "stor_bild", "bildpunkter", "Förminska")
    nekas(jpg(60_000, 9_000), "a.jpg", "stor_bild", "60000 × 9000")


@pytest.mark.parametrize("namn", ["../ut.xml", "/etc/ut.xml", "word/DOCUMENT.xml", "word\\ut.xml"])
def test_names_in_the_archive_lead_nowhere(namn):
    innehall = paket([("X" * len(namn), "a")]).replace(b"X" * len(namn), namn.encode())
    nekas(innehall, "a.docx", "skadad")


def test_entries_are_what_they_seem():
    lank = zipfile.ZipInfo("word/lank")
    lank.external_attr = 0o120777 << 16
    nekas(paket([(lank, "/etc/passwd")]), "a.docx", "skadad")
    nekas(paket(metod=zipfile.ZIP_BZIP2), "a.docx", "skadad")
    nekas(paket().replace(b"word/document.xml", b"word/annat_del.xml"[:17], 1), "a.docx", "skadad")  # two names


def test_a_pdf_does_nothing_by_itself():
    for rad, ord_ in (
        (b"/OpenAction<</S/JavaScript/JS(app.alert)>>", "programkod"),
        (b"/OpenAction<</S/J#61vaScript/JS(app.alert)>>", "programkod"),
        (b"/AA<</O<</S /Launch/F(cmd.exe)>>>>", "programkod"),
        (b"/Names<</EmbeddedFiles 3 0 R>>", "bifogade filer"),
        (b"/Type /EmbeddedFile ", "bifogade filer"),
        (b"/Subtype/RichMedia ", "bifogade filer"),
    ):
        nekas(PDF.replace(b"/Root", rad + b"/Root"), "a.pdf", "pdf_aktiv", ord_, "Skriv ut den till en ny PDF")
        nekas(objektstrom(b"1 0 <<" + rad + b">>"), "a.pdf", "pdf_aktiv", ord_)
    nekas(objektstrom(b"a").replace(b"x\x9c", b"xx"), "a.pdf", "skadad")
    nekas(objektstrom(b"a").replace(b"endstream", b""), "a.pdf", "skadad")


def test_names_are_cleaned():
    for fore, efter in (
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kim\\Avtal.pdf", "Avtal.pdf"),
        ("avtal\u202excod.pdf", "avtalxcod.pdf"),
        ("a\r\nSet-Cookie: b\x00.pdf", "aSet-Cookie- b.pdf"),
        ("  Läs   mig . .pdf. ", "Läs mig.pdf"),
        ("A\u030asa.pdf", "Åsa.pdf"),
        (".pdf", "pdf"),
        ("\u200b", "bilaga"),
        ("å" * 300 + ".docx", "å" * 145 + ".docx"),
    ):
        assert bilagor.stada_namn(fore) == efter
    nekas(PDF, "faktura.exe.pdf", "dubbel_andelse", "två ändelser", ".exe", "Byt namn")
    nekas(paket(), "mall.docm.docx", "dubbel_andelse", ".docm")
    nekas(PDF, "a.exe\x00.pdf", "dubbel_andelse", ".exe")
    assert bilagor.granska(PDF, "Ansökan.docx.pdf") == "pdf"


@pytest.mark.django_db
def test_a_checked_file_is_stored_and_given_out(settings, tmp_path, ny_anvandare):
    settings.MEDIA_ROOT = tmp_path
    av = ny_anvandare("kansli")
    fil = bilagor.spara(SimpleUploadedFile("Foto \u202eett.JPEG", jpg()), av=av)
    assert (fil.lage, fil.typ, fil.filnamn, fil.skapad_av) == (Fil.Lage.REN, "jpeg", "Foto ett.JPEG", av)
    svar = filer.svar(fil)
    assert (svar.content, svar["Content-Type"]) == (jpg(), "image/jpeg")
    assert svar["Content-Disposition"].startswith("attachment")
    hemlig = bilagor.spara(SimpleUploadedFile("Kim Prov.docx", paket()), av=av, person=True)
    assert hemlig.namn == ""
    assert filer.svar(hemlig)["Content-Type"].endswith("wordprocessingml.document")
    with pytest.raises(ValidationError, match="makron"):
        bilagor.spara(SimpleUploadedFile("a.docx", paket([("word/vbaProject.bin", OLE)])), av=av)
    with pytest.raises(ValidationError, match="går att ladda upp: PDF. Högst"):
        bilagor.spara(SimpleUploadedFile("a.png", png()), av=av, typer=["pdf"])
    assert Fil.objects.count() == 2
    assert len(list(tmp_path.glob("??/*"))) == 2
    with pytest.raises(Http404):
        filer.svar(filer.spara(PDF, "a.pdf"))


def test_a_field_says_what_is_wrong_and_what_it_takes(settings):
    class Form(Formular, forms.Form):
        bilaga = bilagor.Bilagefalt()
        fler = bilagor.Bilagefalt(label="Bild", required=False, typer=["png", "jpg"])

    ruta = str(Form()["bilaga"])
    assert 'accept=".pdf,.docx,.xlsx,.png,.jpg,.csv,.jpeg"' in ruta
    assert 'accept=".png,.jpg,.jpeg"' in str(Form()["fler"])
    assert Form().fields["fler"].help_text == "png eller jpg. Högst 20 MB, utan lösenord och makron."

    def fel(falt, innehall, namn):
        form = Form({}, {"bilaga": SimpleUploadedFile("a.pdf", PDF), falt: SimpleUploadedFile(namn, innehall)})
        return form.errors.get(falt, [""])[0], form

    assert Form({}, {}).errors == {"bilaga": ["Välj en fil."]}
    assert "är tom" in fel("bilaga", b"", "a.pdf")[0]
    assert "webbsida" in fel("bilaga", b"<html>", "a.pdf")[0]
    assert "går att ladda upp: png eller jpg" in fel("fler", PDF, "a.pdf")[0]
    _, form = fel("bilaga", PDF, "av\u202etal.pdf")
    assert form.is_valid()
    assert (form.cleaned_data["bilaga"].name, form.cleaned_data["bilaga"].read()) == ("avtal.pdf", PDF)
    settings.STORSTA_FIL = 2**20
    lognare = SimpleUploadedFile("a.pdf", PDF + b" " * 2**20)
    assert "för stor" in fel("bilaga", lognare.read(), "a.pdf")[0]
    lognare.size = 10
    assert "för stor" in Form({}, {"bilaga": lognare}).errors["bilaga"][0]
