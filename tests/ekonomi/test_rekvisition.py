"""A requisition: never more than is granted, attested by two who did not write it; paid, it stands still."""

import datetime
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from ekonomi import rekvirera
from ekonomi.belopp import kr
from ekonomi.models import Rekvisition
from ekonomi.policies import can_view_rekvisition
from ekonomi.reports import saldon
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Notis, Roll
from tests.ekonomi.fabrik import avtal_med_pengar, ny_rekvisition
from tests.insatser.fabrik import version

pytestmark = pytest.mark.django_db


def adress(namn, rad):
    return reverse(f"ekonomi:{namn}", args=[rad.pk])


def falt(**byt):
    return {"ar": "2026", "period": "H1", "belopp": "150 000", "specifikation": "Personal"} | byt


def sedd(rad, **falt):
    """What a page sends about the version that it showed."""
    return {"version": Rekvisition.objects.get(pk=rad.pk).version} | falt


def fel(svar):
    assert svar.status_code == 200
    return {namn: list(texter) for namn, texter in svar.context["form"].errors.items()}


@pytest.fixture
def avtal(kommun):
    return avtal_med_pengar(kommun)


@pytest.fixture
def parten(ny_anvandare, kommun):
    return ny_anvandare("partsforetradare", part=kommun, namn="Parten")


def test_the_whole_road_with_two_who_attest(client, avtal, parten, ny_anvandare):
    kansli, ekonom = ny_anvandare("kansli"), ny_anvandare("ekonom")
    client.force_login(parten)
    pdf = SimpleUploadedFile("underlag.txt", b"hej", "text/plain")
    assert "underlag" in fel(client.post(adress("rekvisition_create", avtal), falt(underlag=pdf)))
    svar = client.post(
        adress("rekvisition_create", avtal),
        falt(text_0="Lön", kronor_0="140 000", text_1="Lokal", kronor_1="10 000"), follow=True,
    )  # fmt: skip
    rad = Rekvisition.objects.get()
    assert (rad.belopp, rad.mottagare, rad.skribenter) == (150_000, avtal.huvudpart, [parten.pk])
    assert [(kostnad.text, kostnad.belopp) for kostnad in rad.rader.all()] == [("Lön", 140_000), ("Lokal", 10_000)]
    assert "Skicka in rekvisitionen" in svar.content.decode()
    assert "Till bokföringen" not in svar.content.decode()
    client.post(adress("rekvisition_skicka", rad), sedd(rad))
    assert set(Notis.objects.values_list("mottagare", flat=True)) == {kansli.pk, ekonom.pk}

    client.force_login(kansli)
    sida = client.get(adress("rekvisition_detail", rad)).content.decode()
    assert "Attestera</button>" in sida
    assert rekvirera.konteringstext(rad) in sida
    client.post(adress("rekvisition_attestera_forst", rad), sedd(rad))
    svar = client.post(adress("rekvisition_attestera_sist", rad), sedd(rad), follow=True)
    assert "Du har redan attesterat" in svar.content.decode()
    rad.refresh_from_db()
    assert (rad.lage, rad.attest1_av, rad.attest2_av) == ("attesterad_1", kansli, None)

    client.force_login(ekonom)
    client.post(adress("rekvisition_attestera_sist", rad), sedd(rad))
    imorgon = idag() + datetime.timedelta(1)
    assert "har inte varit än" in fel(client.post(adress("rekvisition_betala", rad), sedd(rad, dag=imorgon)))["dag"][0]
    client.post(adress("rekvisition_betala", rad), sedd(rad, dag=idag()))
    rad.refresh_from_db()
    assert (rad.lage, rad.betald_dag) == ("betald", idag())
    assert Notis.objects.filter(mottagare=parten, mall="ekonomi/rekvisition_betald").count() == 1
    assert list(Handelse.objects.om(rad).values_list("namn", flat=True)) == [
        "betala", "attestera_sist", "attestera_forst", "skicka", "skapad",
    ]  # fmt: skip


