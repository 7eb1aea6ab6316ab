"""The sheet of an insats on paper."""

import datetime

import page
import pytest
import time_machine
from django.urls import reverse

from insatser import blad
from insatser.models import Insatskontakt
from samordning.karna import pdf
from samordning.karna.pdf import PdfSaknas
from tests.insatser.fabrik import ny_insats, ny_kontakt
from tests.uppfoljning.tryck import sidor

pytestmark = pytest.mark.django_db
DAG = datetime.date


def adress(insats):
    return reverse("insatser:insats_blad", args=[insats.slug])


@time_machine.travel("2024-06-13 12:00+02:00")
def test_the_sheet_says_what_a_caseworker_needs(client, monkeypatch):
    insats = ny_insats(
        "Rörsås", sammanfattning="Kort om", beskrivning="Odling och djur.", malgrupp="Den som vill", grupper=["unga"],
        metod="Grön arena", mal="Egen försörjning", omfattning="3 dagar", tid_i_insats="12 veckor", alder_fran=16,
        alder_till=29, remittenter=["vard", "fk"], tar_emot="papper", orter=["Vara"], lediga_platser=3,
        platser_totalt=8, platser_bekraftade=DAG(2024, 6, 10), hitta_hit="Buss 5", bakgrund="Historien",
    )  # fmt: skip
    ny_kontakt(insats, titel="Handledare")
    ny_kontakt(insats, namn="Ulla Berg", telefon="0980-319 207", epost="ulla.berg@example.se")
    svar = client.get(adress(insats))
    assert svar["Content-Type"] == "application/pdf"
    assert svar["Content-Disposition"] == 'attachment; filename="insatsblad-rorsas.pdf"'
    assert page.validate_pdf_bytes(svar.content, profile=page.ValidationProfile.PDF_UA_1).is_compliant
    (text,) = sidor(svar.content)
    text = " ".join(text.split())
    for ord_ in (
        "Rörsås", "Kort om", "Odling och djur.", "Den som vill", "Unga 16–29 år", "Grön arena", "Egen försörjning",
        "3 dagar", "12 veckor", "16–29 år", "De som kan remittera är vården och", "på papper", "3 lediga platser av 8",
        "Senast bekräftat 10 juni 2024", "Buss 5", "Frida Ljung", "Handledare, Samordningsförbundet", "0980-319 206",
        "frida.ljung@example.se", "Ulla Berg", "Utskrivet 13 juni 2024", "Sida 1 av 1", "Mer om insatsen",
    ):  # fmt: skip
        assert ord_ in text, ord_
    assert "Historien" not in text
    # Anybody may ask for it, so the same sheet is laid out once.
    monkeypatch.setattr(pdf, "rita", None)
    assert client.get(adress(insats)).content == svar.content
    assert client.get(reverse("insatser:insats_detail", args=[insats.slug])).content.decode().count("blad.pdf") == 1


def test_the_longest_texts_are_two_pages(client):
    langt = dict.fromkeys(("beskrivning", "malgrupp", "mal", "metod", "hitta_hit"), "Odling och djur. " * 1170)
    kort = dict.fromkeys(("omfattning", "tid_i_insats"), "WM" * 100)
    insats = ny_insats("W" * 120, sammanfattning="W" * 300, orter=["M" * 40] * 20, **langt, **kort)
    Insatskontakt.objects.bulk_create(
        Insatskontakt(insats=insats, kontakt=ny_kontakt(titel="Arbetsmarknadskonsulent " * 5)) for _ in range(9)
    )
    assert len(sidor(client.get(adress(insats)).content)) == 2


def test_a_sheet_with_almost_nothing_says_how_to_ask(client):
    insats = ny_insats("Tom")
    html = blad.tryck(insats)
    for ord_ in ("inte skriven än", "ingen egen kontaktperson", "Tar inte emot remisser"):
        assert ord_ in html
    assert "None" not in html
    assert "Hitta hit" not in html


def test_a_text_is_cut_after_a_sentence_and_keeps_its_paragraphs():
    assert blad.kortad("Ett.\n\nTvå\t två.\n", 5) == (["Ett.", "Två två."], False)
    assert blad.kortad("A" * 40 + ". " + "B " * 400, 1) == (["A" * 40 + "."], True)
    stycken, kapad = blad.kortad("ord " * 300, 2)
    assert kapad
    assert len(stycken[0]) <= 2 * blad.TECKEN_PER_RAD + 2
    assert stycken[0].endswith("ord …")
    assert blad.kortad("rad\n" * 20_000, 6)[0] == ["rad"] * len(blad.kortad("rad\n" * 20_000, 6)[0])
    assert len(blad.kortad("rad\n" * 20_000, 6)[0]) <= 6


def test_it_is_seen_by_who_sees_the_page_and_says_that_it_is_not_public(client, inloggad):
    insats = ny_insats("Dold", publicerad=False)
    assert client.get(adress(insats)).status_code == 404
    assert inloggad("kansli").head(adress(insats)).status_code == 200
    assert "Inte publicerad" in blad.tryck(insats)


def test_without_pango_the_page_is_there_to_print(client, monkeypatch):
    def saknas(*args, **kwargs):
        raise PdfSaknas("Pango")

    monkeypatch.setattr(pdf, "gor", saknas)
    insats = ny_insats("Utan")
    svar = client.get(adress(insats), follow=True)
    assert svar.redirect_chain == [(reverse("insatser:insats_detail", args=[insats.slug]), 302)]
    assert "Skriv ut sidan i stället" in svar.content.decode()
