"""The diarium, who sees a case, and the steps of its road."""

import pytest
from django.core import mail
from django.urls import reverse

from moten import policies
from moten.models import Arende, Handling, Yttranderunda
from samordning.karna.models import Notis, Roll
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ny_runda

pytestmark = pytest.mark.django_db


@pytest.fixture
def fall(kommun):
    """Cases at every stage, with and without the party, papers of both circles, open and closed rounds."""
    fk = ny_part("Försäkringskassan", "fk")
    arenden = [
        skickad_ansokan(*parter, lage=lage).arende
        for lage in ("inkommen", "komplettering", "beredning", "styrelse", "avslagen")
        for parter in ((kommun, fk), (fk, ny_part("Tibro kommun")))
    ]
    for arende in arenden:
        for krets in ("alla", "intern"):
            Handling.objects.create(arende=arende, rubrik="Papper", text="Text", krets=krets)
        runda = ny_runda(arende, "Grupp 1")
        runda.stang(av=None, sammanfattning="Ja.")
        ny_runda(arende, "Grupp 1")
    return arenden


def test_what_one_sees_is_the_same_in_the_policy_and_in_the_filter(fall, kommun, ny_anvandare):
    antal = {}
    for roll in [*Roll.values, None]:
        for part in (None, kommun):
            user = ny_anvandare(*filter(None, [roll]), part=part)
            sedda = set(Arende.objects.visible_to(user))
            assert sedda == {arende for arende in fall if policies.can_view_arende(user, arende)}
            handlingar = Handling.objects.select_related("arende")
            assert set(Handling.objects.visible_to(user)) == {
                rad for rad in handlingar if policies.can_view_handling(user, rad)
            }
            rundor = Yttranderunda.objects.select_related("arende")
            assert set(Yttranderunda.objects.visible_to(user)) == {
                rad for rad in rundor if policies.can_view_runda(user, rad)
            }
            assert policies.can_list_arenden(user) or not sedda
            antal[roll, part and "kommun"] = len(sedda)
    # Came to a preparation group: beredning and styrelse of both kinds of parties, and what was refused by the board.
    assert antal["kansli", None] == 10
    assert antal["beredning", None] == antal["revisor", "kommun"] == 6
    assert antal["partsforetradare", "kommun"] == 5
    assert (
        antal["partsforetradare", None]
        == antal["remittent", "kommun"]
        == antal["drift", None]
        == antal[None, None]
        == 0
    )


def test_the_diarium_finds_by_number_words_and_choices_at_a_constant_cost(
    fall, kommun, inloggad, django_assert_num_queries
):
    client = inloggad("kansli")
    arende = fall[0]
    Arende.objects.filter(pk=arende.pk).update(rubrik="Nystart för unga")
    traffar = {
        arende.diarienummer: 1, "nystart unga": 1, "nystart granvik": 1, "nystart tibro": 0, "100%": 0, "tibro": 5,
        "\x00": 10,
    }  # fmt: skip
    url = reverse("moten:arende_list")
    for sok, antal in traffar.items():
        assert client.get(url, {"sok": sok}).context["sida"].paginator.count == antal, sok
    val = {"lage": {"oppna": 8, "beredning": 2}, "part": {kommun.pk: 5}, "slag": {"forlangning": 0, "finnsinte": 10},
           "ar": {arende.ar: 10, 1999: 10}, "mina": {"on": 0}, "sida": {"99": 10}}  # fmt: skip
    for namn, varden in val.items():
        for varde, antal in varden.items():
            assert client.get(url, {namn: varde}).context["sida"].paginator.count == antal, (namn, varde)
    for nr in range(3):
        skickad_ansokan(kommun, ny_part(f"Part {nr}"))
        with django_assert_num_queries(11):
            sida = client.get(url).content.decode()
    assert arende.diarienummer in sida
    tom = inloggad("partsforetradare").get(url).content.decode()
    assert "Inga ärenden än" in tom
    assert "Nystart" not in tom


def test_a_step_moves_the_case_once_and_tells_the_parties_without_names(inloggad, ny_anvandare, kommun):
    foretradare = ny_anvandare("partsforetradare", part=kommun)
    ny_anvandare("partsforetradare", part=ny_part("Tibro kommun"))
    arende = skickad_ansokan(kommun, ny_part("Försäkringskassan", "fk")).arende
    client = inloggad("kansli")
    for _ in range(2):
        client.post(reverse("moten:arende_till_au", args=[arende.pk]))
    arende.refresh_from_db()
    assert (arende.lage, bool(arende.beredd)) == ("au", True)
    assert [brev.to for brev in mail.outbox] == [[foretradare.epost]]
    assert "Gläntan" not in mail.outbox[0].body + mail.outbox[0].subject
    assert "kommun" not in mail.outbox[0].body
    svar = client.post(reverse("moten:arende_till_beredning", args=[arende.pk]), follow=True, HTTP_REFERER="/arenden/")
    assert "Ärendet är redan i arbetsutskottet. Inget ändrades." in svar.content.decode()


def test_the_huvudpart_withdraws_with_a_reason_and_the_open_round_is_closed(client, ny_anvandare, kommun):
    annan = ny_part("Försäkringskassan", "fk")
    arende = skickad_ansokan(kommun, annan, lage="beredning").arende
    runda = ny_runda(arende, "Grupp 1")
    kansli = ny_anvandare("kansli")
    url = reverse("moten:arende_aterkalla", args=[arende.pk])
    client.force_login(ny_anvandare("partsforetradare", part=annan))
    assert client.post(url, {"skal": "Nej"}).status_code == 403
    client.force_login(ny_anvandare("partsforetradare", part=kommun))
    assert "Skriv varför" in client.post(url, {"skal": " "}).content.decode()
    assert client.post(url, {"skal": "Vi söker nästa år i stället."}).status_code == 302
    arende.refresh_from_db()
    runda.refresh_from_db()
    assert (arende.lage, runda.lage) == ("aterkallad", "stangd")
    assert arende.handlingar.get().text == "Vi söker nästa år i stället."
    assert Notis.objects.filter(mottagare=kansli, mall="arende/aterkallad_kansli").count() == 1
    assert "Det går inte i det här läget" in client.get(url).content.decode()
    client.post(url, {"skal": "Igen"}, HTTP_REFERER="/arenden/")
    assert arende.handlingar.count() == 1


def test_a_handlaggare_is_of_the_kansli_and_a_colleague_is_not_overwritten(inloggad, ny_anvandare, kommun):
    arende = skickad_ansokan(kommun, ny_part("Försäkringskassan", "fk")).arende
    anna, bo, utanfor = ny_anvandare("kansli"), ny_anvandare("forbundschef"), ny_anvandare("styrelse")
    client = inloggad("kansli")
    url = reverse("moten:handlaggare_edit", args=[arende.pk])
    version = client.get(url).context["form"]["version"].value()
    assert client.post(url, {"handlaggare": utanfor.pk, "version": version}).status_code == 200
    assert client.post(url, {"handlaggare": anna.pk, "version": version}).status_code == 302
    svar = client.post(url, {"handlaggare": bo.pk, "version": version}).content.decode()
    assert "Någon annan har sparat" in svar
    arende.refresh_from_db()
    assert arende.handlaggare == anna
