"""Groups, own referral forms, implementation and NCK's course: who sees them and what they say."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from insatser import utbud_paneler
from insatser.models import Implementering, Insatsgrupp, Medarbetare
from insatser.models.insats import UPPTAGNA_ADRESSER
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Fil, Handelse
from tests.insatser.fabrik import ny_insats, ny_medarbetare, version

pytestmark = pytest.mark.django_db
OM = datetime.timedelta
LISTA = reverse("insatser:grupp_list")


def ny_grupp(insats, namn="Språkgruppen", om=10, **falt):
    standard = {"start": idag() + OM(om), "platser": 8, "lediga": 3}
    return Insatsgrupp.objects.create(insats=insats, namn=namn, **standard | falt)


def adress(namn, insats, *args):
    return reverse(f"insatser:{namn}", args=[insats.slug, *args])


def text(svar):
    return " ".join(svar.content.decode().split())


def test_everybody_sees_open_groups_and_no_others(client):
    skara, dold = ny_insats("Skara", orter=["Skara"]), ny_insats("Dold", publicerad=False)
    gemensam = ny_insats("Alla", skaraborgsgemensam=True)
    for namn, insats, falt in [
        ("Öppen", skara, {"om": 40, "beskrivning": "För unga"}), ("Full", skara, {"lediga": 0}),
        ("Gammal start", skara, {"om": -90, "bekraftad": idag() - OM(31)}),
        ("Har börjat", skara, {"om": -9}), ("Slut", skara, {"om": -20, "slut": idag() - OM(1)}),
        ("Hemlig", dold, {}), ("Överallt", gemensam, {"om": 5, "bekraftad": idag() - OM(31)}),
    ]:  # fmt: skip
        ny_grupp(insats, namn, **falt)
    ny_grupp(ny_insats("Avslutad", slut=idag() - OM(1)), "Avslutad grupp")

    def namnen(**fraga):
        return [rad.grupp.namn for rad in client.get(LISTA, fraga).context["rader"]]

    assert namnen() == ["Har börjat", "Överallt", "Öppen"]
    assert namnen(ort="Skara", start="90") == ["Överallt", "Öppen"]
    assert namnen(start="30") == ["Överallt"]
    assert namnen(start="nu") == ["Har börjat"]
    assert namnen(ort="<b>", start="x") == ["Har börjat", "Överallt", "Öppen"]
    sida = text(client.get(LISTA))
    assert "För unga" in sida
    assert "Uppgiften är gammal" in sida
    sida = text(client.get(adress("insats_detail", skara)))
    assert "Fullt" in sida
    assert "0 av 8 platser lediga" in sida
    assert "Slut</h3>" not in sida
    assert "Talet stämmer" not in sida


def test_the_list_costs_the_same_with_more_groups(assert_constant_queries):
    assert_constant_queries(LISTA, lambda: ny_grupp(ny_insats()))


def test_own_staff_writes_confirms_and_ends_a_group(client, ny_anvandare):
    insats, personal = ny_insats(), ny_anvandare("insatspersonal")
    ny_medarbetare(insats, personal)
    client.force_login(personal)
    ny = {"namn": "Språkgruppen", "start": idag() + OM(9), "platser": "8", "lediga": "9", "inskick": str(uuid.uuid4())}
    svar = client.post(adress("grupp_create", insats), ny)
    assert svar.context["form"].errors == {"lediga": ["De lediga platserna kan inte vara fler än platserna."]}
    assert [client.post(adress("grupp_create", insats), ny | {"lediga": "3"}).status_code for _ in range(2)] == [
        302
    ] * 2
    grupp = Insatsgrupp.objects.get()

    Insatsgrupp.objects.update(bekraftad=idag() - OM(40))
    assert [rad.text for rad in utbud_paneler.att_gora(personal)] == [
        f"Bekräfta lediga platser i Språkgruppen, {insats}"
    ]
    client.post(adress("grupp_bekrafta", insats, grupp.pk), {"lediga": "2"})
    grupp.refresh_from_db()
    assert grupp.ar_gammal  # another number was shown
    client.post(adress("grupp_bekrafta", insats, grupp.pk), {"lediga": "3"})
    grupp.refresh_from_db()
    assert grupp.bekraftad == idag()
    assert utbud_paneler.att_gora(Anvandare.objects.get(pk=personal.pk)) == []

    url = adress("grupp_edit", insats, grupp.pk)
    sett = version(client, url)
    sent = ny | {"lediga": "1", "version": sett}
    assert client.post(url, sent).status_code == 302
    svar = client.post(url, sent | {"lediga": "2"})
    assert svar.context["form"].nyare == [("Lediga platser", "1")]
    assert Insatsgrupp.objects.get().lediga == 1

    assert "har inte startat" in text(client.get(adress("grupp_avsluta", insats, grupp.pk)))
    Insatsgrupp.objects.update(start=idag() - OM(9))
    client.post(adress("grupp_avsluta", insats, grupp.pk))
    assert Insatsgrupp.objects.get().slut == idag()
    Insatsgrupp.objects.update(slut=idag() - OM(1))
    igen = client.post(adress("grupp_avsluta", insats, grupp.pk), follow=True)
    assert "är redan avslutad" in text(igen)
    assert Insatsgrupp.objects.get().slut == idag() - OM(1)
    borjar = ny_grupp(insats, "Ny")
    client.post(adress("grupp_avsluta", insats, borjar.pk))
    assert [grupp.namn for grupp in Insatsgrupp.objects.all()] == ["Språkgruppen"]
    handelser = Handelse.objects.om(insats).values_list("namn", flat=True)
    assert list(handelser)[::-1] == [
        "grupp_tillagd", "grupp_bekraftad", "grupp_andrad", "grupp_avslutad", "grupp_borttagen"
    ]  # fmt: skip


def test_an_insats_cannot_take_the_address_of_a_page(inloggad):
    assert {"grupper", "implementering", "nck"} <= UPPTAGNA_ADRESSER
    inloggad("kansli")
    assert ny_insats("Grupper").slug == "grupper-2"


# ---- The own referral form


def pdf(namn="blankett.pdf"):
    return SimpleUploadedFile(namn, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf")


def test_the_own_form_replaces_the_remiss_and_can_be_changed_and_removed(client, inloggad, ny_anvandare):
    insats = ny_insats("Gläntan", tar_emot="digitalt")
    kansli = inloggad("kansli")
    url = adress("blankett_edit", insats)
    assert "Ändra insatsen" in text(kansli.get(url))
    assert "inte sparad" in text(kansli.post(url, {"fil": pdf()}, follow=True))
    insats.tar_emot = "papper"
    insats.save()
    svar = kansli.post(url, {"fil": SimpleUploadedFile("virus.exe", b"MZ"), "visad": ""})
    assert "Filen slutar på .exe" in svar.context["form"].errors["fil"][0]
    assert kansli.post(url, {"fil": pdf(), "visad": ""}).status_code == 302
    insats.refresh_from_db()
    forsta = insats.egen_blankett_id
    # Who had the page open from before does not throw the new one away unseen.
    assert "Någon annan" in kansli.post(url, {"fil": pdf(), "visad": ""}).context["form"].errors["__all__"][0]
    assert kansli.post(url, {"fil": pdf("ny.pdf"), "visad": str(forsta)}).status_code == 302
    assert [fil.namn for fil in Fil.objects.all()] == ["ny.pdf"]

    svar = kansli.post(adress("insats_edit", insats), {"tar_emot": "digitalt", "version": "1"})
    assert "Ta bort blanketten på insatsens sida först" in svar.context["form"].errors["tar_emot"][0]

    client.logout()
    sida = text(client.get(adress("insats_detail", insats)))
    assert "Den här insatsen har en egen remissblankett" in sida
    fil = client.get(adress("blankett", insats))
    assert fil.content.startswith(b"%PDF")
    assert 'filename="ny.pdf"' in fil["Content-Disposition"]
    client.force_login(ny_anvandare("remittent"))
    svar = client.get(reverse("remisser:remiss_create", args=[insats.slug]), follow=True)
    assert "Den har en egen remissblankett som du hämtar här." in text(svar)

    client.force_login(ny_anvandare("kansli"))
    client.post(adress("blankett_delete", insats))
    assert not Fil.objects.exists()
    client.logout()
    assert client.get(adress("blankett", insats)).status_code == 404


def test_the_form_of_an_unpublished_insats_does_not_exist(client, inloggad):
    insats = ny_insats("Gläntan", tar_emot="papper", publicerad=False)
    inloggad("kansli").post(adress("blankett_edit", insats), {"fil": pdf()})
    assert Fil.objects.exists()
    client.logout()
    assert client.get(adress("blankett", insats)).status_code == 404


# ---- Implementation


def test_a_new_state_is_a_new_row_and_only_who_decides_sees_it(client, ny_anvandare):
    insats, utan = ny_insats("Gläntan"), ny_insats("Skogen")
    client.force_login(ny_anvandare("kansli"))
    url, lista = adress("implementering", insats), reverse("insatser:implementering_list")
    framat = {"status": "pagar", "datum": idag() + OM(1), "inskick": str(uuid.uuid4())}
    assert "har inte varit" in client.post(url, framat).context["form"].errors["datum"][0]
    for status, fore in (("pagar", 5), ("planerad", 90)):
        sent = {"status": status, "datum": idag() - OM(fore), "text": f"Läget {status}", "inskick": str(uuid.uuid4())}
        assert client.post(url, sent).status_code == 302
    assert list(Implementering.objects.values_list("status", flat=True)) == ["pagar", "planerad"]
    client.force_login(ny_anvandare("styrelse"))
    assert "Läget planerad" in text(client.get(url))
    assert client.post(url, sent).status_code == 403
    assert [rad[0] for rad in client.get(lista, {"status": "pagar"}).context["rader"]] == [insats]
    assert [rad[0] for rad in client.get(lista, {"status": "saknas"}).context["rader"]] == [utan]
    assert "Läget pagar" in text(client.get(adress("insats_detail", insats)))
    for roll in ("remittent", "insatspersonal"):
        client.force_login(ny_anvandare(roll))
        assert "Läget pagar" not in text(client.get(adress("insats_detail", insats)))


# ---- NCK's course


def test_the_kansli_sees_who_lacks_the_course(client, ny_anvandare):
    kansli = ny_anvandare("kansli")
    pia, bo, olle = (ny_anvandare("insatspersonal", namn=namn) for namn in ("Pia", "Bo", "Olle"))
    forsta, andra = ny_insats("A"), ny_insats("B")
    for insats, person in ((forsta, pia), (andra, pia), (forsta, bo)):
        ny_medarbetare(insats, person)
    ny_medarbetare(ny_insats("Struktur", inriktning="struktur"), olle)
    ny_medarbetare(forsta, olle, till=idag() - OM(1))
    client.force_login(kansli)
    url = reverse("insatser:nck")
    assert "0 av 2 har gått kursen" in text(client.get(url))
    assert [rad.varfor for rad in utbud_paneler.att_gora(kansli)] == [
        "0 av 2 som arbetar i insatserna har gått kursen."
    ]
    andra_url = reverse("insatser:nck_edit", args=[pia.pk])
    sett = version(client, andra_url)
    dag = idag() - OM(30)
    assert "har inte varit" in str(
        client.post(andra_url, {"nck_kurs": idag() + OM(2), "version": sett}).context["form"].errors
    )
    assert client.post(andra_url, {"nck_kurs": dag, "version": sett}).status_code == 302
    assert list(Medarbetare.objects.filter(anvandare=pia).values_list("nck_kurs", flat=True)) == [dag, dag]
    # A colleague who still has the old page open.
    svar = client.post(andra_url, {"nck_kurs": dag - OM(9), "version": sett})
    assert "Någon annan" in svar.context["form"].errors["__all__"][0]
    assert "1 av 2 har gått kursen" in text(client.get(url))
    assert [rad["person"] for rad in client.get(url, {"visa": "saknas"}).context["sida"]] == [bo]
    assert [rad["person"] for rad in client.get(url, {"visa": "klara"}).context["sida"]] == [pia]
