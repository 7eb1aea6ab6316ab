"""The diarium's register and sheet, and requests for public documents."""

import datetime
import io

import pytest
from django.urls import reverse

from moten.models import Handling, Utlamnande
from moten.utlamnande_forms import SKYNDSAMT, sen, sena_villkor
from samordning.karna.kalender import idag, lagg_till_arbetsdagar
from samordning.karna.models import Handelse
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan

pytestmark = pytest.mark.django_db
LISTA, NY = reverse("moten:utlamnande_list"), reverse("moten:utlamnande_create")


def igar(dagar=1):
    return idag() - datetime.timedelta(dagar)


# ---- Requests


def test_a_request_is_written_in_once_and_its_history_kept(inloggad):
    client = inloggad("kansli")
    arende = skickad_ansokan(ny_part(), ny_part()).arende
    sida = client.get(NY).content.decode()
    assert "Fråga inte vem eller varför" in sida
    assert "namn" not in [falt.name for falt in client.get(NY).context["form"]]
    data = {"begart": igar().isoformat(), "hur": "Mejl", "vad": "Protokollet från mars.",
            "nummer": arende.diarienummer, "inskick": "6b1f4a52-7d0e-4a8c-9d9e-6f3f1c2b3a4d"}  # fmt: skip
    for _ in range(2):
        assert client.post(NY, data).status_code == 302
    rad = Utlamnande.objects.get()
    assert (rad.arende, rad.svar, rad.hur) == (arende, "vantar", "Mejl")
    assert Handelse.objects.om(rad).get().namn == "skapad"


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(inloggad):
    client = inloggad("kansli")
    grund = {"begart": idag().isoformat(), "hur": "Mejl", "vad": "Avtalet."}
    for fel, andrat in {
        "Dagen har inte varit än.": {"begart": "2099-01-01"}, "Skriv det som 2026/14": {"nummer": "14"},
        "Det finns inget ärende": {"nummer": "1999/14"}, "Den får ha högst 5000.": {"vad": "x" * 5001},
    }.items():  # fmt: skip
        sida = client.post(NY, grund | andrat).content.decode()
        assert fel in sida
        assert "Avtalet." in sida or "vad" in andrat
    assert not Utlamnande.objects.exists()


def _svara(client, rad, **falt):
    data = {"begart": rad.begart.isoformat(), "hur": rad.hur, "vad": rad.vad, "version": rad.version,
            "svar": "vantar", "besvarat": "", "motivering": "", "nummer": ""}  # fmt: skip
    return client.post(reverse("moten:utlamnande_edit", args=[rad.pk]), data | falt)


def test_a_refusal_says_why_and_an_answer_has_its_day(inloggad):
    client = inloggad("kansli")
    rad = Utlamnande.objects.create(vad="Avtalet.", begart=igar(3), hur="Brev")
    for fel, falt in {
        "Skriv varför, med paragrafen": {"svar": "avslag"}, "hur beslutet överklagas": {"svar": "delvis"},
        "innan den kom": {"svar": "utlamnat", "besvarat": igar(9).isoformat()},
        "Skriv den dag då svaret lämnades": {"svar": "utlamnat", "besvarat": "2099-01-01"},
        "Välj vad svaret blev": {"svar": "vantar", "besvarat": idag().isoformat()},
    }.items():  # fmt: skip
        sida = _svara(client, rad, **falt).content.decode()
        assert fel in sida, fel
        assert "Har väntat 3 dagar" in sida, "nothing is saved"
    rad.refresh_from_db()
    assert rad.svar == "vantar"
    assert _svara(client, rad, svar="avslag", motivering="Sekretess, 26 kap. 1 § OSL.").status_code == 302
    rad.refresh_from_db()
    assert (rad.svar, rad.besvarat) == ("avslag", idag())
    logg = Handelse.objects.om(rad).get()
    assert logg.data == {"falt": ["besvarat", "motivering", "svar"]}, "not what was written"
    sida = client.get(reverse("moten:utlamnande_edit", args=[rad.pk])).content.decode()
    assert "efter 3 dagar" in sida
    # A colleague's page from before the answer does not write over it.
    rad.version = 1
    assert "Någon annan har sparat" in _svara(client, rad, svar="utlamnat").content.decode()
    rad.refresh_from_db()
    assert rad.svar == "avslag"


def test_late_is_the_same_in_the_mark_and_in_the_filter():
    Utlamnande.objects.bulk_create(Utlamnande(vad="x", begart=igar(nr)) for nr in range(15))
    for dag in (idag() + datetime.timedelta(nr) for nr in range(10)):
        sena = {rad.pk for rad in Utlamnande.objects.all() if sen(rad, dag)}
        assert sena == set(Utlamnande.objects.filter(sena_villkor(dag)).values_list("pk", flat=True))
        assert sena, "some are"
    rad = Utlamnande(vad="x", begart=idag())
    assert not sen(rad, lagg_till_arbetsdagar(idag(), SKYNDSAMT))
    assert sen(rad, lagg_till_arbetsdagar(idag(), SKYNDSAMT) + datetime.timedelta(1))