def test_too_much_is_refused_with_what_is_left(client, avtal, parten):
    ny_rekvisition(avtal, parten, belopp=300_000)
    client.force_login(parten)
    url = adress("rekvisition_create", avtal)
    texter = fel(client.post(url, falt(period="H2", belopp="100 000,01")))["belopp"][0]
    assert f"Kvar är {kr(100_000)}" in texter
    assert Rekvisition.objects.count() == 1
    assert "är redan rekvirerat" in fel(client.post(url, falt(period="K2", belopp="1")))["period"][0]
    ojamna = falt(period="H2", belopp="10", text_0="Lön", kronor_0="9")
    assert "De ska vara lika" in fel(client.post(url, ojamna))["belopp"][0]
    assert client.post(url, falt(period="H2", belopp="100 000")).status_code == 302
    assert [rad.kvar for rad in saldon([avtal.pk])] == [0]
    assert "inget kvar" in fel(client.post(url, falt(period="K1", belopp="1")))["belopp"][0]


def test_what_is_withdrawn_may_be_claimed_again(client, avtal, parten):
    rad = ny_rekvisition(avtal, parten, belopp=400_000, lage="inskickad")
    client.force_login(parten)
    assert "Ja, återkalla" in client.get(adress("rekvisition_aterkalla", rad)).content.decode()
    client.post(adress("rekvisition_aterkalla", rad))
    assert [saldo.kvar for saldo in saldon([avtal.pk])] == [400_000]
    assert client.post(adress("rekvisition_create", avtal), falt(belopp="400000")).status_code == 302


def test_sent_back_with_a_reason_corrected_and_attested_anew(client, avtal, parten, ny_anvandare):
    en, annan = ny_anvandare("kansli"), ny_anvandare("ekonom")
    rad = ny_rekvisition(avtal, parten, lage="attesterad", attest=(en, annan))
    client.force_login(en)
    assert "skal" in fel(client.post(adress("rekvisition_skicka_tillbaka", rad), {}))
    client.post(adress("rekvisition_skicka_tillbaka", rad), {"skal": "Bilagan saknas"})
    rad.refresh_from_db()
    assert (rad.lage, rad.attest1_av, rad.attest2_av) == ("tillbaka", None, None)
    assert Notis.objects.get(mottagare=parten).mall == "ekonomi/rekvisition_tillbaka"

    # The kansli corrects it on behalf of the party, and can then not attest.
    url = adress("rekvisition_edit", rad)
    assert "Bilagan saknas" in client.get(url).content.decode()
    sett = version(client, url)
    assert client.post(url, falt(version=sett, belopp="120 000")).status_code == 302
    assert "Någon annan har sparat" in fel(client.post(url, falt(version=sett, belopp="90 000")))["__all__"][0]
    client.post(adress("rekvisition_skicka", rad), sedd(rad))
    svar = client.post(adress("rekvisition_attestera_forst", rad), sedd(rad), follow=True).content.decode()
    assert "Du har skrivit i rekvisitionen och kan därför inte attestera" in svar
    rad.refresh_from_db()
    assert (rad.lage, rad.belopp, rad.skal) == ("inskickad", 120_000, "")
    svar = client.get(url, follow=True).content.decode()
    assert "går inte att ändra" in svar


@pytest.mark.parametrize(("falt_", "regel"), [
    ({"attest1_av": "skrev", "lage": "attesterad_1"}, "rekvisition_skribent_attesterar_inte"),
    ({"attest1_av": "en", "attest2_av": "en", "lage": "attesterad"}, "rekvisition_tva_attesterar"),
    ({"attest1_av": "en", "lage": "attesterad"}, "rekvisition_attester_efter_lage"),
    ({"lage": "betald", "attest1_av": "en", "attest2_av": "tva"}, "rekvisition_betald_har_dag"),
    ({"belopp": 400_001}, "rekvisition_ryms_i_avtalet"),
    ({"belopp": 0}, "rekvisition_belopp_over_noll"),
])  # fmt: skip
def test_the_database_keeps_the_promises(avtal, ny_anvandare, falt_, regel):
    vem = {namn: ny_anvandare("kansli") for namn in ("skrev", "en", "tva")}
    rad = ny_rekvisition(avtal, vem["skrev"], lage="inskickad")
    varden = {namn: vem.get(varde, varde) for namn, varde in falt_.items()}
    text = "more is claimed" if regel == "rekvisition_ryms_i_avtalet" else regel
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        Rekvisition.objects.filter(pk=rad.pk).update(**varden)
    assert Rekvisition.objects.get(pk=rad.pk).lage == "inskickad"


