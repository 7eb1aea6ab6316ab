"""The participant's pages as pages: small, private, without script, and nobody's answers anywhere else."""

import gzip
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samordning.karna.kalender import idag
from samordning.karna.models import Atkomst
from tests.uppfoljning.personer import nytt_deltagande, personal
from tests.uppfoljning.svarande import SLUT, Telefon, ny_telefon
from uppfoljning import lankar
from uppfoljning.fragor import ANDRA_SPRAK
from uppfoljning.svar_views import KAKA

pytestmark = pytest.mark.django_db

STORST = 60_000


def alla_sidor():
    """{what: html} of the whole way at exit, the longer one."""
    telefon, deltagande = ny_telefon("slut")
    sidor = {"kod": Telefon().hamta("kod").content.decode(), "start": telefon.hamta("start").content.decode()}
    telefon.fyll_i(SLUT)
    telefon.posta("fraga", "pengar", svar=["fk", "kommun"])
    telefon.svara("pengar-fk", ["FK"])
    for steg in ("bemotande", "halsa", "timmar", "pengar", "pengar-fk", "andelar", "ovrigt"):
        sidor[steg] = telefon.hamta("fraga", steg).content.decode()
    sidor["granska"] = telefon.hamta("granska").content.decode()
    telefon.skicka()
    sidor["klart"] = telefon.hamta("klart").content.decode()
    sidor["stängd"] = telefon.posta("stang").content.decode()
    sidor["slut"] = telefon.hamta("klart").content.decode()
    return sidor, deltagande


def test_every_page_weighs_less_than_sixty_kilobytes_without_fonts():
    statiska = [
        *(settings.ROT / "static" / fil for fil in ("css/samordning.css", "js/svara.js", "favicon.svg")),
        *(settings.ROT / ".venv").glob("lib/python*/site-packages/bootstrap/static/bootstrap/css/bootstrap.min.css"),
    ]
    assert len(statiska) == 4
    delat = sum(len(gzip.compress(stig.read_bytes())) for stig in statiska)
    sidor, _ = alla_sidor()
    vikt = {namn: delat + len(gzip.compress(sida.encode())) for namn, sida in sidor.items()}
    assert {namn: v for namn, v in vikt.items() if v >= STORST} == {}


def test_no_page_names_anybody_and_each_has_one_heading_and_help():
    sidor, deltagande = alla_sidor()
    for namn, sida in sidor.items():
        for hemligt in (deltagande.namn, deltagande.telefon, deltagande.insats.namn, str(deltagande.uuid)):
            assert hemligt not in sida, namn
        assert sida.count("<h1") == 1, namn
        assert 'id="hjalp"' in sida, namn
        titel = re.search(r"<title>(.*?) – Samordning</title>", sida)[1]
        assert not re.search(r"\d+ av 10|kronor|%", titel), namn


def test_what_needs_script_is_hidden_without_it():
    sidor, _ = alla_sidor()
    for namn in ("start", "halsa", "timmar", "pengar", "andelar", "ovrigt"):
        assert "<p data-lyssna hidden>" in sidor[namn], namn
    assert 'data-summa role="status" hidden' in sidor["andelar"]
    for namn, sida in sidor.items():
        assert "<script>" not in sida, namn
        assert " onclick" not in sida, namn


def test_other_languages_say_which_they_are():
    text = Telefon().hamta("kod").content.decode()
    for kod, riktning, mening in ANDRA_SPRAK:
        assert f'<li lang="{kod}" dir="{riktning}">{mening}</li>' in text


def test_the_promise_is_the_true_one():
    telefon, _ = ny_telefon()
    text = telefon.hamta("start").content.decode()
    assert "Ditt namn sparas inte ihop med svaren" in text
    assert "sparas ihop" in text
    assert "Personalen här ser timmar och pengar" in text
    assert "nonym" not in text


def test_no_page_is_kept_in_a_cache_and_the_cookie_is_for_these_pages_alone(settings):
    telefon, _ = ny_telefon()
    assert telefon.hamta("fraga", "halsa")["Cache-Control"] == "no-store"
    kaka = telefon.client.cookies[KAKA]
    assert (kaka["path"], kaka["max-age"], kaka["samesite"]) == ("/svara/", 3600, "Lax")
    assert kaka["httponly"]
    assert bool(kaka["secure"]) == settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_NAME not in telefon.client.cookies


def test_the_cookie_is_not_set_anew_so_the_hour_is_not_prolonged():
    telefon, _ = ny_telefon()
    telefon.svara("halsa", 5)
    assert not telefon.sida.cookies
    assert not telefon.posta("sprak", sprak="sv-lattlast").cookies


def test_a_forged_post_is_refused():
    cache.clear()
    kod = lankar.ny_kod(nytt_deltagande(start=idag()), "start", None)
    assert Client(enforce_csrf_checks=True).post(reverse("svara:kod"), {"kod": kod}).status_code == 403


def test_a_participant_leaves_no_row_in_the_access_log():
    alla_sidor()
    assert not Atkomst.objects.exists()


def test_nobodys_page_shows_an_answer(client, ny_anvandare):
    """Staff see that there is an answer, and the facts; the kansli sees neither."""
    telefon, deltagande = ny_telefon("slut")
    telefon.fyll_i({"bemotande": 9, "halsa": 7, "timmar": "17,25"}, "lon")
    telefon.svara("pengar-lon", "STUD")
    telefon.svara("ovrigt", "Kanariefågel ett två tre")
    telefon.skicka()
    visar = {"insatspersonal": personal(ny_anvandare, deltagande.insats)}
    visar |= {roll: ny_anvandare(roll) for roll in ("kansli", "forbundschef", "styrelse", "kontoansvarig", "remittent")}
    adresser = [
        reverse("uppfoljning:deltagande_detail", args=[deltagande.uuid]), reverse("uppfoljning:deltagande_list"),
        reverse("uppfoljning:svarskod_create", args=[deltagande.uuid, "slut"]),
        reverse("uppfoljning:lage_edit", args=[deltagande.uuid, "slut"]),
        reverse("uppfoljning:blankett", args=[deltagande.uuid]), reverse("uppfoljning:utfall"), reverse("sidor:start"),
    ]  # fmt: skip
    sedda = 0
    for roll, user in visar.items():
        client.force_login(user)
        for adress in adresser:
            response = client.get(adress)
            text = re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.DOTALL)
            assert "Kanariefågel" not in text, (roll, adress)
            assert not re.search(r"\b[79] av 10", text), (roll, adress)
            assert not re.search(r'type="radio"[^>]* value="[79]"[^>]* checked', text), (roll, adress)
            sedda += "17,25" in text
    assert sedda, "staff should have seen the hours, or the pages were not looked at"
