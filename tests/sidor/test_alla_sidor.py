"""No page is forgotten by the browser tests: each that is read is in their list, or here with the reason why not."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.test_access import MATRIS
from tests.webb.test_sidor import LED, MODULER, SIDOR

EXEMPEL = {"<pk>": "1", "<uuid>": "00000000-0000-4000-8000-000000000000"}

INGA_SIDOR = {
    "sidor:rot": "only sends on",
    "sidor:arende_pdf": "a file",
    "sidor:halsa": "true and false for a load balancer",
    "insatser:insats_blad": "a file",
    "insatser:insats_json": "a file",
    "insatser:blankett": "a file",
    "tillfallen:narvaro_xlsx": "a file",
    "insatser:kontakt_panel": "a box in the page of a contact",
    "uppfoljning:utfall_json": "a file",
    "uppfoljning:rapport_fil": "a file",
    "resultat:resultat_fil": "a file",
    "ansokan:bilaga_fil": "a file",
    "ansokan:bilaga_delete": "asks as ansokan_delete does, and the demo has no attachment",
    "konton:konto_oppna": "tests/karna/test_inbjudan.py; like konto_stang, of an account that was closed",
    "account_confirm_password_reset_code": "tests/webb/test_avbrott.py",
    "account_complete_password_reset": "tests/webb/test_avbrott.py",
    "uppfoljning:lagesrapport_siffror": "a box of the half-year report's pages",
    "uppfoljning:forlangning_resultat": "tests/uppfoljning/test_forlangning.py; there only when a report is newer",
    "moten:handling_fil": "a file",
    "ekonomi:bok_fil": "a file",
    "ekonomi:dokument_pdf": "a file",
    "ekonomi:dokument_docx": "a file",
    "ekonomi:verifikation_csv": "a file",
    "ekonomi:rekvisition_fil": "a file",
    "ekonomi:rekvisition_blad": "a file",
    "ekonomi:rekvisition_panel": "a box of other pages",
    "ekonomi:prognos_pdf": "a file",
    "ekonomi:kostnad_blad": "a file",
    "ekonomi:kostnad_pdf": "a file",
    "ekonomi:ar_pdf": "a file",
    "ekonomi:version_pdf": "a file",
    "ekonomi:blad_ut": "a file",
    "ekonomi:blad_granska": "tests/webb/test_budgetblad.py; there only when a file is uploaded",
    "ekonomi:plan_pdf": "a file",
    "ekonomi:plan_blad": "a file",
    "ekonomi:gemensam_pdf": "a file",
    "ekonomi:gemensam_blad": "a file",
    "ekonomi:faktura_pdf": "a file",
    "ekonomi:faktura_blad": "a file",
} | {namn: varfor for modul in MODULER for namn, varfor in modul.INGA_SIDOR.items()}
# Changed by what is done there: test_personens_vag, test_samma_person, test_rapporten and test_tidslinjen walk
# through them with axe.
BERATTELSEN = {
    "remisser:remiss_steg", "remisser:remiss_aterta", "remisser:remiss_ta_bort", "uppfoljning:deltagande_edit",
    "uppfoljning:lage_edit", "uppfoljning:deltagande_avsluta", "uppfoljning:deltagande_felregistrera",
    "uppfoljning:deltagande_skydda", "uppfoljning:svarskod_create", "uppfoljning:blankett",
    "uppfoljning:sammanslagning_create", "uppfoljning:sammanslagning_dela_upp", "svara:start",
    "svara:fraga", "svara:granska", "svara:klart", "sidor:jobb_detail", "sidor:jobb_avbryt",
    "uppfoljning:rapport_detail", "uppfoljning:rapport_granska", "uppfoljning:rapport_slapp",
    "uppfoljning:rapport_faststall", "resultat:resultat_detail", "avtal:avtal_fran_beslut", "avtal:villkor_create",
    "avtal:villkor_edit", "avtal:lagesrapport_skicka_tillbaka", "avtal:lagesrapport_hoppa",
}  # fmt: skip


def _namn(adress):
    """The URL name of the page that the row ends at; None for one that does not exist."""
    sist = adress.split(LED)[-1]
    for tecken, exempel in EXEMPEL.items():
        sist = sist.replace(tecken, exempel)
    try:
        return resolve(urlsplit(sist).path).view_name
    except Resolver404:
        return None


def test_every_page_is_looked_at():
    sidor = {namn for namn, (metod, _, _) in MATRIS.items() if metod == "get"}
    sedda = {_namn(adress) for adress, _, _ in SIDOR}
    assert sidor - sedda - INGA_SIDOR.keys() - BERATTELSEN == set()


def test_an_exception_is_a_page_that_is_not_in_the_list():
    sedda = {_namn(adress) for adress, _, _ in SIDOR}
    assert (INGA_SIDOR.keys() | BERATTELSEN) - MATRIS.keys() == set()
    assert INGA_SIDOR.keys() & sedda == set()
