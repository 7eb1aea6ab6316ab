"""Who is with, who stands behind, and the files that are attached."""

import uuid

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from insatser.models import Ansokan, Bilaga
from samordning.karna.models import Fil, Notis, Part
from tests.conftest import Klient
from tests.insatser.fabrik import version
from tests.insatser.fabrik_ansokan import adress, ny_ansokan, ny_part, skickad_ansokan

pytestmark = pytest.mark.django_db


@pytest.fixture
def utkast(tibro, skovde):
    return ny_ansokan(tibro, skovde, bakom=False)


@pytest.fixture
def huvud(inloggad, tibro):
    return inloggad("partsforetradare", part=tibro)


@pytest.fixture
def med(ny_anvandare, skovde):
    klient = Klient()
    klient.force_login(ny_anvandare("partsforetradare", part=skovde, namn="Sam Sökande"))
    return klient


def rad(ansokan, part):
    return ansokan.parter.get(part=part)


def test_a_party_is_added_told_and_taken_away(huvud, ny_anvandare, utkast, tibro):
    vc = Part.objects.create(
        namn="Vårdcentralen Tibro", slag="enhet", del_av=ny_part("Västra Götalandsregionen", "region")
    )
    foretradare = ny_anvandare("partsforetradare", part=vc)
    url = adress("parter", utkast)
    assert "Vården är inte med." in huvud.get(url).content.decode()
    assert "part" in huvud.post(url, {"part": tibro.pk}).context["form"].errors  # it is with already
    assert huvud.post(url, {"part": vc.pk}).status_code == 302
    assert "Vården är inte med." not in huvud.get(url).content.decode()
    assert Notis.objects.get().mottagare == foretradare
    assert "Gläntan" not in mail.outbox[0].body + mail.outbox[0].subject
    assert url in mail.outbox[0].body
    huvud.post(adress("part_delete", utkast, rad(utkast, vc).pk))
    assert not utkast.parter.filter(part=vc).exists()
    svar = huvud.post(adress("part_delete", utkast, rad(utkast, tibro).pk), follow=True)
    assert "Gör en annan part till huvudpart först" in svar.content.decode()


def sta_bakom(klient, ansokan, part, **mer):
    """As the page sends it: with the version of the text that it was drawn from."""
    ansokan.refresh_from_db()
    url = adress("part_bakom", ansokan, rad(ansokan, part).pk)
    return klient.post(url, {"version": ansokan.version} | mer, follow=True)


def test_each_party_ticks_for_itself_and_the_kansli_writes_down_mails(huvud, med, inloggad, utkast, tibro, skovde):
    assert huvud.post(adress("part_bakom", utkast, rad(utkast, skovde).pk)).status_code == 403
    sta_bakom(med, utkast, skovde)
    assert (rad(utkast, skovde).namngiven, rad(utkast, skovde).vid_version) == ("Sam Sökande", 1)
    kansli = inloggad("kansli")
    mejl = f"p{rad(utkast, tibro).pk}-namn"
    assert "Skriv vem hos parten som har svarat" in sta_bakom(kansli, utkast, tibro, **{mejl: ""}).content.decode()
    sta_bakom(kansli, utkast, tibro, **{mejl: "Anders Blom"})
    html = kansli.get(adress("parter", utkast)).content.decode()
    assert "Enligt mejl från Anders Blom, antecknat av" in html
    med.post(adress("part_angra", utkast, rad(utkast, skovde).pk))
    assert (rad(utkast, skovde).star_bakom, rad(utkast, skovde).namngiven) == (None, "")


def test_a_changed_text_is_told_and_a_changed_sum_takes_the_others_ticks_back(huvud, med, utkast, tibro, skovde):
    for klient, part in ((huvud, tibro), (med, skovde)):
        sta_bakom(klient, utkast, part)
    url = adress("avsnitt_edit", utkast, "mal")
    huvud.post(url, {"mal": "Nytt mål.", "version": version(huvud, url)})
    assert med.get(adress("parter", utkast)).content.decode().count("Texten har ändrats sedan dess.") == 2
    assert rad(utkast, skovde).star_bakom

    url = adress("avsnitt_edit", utkast, "budget")
    ord_ = {"ar_0": "2027", "kronor_0": "450000", "budgettext": "Bara ord.", "version": version(huvud, url)}
    huvud.post(url, ord_)
    assert rad(utkast, skovde).star_bakom
    svar = huvud.post(url, ord_ | {"kronor_0": "900000", "version": version(huvud, url)}, follow=True)
    assert "behöver ta ställning igen" in svar.content.decode()
    utkast.refresh_from_db()
    assert rad(utkast, skovde).star_bakom is None
    assert rad(utkast, tibro).vid_version == utkast.version
    assert Notis.objects.get().mall == "ansokan/stallning_tillbaka"


