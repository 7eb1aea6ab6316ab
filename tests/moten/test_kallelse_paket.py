"""The packet of a summons: what it holds, in which order, and what cannot stop it."""

import io
from datetime import time

import page
import pytest
from pypdf import PdfReader, PdfWriter

from moten import kallelse, kallelse_paket
from moten.models import Handling, Punkt, Underlag
from samordning.karna import filer, pdf
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db
RAM = '<!DOCTYPE html><html lang="sv"><head><title>x</title></head><body>{}</body></html>'


@pytest.fixture
def mote(kommun):
    eva = Kontakt.objects.create(namn="Eva Prov", part=kommun)
    mote = ett_mote("styrelse", om=30, fran=time(9), till=time(12), plats="Skara, rådhuset")
    Punkt.objects.create(
        mote=mote, ordning=1, rubrik="Mötet öppnas", minuter=10, varfor="Tas upp varje gång.", foredragande=eva
    )
    Punkt.objects.create(mote=mote, ordning=2, rubrik="Ekonomisk rapport", minuter=30, underlag="- ett\n- två & <tre>")
    Punkt.objects.create(mote=mote, ordning=3, rubrik="Övriga frågor")
    return mote


def en_pdf(*rader):
    return pdf.gor(
        RAM.format("".join(f'<h1 class="{"forsta" if not nr else ""}">{rad}</h1>' for nr, rad in enumerate(rader))),
        titel="x",
    )


def lagg_till(mote, innehall, namn="rapport.pdf", punkt=None):
    fil = filer.spara(innehall, namn)
    fil.godkann()
    return Underlag.objects.create(mote=mote, punkt=punkt, rubrik=namn.partition(".")[0].capitalize(), fil=fil)


def paketet(mote, **falt):
    rad = kallelse.skicka(mote, av=None, svara_senast=mote.dag, **falt)
    data = kallelse_paket.gor(rad)
    lasare = PdfReader(io.BytesIO(data))
    return data, lasare, [" ".join(sida.extract_text().split()) for sida in lasare.pages]


def _bokmarken(lasare):
    namn = []

    def ga(rader):
        for rad in rader:
            ga(rad) if isinstance(rad, list) else namn.append((rad.title, lasare.get_destination_page_number(rad)))

    ga(lasare.outline)
    return dict(namn)


def test_the_agenda_comes_first_with_times_and_reasons_and_all_is_tagged(mote):
    data, lasare, sidor = paketet(mote, halsning="Ta med kalendern.")
    svar = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert svar.is_compliant, svar.failures
    forsta = sidor[0]
    for ord_ in ("klockan 9.00–12.00", "Skara, rådhuset", "Ta med kalendern.", "9.00", "9.10", "9.40", "10 min",
                 "Tas upp varje gång.", "1. Mötet öppnas", "3. Övriga frågor"):  # fmt: skip
        assert ord_ in forsta, ord_
    allt = " ".join(sidor)
    assert "två & <tre>" in allt
    assert "Föredras av Eva Prov" in allt
    assert {"1. Mötet öppnas", "2. Ekonomisk rapport", "3. Övriga frågor"} <= _bokmarken(lasare).keys()
    assert any("/Annots" in sida for sida in lasare.pages[:1])  # the contents are links


def test_attached_pdfs_come_after_their_item_with_right_numbers(mote):
    ett, tva, tre = mote.punkter.all()
    lagg_till(mote, en_pdf("Bilaga A ett", "Bilaga A två"), "budget.pdf", tva)
    lagg_till(mote, en_pdf("Till hela mötet"), "inbjudan.pdf")
    data, lasare, sidor = paketet(mote)
    plats = {ord_: next(nr for nr, sida in enumerate(sidor) if ord_ in sida and nr) for ord_ in (
        "Till hela mötet", "1. Mötet öppnas", "2. Ekonomisk rapport", "Bilaga A ett", "Bilaga A två", "3. Övriga frågor"
    )}  # fmt: skip
    assert list(plats.values()) == sorted(plats.values())
    assert plats["Bilaga A två"] == plats["Bilaga A ett"] + 1
    assert "Budget, sida 2 av 2" in sidor[plats["Bilaga A två"]]
    assert f"Sida {plats['Bilaga A två'] + 1} av {len(sidor)}" in sidor[plats["Bilaga A två"]]
    bokmarken = _bokmarken(lasare)
    assert bokmarken["3. Övriga frågor"] == plats["3. Övriga frågor"]
    assert bokmarken["Budget, sida 1 av 2"] == plats["Bilaga A ett"]
    assert f"3. Övriga frågor {plats['3. Övriga frågor'] + 1}" in sidor[0]
    assert b"pdfuaid:part" not in lasare.root_object["/Metadata"].get_object().get_data()  # not all pages are ours