def test_what_is_paid_never_changes(avtal, ny_anvandare):
    rad = ny_rekvisition(
        avtal, ny_anvandare(), lage="betald", attest=(ny_anvandare("kansli"), ny_anvandare("ekonom"))
    )  # fmt: skip
    for sql in (
        "update ekonomi_rekvisition set belopp = 1 where id = %s",
        "delete from ekonomi_rekvisition where id = %s",
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as c:
            c.execute(sql, [rad.pk])


def test_a_draft_whose_agreement_was_lowered_is_not_sent(avtal, parten):
    rad = ny_rekvisition(avtal, parten, belopp=300_000)
    avtal.belopp.update(kronor=200_000)
    with pytest.raises(OtillatenOvergang, match="finns kvar för 2026"):
        rekvirera.skicka(rad, av=parten, sedd=1)
    assert Rekvisition.objects.get().lage == "utkast"


def test_who_sees_what(avtal, parten, ny_anvandare, kommun):
    rad = ny_rekvisition(avtal, parten)
    ny_rekvisition(avtal_med_pengar(), parten)
    annan = avtal_med_pengar()
    annan.parter.add(kommun)
    ny_rekvisition(annan, parten)
    alla = list(Rekvisition.objects.select_related("avtal"))
    personer = [parten, *(ny_anvandare(roll) for roll in Roll.values), *(ny_anvandare(r, part=kommun) for r in Roll)]
    for person in personer:
        synliga = set(Rekvisition.objects.visible_to(person))
        assert synliga == {en for en in alla if can_view_rekvisition(person, en)}, person.roller
    assert len(Rekvisition.objects.visible_to(parten)) == 2
    assert rad in Rekvisition.objects.visible_to(parten)


def test_the_list_its_filters_and_its_sheet(client, avtal, parten, ny_anvandare, assert_constant_queries):
    kansli = ny_anvandare("kansli")
    client.force_login(kansli)
    url = reverse("ekonomi:rekvisition_list")
    assert "Ingen har rekvirerat något än" in client.get(url).content.decode()
    rad = ny_rekvisition(avtal, parten, lage="inskickad")
    egen = ny_rekvisition(avtal_med_pengar(), kansli, lage="inskickad")
    att_attestera = client.get(url, {"vy": "attestera"})
    assert list(att_attestera.context["sida"]) == [rad]
    assert list(client.get(url, {"insats": avtal.insats_id, "ar": "x"}).context["sida"]) == [rad]
    assert "passar urvalet" in client.get(url, {"lage": "betald"}).content.decode()
    assert set(client.get(url).context["sida"]) == {rad, egen}
    blad = client.get(reverse("ekonomi:rekvisition_blad"), {"vy": "attestera"})
    assert blad.content[:2] == b"PK"
    assert f"rekvisitioner-{idag()}.xlsx" in blad["Content-Disposition"]
    assert_constant_queries(url, lambda: ny_rekvisition(avtal_med_pengar(), parten))
    client.force_login(parten)
    assert_constant_queries(url, lambda: ny_rekvisition(avtal_med_pengar(avtal.huvudpart), parten))


def test_the_box_of_an_agreement(client, avtal, parten):
    ny_rekvisition(avtal, parten)
    client.force_login(parten)
    ruta = client.get(adress("rekvisition_panel", avtal)).content.decode()
    assert "<html" not in ruta
    assert adress("rekvisition_create", avtal) in ruta
    assert "300\N{NO-BREAK SPACE}000" in ruta


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_cannot_together_claim_more_than_is_granted(kommun, ny_anvandare):
    avtal, parten = avtal_med_pengar(kommun), ny_anvandare("partsforetradare", part=kommun)
    start, gick = threading.Barrier(2), []

    def begar(period):
        try:
            start.wait()
            ny_rekvisition(avtal, parten, period=period, belopp=300_000)
            gick.append(period)
        except IntegrityError:
            pass
        finally:
            connection.close()

    tradar = [threading.Thread(target=begar, args=[period]) for period in ("H1", "H2")]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert len(gick) == 1
    assert [rad.kvar for rad in saldon([avtal.pk])] == [100_000]