def test_nobody_stands_behind_what_it_has_not_read(huvud, med, ny_anvandare, utkast, tibro, skovde):
    kansli, mejl = Klient(), f"p{rad(utkast, tibro).pk}-namn"
    kansli.force_login(ny_anvandare("kansli"))
    assert f'name="version" value="{utkast.version}"' in med.get(adress("parter", utkast)).content.decode()
    url = adress("avsnitt_edit", utkast, "budget")
    huvud.post(url, {"ar_0": "2027", "kronor_0": "900000", "version": version(huvud, url)})
    svar = sta_bakom(med, utkast, skovde, version=1).content.decode()
    assert "har ändrats sedan du öppnade sidan" in svar
    svar = sta_bakom(kansli, utkast, tibro, version=1, **{mejl: "Anders Blom"}).content.decode()
    assert "har ändrats sedan du öppnade sidan" in svar
    assert 'value="Anders Blom"' in svar
    assert not utkast.parter.filter(star_bakom__isnull=False).exists()
    # The party's own tick stands, whatever the kansli's page showed.
    sta_bakom(huvud, utkast, tibro)
    egen = rad(utkast, tibro).namngiven
    assert "har redan tagit ställning" in sta_bakom(kansli, utkast, tibro, **{mejl: "Anders Blom"}).content.decode()
    assert rad(utkast, tibro).namngiven == egen


def test_another_huvudpart_and_a_party_that_leaves(huvud, med, utkast, tibro, skovde):
    assert med.post(adress("part_huvud", utkast, rad(utkast, skovde).pk)).status_code == 403
    assert med.get(adress("ansokan_delete", utkast)).status_code == 403
    huvud.post(adress("part_huvud", utkast, rad(utkast, skovde).pk))
    assert [(r.part, r.huvud) for r in utkast.parter.all()] == [(skovde, True), (tibro, False)]
    svar = huvud.post(adress("part_delete", utkast, rad(utkast, tibro).pk))
    assert svar.url == reverse("ansokan:ansokan_list")
    assert huvud.get(adress("ansokan_detail", utkast)).status_code == 404


def test_nothing_of_a_sent_one_is_changed(huvud, tibro, skovde):
    ansokan = skickad_ansokan(tibro, skovde)
    for namn in ("part_angra", "part_huvud", "part_delete"):
        huvud.post(adress(namn, ansokan, rad(ansokan, tibro).pk))
    huvud.post(adress("parter", ansokan), {"part": ny_part("Hjo kommun").pk})
    assert [(r.part, bool(r.star_bakom)) for r in ansokan.parter.all()] == [(tibro, True), (skovde, True)]


# ---- Attachments


def csv(namn="budget.csv", innehall=b"ar;kronor\n2027;450000\n"):
    return SimpleUploadedFile(namn, innehall)


def bifoga(klient, ansokan, fil, **falt):
    return klient.post(
        adress("bilagor", ansokan), {"rubrik": "Budget", "fil": fil, "inskick": str(uuid.uuid4())} | falt
    )


def test_a_file_is_attached_once_read_by_the_parties_and_taken_away(huvud, med, inloggad, utkast):
    inskick = str(uuid.uuid4())
    for _ in range(2):
        assert bifoga(huvud, utkast, csv(), inskick=inskick).status_code == 302
    bilaga = utkast.bilagor.get()
    svar = med.get(adress("bilaga_fil", utkast, bilaga.pk))
    assert svar["Content-Disposition"] == 'attachment; filename="budget.csv"'
    assert svar.content == b"ar;kronor\n2027;450000\n"
    annan = ny_ansokan(ny_part("Hjo kommun"), ny_part("Karlsborgs kommun"))
    assert inloggad("kansli").get(adress("bilaga_fil", annan, bilaga.pk)).status_code == 404
    assert med.post(adress("bilaga_delete", utkast, bilaga.pk)).status_code == 302
    assert (Bilaga.objects.count(), Fil.objects.count()) == (0, 0)


def test_a_file_that_lies_is_refused_in_words_and_nothing_is_stored(huvud, utkast):
    svar = bifoga(huvud, utkast, csv("budget.pdf"))
    assert "innehållet är" in svar.context["form"].errors["fil"][0]
    assert 'value="Budget"' in svar.content.decode()
    assert "makro" in bifoga(huvud, utkast, csv("budget.xlsm")).context["form"].errors["fil"][0]
    assert (Bilaga.objects.count(), Fil.objects.count()) == (0, 0)


def test_there_is_a_limit_and_what_was_sent_stays(huvud, utkast, tibro, skovde):
    bifoga(huvud, utkast, csv())
    fil = Fil.objects.get()
    Bilaga.objects.bulk_create(Bilaga(ansokan=utkast, rubrik=f"B{nr}", fil=fil) for nr in range(19))
    assert "högst 20 bilagor" in bifoga(huvud, utkast, csv()).content.decode()
    assert "vilket är så många som den kan ha" in huvud.get(adress("bilagor", utkast)).content.decode()
    ansokan = skickad_ansokan(tibro, skovde)
    bilaga = Bilaga.objects.create(ansokan=ansokan, rubrik="Plan", fil=fil)
    Bilaga.objects.filter(pk=bilaga.pk).update(skapad=ansokan.versioner.get().skickad)
    huvud.post(adress("bilaga_delete", ansokan, bilaga.pk))
    bifoga(huvud, ansokan, csv())
    assert ansokan.bilagor.get() == bilaga
    assert Ansokan.objects.get(pk=ansokan.pk).version == 1