def test_a_page_that_is_put_in_is_one_tagged_piece_and_is_read_after_its_line(mote, monkeypatch):
    lagg_till(mote, en_pdf("Bilaga A ett", "Bilaga A två"), "budget.pdf", mote.punkter.first())
    data, lasare, sidor = paketet(mote)
    sida = lasare.pages[next(nr for nr, text in enumerate(sidor) if "Bilaga A två" in text)]
    rader = lasare.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    sidans = dict(zip(rader[::2], rader[1::2], strict=True))[sida["/StructParents"]].get_object()
    innehall = sida.get_contents().operations
    nummer = [ope[1]["/MCID"] for ope, op in innehall if op == b"BDC" and "/MCID" in ope[1]]
    assert sorted(nummer) == list(range(len(sidans)))  # each once
    sist = sidans[-1].get_object()
    forsta = sidans[0].get_object()["/P"]
    barn = [ett.get_object() for ett in sist["/P"]["/K"]]
    assert (sist["/K"], barn.index(sist)) == ([len(sidans) - 1], barn.index(forsta) + 1)
    # What others made may break it, but nothing of ours does: with the claim left it is PDF/UA.
    monkeypatch.setattr(kallelse_paket, "_utan_lofte", lambda skrivare: None)
    data, *_ = paketet(mote)
    svar = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert svar.is_compliant, svar.failures


def _last():
    skrivare = PdfWriter()
    skrivare.add_blank_page(100, 100)
    skrivare.encrypt("hemligt")
    ut = io.BytesIO()
    skrivare.write(ut)
    return ut.getvalue()


def _tom_yta():
    skrivare = PdfWriter()
    skrivare.add_blank_page(0, 0)
    ut = io.BytesIO()
    skrivare.write(ut)
    return ut.getvalue()


def _manga():
    skrivare = PdfWriter()
    for _ in range(kallelse_paket.FLEST_SIDOR + 1):
        skrivare.add_blank_page(10, 10)
    ut = io.BytesIO()
    skrivare.write(ut)
    return ut.getvalue()


def test_what_cannot_be_put_in_is_listed_and_stops_nothing(mote, settings):
    punkt = mote.punkter.last()
    hel = en_pdf("Hel bilaga")
    for namn, innehall in (
        ("last.pdf", _last()), ("trasig.pdf", b"%PDF-1.7 skrap"), ("avhuggen.pdf", hel[: len(hel) // 2]),
        ("tomyta.pdf", _tom_yta()), ("manga.pdf", _manga()), ("brev.docx", b"PK"), ("hel.pdf", hel),
    ):  # fmt: skip
        lagg_till(mote, innehall, namn, punkt)
    saknas = lagg_till(mote, hel, "borta.pdf", punkt)
    filer.vag(saknas.fil).unlink()
    _data, _lasare, sidor = paketet(mote)
    allt = " ".join(sidor)
    for ord_ in ("Last: öppnas för sig på mötets sida (låst med lösenord)", "Brev: öppnas för sig på mötets sida (docx",
                 "Trasig: öppnas för sig", "Avhuggen", "Tomyta: öppnas för sig", "Manga: öppnas för sig", "151 sidor",
                 "Borta: öppnas för sig", "Hel bilaga"):  # fmt: skip
        assert ord_ in allt, ord_


def test_large_files_are_left_out(mote, monkeypatch, settings):
    hel = en_pdf("Hel bilaga")
    lagg_till(mote, hel, "stor.pdf", mote.punkter.first())
    settings.STORSTA_FIL = len(hel)
    assert "Stor: öppnas för sig på mötets sida (för stor" in " ".join(paketet(mote)[2])


def test_a_wide_page_is_put_on_a_wide_page_and_links_are_not_followed_along(mote):
    skrivare = PdfWriter()
    skrivare.add_blank_page(800, 400)
    skrivare.add_blank_page(400, 800).rotate(90)
    skrivare.add_uri(0, "https://example.se/spar", [0, 0, 100, 100])
    ut = io.BytesIO()
    skrivare.write(ut)
    lagg_till(mote, ut.getvalue(), "karta.pdf", mote.punkter.first())
    data, lasare, _sidor = paketet(mote)
    breda = [sida for sida in lasare.pages if sida.mediabox.width > sida.mediabox.height]
    assert len(breda) == 2
    assert b"example.se/spar" not in data


def test_papers_of_a_case_are_those_that_all_who_see_it_may_read(mote, kommun):
    arende = skickad_ansokan(kommun, ny_part(), lage="styrelse").arende
    Punkt.objects.create(mote=mote, ordning=4, rubrik="Ansökan", arende=arende)
    for krets, rubrik, makulerad in (
        ("alla", "Yttrande", ""),
        ("intern", "Tjänstenot", ""),
        ("alla", "Fel", "Fel fil"),
    ):
        fil = filer.spara(en_pdf(f"Text i {rubrik}"), f"{rubrik}.pdf")
        fil.godkann()
        Handling.objects.create(arende=arende, rubrik=rubrik, krets=krets, fil=fil, makulerad=makulerad)
    allt = " ".join(paketet(mote)[2])
    assert "Text i Yttrande" in allt
    assert "Tjänstenot" not in allt
    assert "Text i Fel" not in allt
    assert f"Ärende {arende.diarienummer}" in allt


def test_an_agenda_without_items_is_a_packet_too(kommun):
    assert "Dagordningen är inte klar." in " ".join(paketet(ett_mote(om=30))[2])