def test_the_list_has_what_waits_first_and_costs_the_same(inloggad, django_assert_num_queries):
    client = inloggad("kansli")
    assert "Ingen har begärt något än" in client.get(LISTA).content.decode()
    arende = skickad_ansokan(ny_part(), ny_part()).arende
    antal = None
    for nr in range(3):
        Utlamnande.objects.create(vad=f"Svarad {nr}", begart=igar(), svar="utlamnat", besvarat=idag(), arende=arende)
        Utlamnande.objects.create(vad=f"Väntar {nr}", begart=igar(20), arende=arende)
        with django_assert_num_queries(9):
            svar = client.get(LISTA)
        antal = [rad.vad for rad in svar.context["sida"]]
    assert [vad.split()[0] for vad in antal] == ["Väntar"] * 3 + ["Svarad"] * 3
    sida = svar.content.decode()
    assert "Tre begäranden har väntat" in sida
    assert sida.count("Sent</span>") == 3
    assert client.get(LISTA, {"svar": "sena"}).context["sida"].paginator.count == 3
    assert client.get(LISTA, {"sok": "svarad 1"}).context["sida"].paginator.count == 1
    assert client.get(LISTA, {"svar": "finnsinte"}).context["sida"].paginator.count == 6, "no choice: all"


# ---- Papers and the sheet


@pytest.fixture
def papper(kommun):
    arenden = [skickad_ansokan(kommun, ny_part(), lage=lage).arende for lage in ("inkommen", "beredning")]
    for arende in arenden:
        for riktning, motpart in (("in", "Regionen"), ("ut", "=cmd|' /C calc'!A1")):
            Handling.objects.create(arende=arende, rubrik=f"=Brev {riktning}", text="x", riktning=riktning,
                                    motpart=motpart, datum=igar(5 if riktning == "in" else 1))  # fmt: skip
        Handling.objects.create(arende=arende, rubrik="Internt", text="x", krets="intern")
        Handling.objects.create(arende=arende, rubrik="Fel", text="x", makulerad="Fel ärende")
    return arenden


def test_the_register_shows_what_one_may_see(papper, kommun, inloggad, django_assert_num_queries):
    url = reverse("moten:handling_list")
    for roll, part, antal in (("kansli", None, 8), ("styrelse", None, 3), ("partsforetradare", kommun, 6)):
        client = inloggad(roll, part=part)
        with django_assert_num_queries(8):
            svar = client.get(url)
        assert svar.context["sida"].paginator.count == antal, roll
        assert ("Internt" in svar.content.decode()) == (roll == "kansli")
    client = inloggad("kansli")
    for val, antal in {
        ("riktning", "in"): 2, ("sok", "regionen brev"): 2, ("sok", papper[0].diarienummer): 4, ("sok", "%"): 0,
        ("fran", igar(2).isoformat()): 6, ("till", igar(3).isoformat()): 2, ("riktning", "x"): 8, ("fran", "x"): 8,
    }.items():  # fmt: skip
        assert client.get(url, dict([val])).context["sida"].paginator.count == antal, val
    fel = client.get(url, {"fran": "2026-02-01", "till": "2026-01-01"}).content.decode()
    assert "före den första" in fel


def test_the_sheet_holds_what_one_may_see_as_text(papper, kommun, inloggad, django_assert_num_queries):
    from openpyxl import load_workbook

    url = reverse("moten:arende_export")
    for roll, antal, handlingar in (("kansli", 2, 8), ("styrelse", 1, 3)):
        client = inloggad(roll)
        svar = client.get(url)
        bok = load_workbook(io.BytesIO(svar.content))
        arenden, blad = bok["Ärenden"], bok["Handlingar"]
        assert (arenden.max_row - 1, blad.max_row - 1) == (antal, handlingar)
        celler = [cell for rad in blad.iter_rows() for cell in rad if str(cell.value).startswith("=")]
        assert celler
        assert {cell.data_type for cell in celler} == {"s"}, "never a formula"
        alla = {str(cell.value) for rad in blad.iter_rows() for cell in rad}
        assert ("Internt" in alla) == (roll == "kansli")
        assert ({"Bara kansliet", "Vem som ser den"} <= alla) == (roll == "kansli")
        assert "Vem som ser den" not in alla or roll == "kansli"
    assert 'filename="diarium-' in svar["Content-Disposition"]
    assert load_workbook(io.BytesIO(inloggad("kansli").get(url, {"lage": "beredning"}).content))["Ärenden"].max_row == 2
    client = inloggad("kansli")
    for nr in range(2):
        with django_assert_num_queries(10):
            client.get(url)
        skickad_ansokan(kommun, ny_part(f"Part {nr}"))


def test_what_came_in_says_from_whom(papper, inloggad):
    client = inloggad("kansli")
    url = reverse("moten:handling_create", args=[papper[0].pk])
    data = {"rubrik": "Brev", "datum": idag().isoformat(), "krets": "alla", "text": "x", "riktning": "in"}
    assert "Skriv varifrån handlingen kom" in client.post(url, data).content.decode()
    assert client.post(url, data | {"motpart": "Region Väst"}).status_code == 302
    sida = client.get(reverse("sidor:arende", args=[papper[0].pk])).content.decode()
    assert "kom in från Region Väst" in sida
