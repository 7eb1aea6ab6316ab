"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, each page has one h1 and a title.

tests/sidor/test_alla_sidor.py sees to it that no page is forgotten.
"""

import re

import pytest

from tests.webb import (
    sidor_ansokan,
    sidor_arenden,
    sidor_arshjul,
    sidor_avtal,
    sidor_ekonomi,
    sidor_moten_avslut,
    sidor_moten_dagordning,
    sidor_moten_inlasning,
    sidor_moten_justering,
    sidor_moten_kallelse,
    sidor_moten_motet,
    sidor_moten_publicering,
    sidor_moten_rum,
    sidor_moten_sok,
    sidor_utbud,
)
from tests.webb.handgrepp import granska, nytt_fonster, utan_klagomal, visa

LIGGANDE, TELEFON = (1280, True), (390, False)  # wide in the dark, narrow in the light
LED = " > "  # "a page > the link to follow from it", where <pk> and <uuid> are what the demo happened to give
MONSTER = {"<pk>": r"\d+", "<uuid>": r"[0-9a-f-]{36}"}
RORSAS = "/insatser/rorsas-lantliv/"
MEDARBETARE = f"{RORSAS}medarbetare/"
KONTO = "/konton/ > /konton/<pk>/"

# address, the role that sees most of it (None: nobody), words that must be there
KATALOGEN = [
    ("/insatser/", None, "Rörsås Lantliv"),
    ("/insatser/?q=finnsinte", None, "Rensa"),
    ("/insatser/", "kansli", "Lägg till en insats"),
    (RORSAS, None, "Rörsås Lantliv"),
    (RORSAS, "kansli", "Historik"),
    ("/insatser/ny/", "kansli", "Lägg till"),
    (f"{RORSAS}andra/", "kansli", "Rörsås Lantliv"),
    (f"{RORSAS}historik/", "kansli", "Historik"),
    (f"{RORSAS}platser/", "insatspersonal", "platser"),
    (f"{RORSAS}kontakter/ny/", "kansli", "kontaktperson"),
    (f"{RORSAS} > {RORSAS}kontakter/<pk>/", "kansli", "Spara"),
    (f"{RORSAS} > {RORSAS}kontakter/<pk>/ta-bort/", "kansli", "ort"),
    (f"{RORSAS}avtal/nytt/", "kansli", "avtal"),
    (f"{RORSAS} > {RORSAS}avtal/<pk>/", "kansli", "avtal"),
    (MEDARBETARE, "kansli", "edarbetare"),
    (f"{MEDARBETARE}ny/", "kansli", "edarbetare"),
    (f"{MEDARBETARE} > {MEDARBETARE}<pk>/avsluta/", "kansli", "ista dag"),
]
KONTON = [
    ("/konto/logga-in/", None, "Logga in"),
    ("/konto/logga-ut/", "styrelse", "Vill du logga ut?"),
    ("/konto/stangt/", None, "Kontot är stängt"),
    ("/konto/nytt/", None, "Konto får du av kansliet"),
    ("/konto/bekrafta/", "styrelse", "lösenord"),
    ("/konto/losenord/glomt/", None, "glömt"),
    ("/konto/losenord/glomt/klart/", None, "ändrat"),
    ("/konto/losenord/byt/", "styrelse", "lösenord"),
    ("/konton/", "kontoansvarig", "Konton"),
    ("/konton/bjud-in/", "kontoansvarig", "Bjud in"),
    ("/konton/inbjudan/", None, "kod"),
    ("/konton/inbjudan/#%", None, "kod"),
    ("/konton/mitt/", "remittent", "konto"),
    (KONTO, "kontoansvarig", "Historik"),
    (f"{KONTO} > /konton/<pk>/uppdrag/", "kontoansvarig", "Lägg till en roll"),
    (f"{KONTO} > /konton/<pk>/uppdrag/<pk>/avsluta/", "kontoansvarig", "Sista dagen"),
    (f"{KONTO} > /konton/<pk>/stang/", "kontoansvarig", "Ja, stäng"),
]
KONTAKT = "/kontakter/ > /kontakter/<pk>/"
KONTAKTER = [
    ("/kontakter/", "kansli", "Lägg till en kontakt"),
    ("/kontakter/?sok=finnsinte", "kansli", "Ingen kontakt passar"),
    ("/kontakter/ny/", "kansli", "Andra stavningar"),
    (KONTAKT, "kansli", "kontaktperson"),
    (f"{KONTAKT} > /kontakter/<pk>/andra/", "kansli", "Spara uppgifterna"),
    (f"{KONTAKT} > /kontakter/<pk>/sla-ihop/", "kansli", "samma person"),
    ("/kontakter/?sok=Marika > /kontakter/<pk>/ > /kontakter/<pk>/sla-ihop/<pk>/", "kansli", "samma person"),
]
FRAMSIDOR = [
    ("/start/", "kansli", "Att göra"),
    ("/start/", "drift", "Genvägar"),
    ("/start/?alla=1", "kansli", "Att göra"),
]
INKORG = "/remisser/inkorg/ > /remisser/<uuid>/"
DELTAGARE = "/uppfoljning/deltagare/ > /uppfoljning/deltagare/<uuid>/"
REMISSER = [
    ("/remisser/", "remittent", "Mina remisser"),
    ("/remisser/ny/rorsas-lantliv/", "remittent", "Skyddade personuppgifter?"),
    ("/remisser/inkorg/", "insatspersonal", "Registrera en pappersremiss"),
    ("/remisser/papper/rorsas-lantliv/", "insatspersonal", "Samtycke"),
    ("/remisser/flode/", "kansli", "Remissflödet"),
    (INKORG, "insatspersonal", "Svara på remissen"),
    (f"{INKORG} > /remisser/<uuid>/avboj/", "insatspersonal", "Tacka nej"),
    ("/remisser/ > /remisser/<uuid>/", "remittent", "Hur det har gått"),
    ("/remisser/enheter/", "kontoansvarig", "enhet"),
    ("/remisser/enheter/ > /remisser/enhet/<pk>/", "kontoansvarig", "ollegor"),
]
UPPFOLJNING = [
    ("/uppfoljning/utfall/?fran=2023-01-01&till=2023-12-31", "kansli", "Mofalla Lantgård"),
    ("/uppfoljning/utfall/?fran=2023-12-31&till=2023-01-01", "kansli", "Den sista dagen är före den första"),
    ("/uppfoljning/utfall/?fran=2015-01-01&till=2015-12-31", "kansli", "Ingen deltog"),
    ("/uppfoljning/utfall/", "insatspersonal", "Resultat"),
    ("/uppfoljning/utfall/", "styrelse", "Du har inte behörighet"),
    ("/uppfoljning/deltagare/", "insatspersonal", "Deltar nu"),
    (DELTAGARE, "insatspersonal", "Vem det är"),
    (f"{DELTAGARE} > /uppfoljning/deltagare/<uuid>/samma-person/", "insatspersonal", "Vem är samma person?"),
    ("/uppfoljning/start/ny/rorsas-lantliv/", "insatspersonal", "Första dagen"),
    ("/uppfoljning/deltagare/ > /uppfoljning/start/<uuid>/", "insatspersonal", "Läget vid start"),
    ("/uppfoljning/rapporter/", "kansli", "Rapporter"),
    ("/uppfoljning/rapporter/", "styrelse", "Rapporter"),
    ("/uppfoljning/rapporter/ny/", "kansli", "Gör rapporten"),
    ("/resultat/", None, "Resultat"),
    ("/jobb/", "drift", "Jobb"),
    ("/svara/", None, "Skriv din kod"),
]
MODULER = (
    sidor_arshjul,
    sidor_moten_avslut,
    sidor_moten_dagordning,
    sidor_moten_inlasning,
    sidor_moten_justering,
    sidor_moten_kallelse,
    sidor_moten_motet,
    sidor_moten_publicering,
    sidor_moten_rum,
    sidor_moten_sok,
)
FEL = [
    ("/finns-inte/", None, "Sidan finns inte"),
    ("/finns-inte/", "styrelse", "Sidan finns inte"),
    ("/tema/", None, "Sidan går inte att öppna så här"),
    ("/start/notiser/las/", "styrelse", "Sidan går inte att öppna så här"),
]
SIDOR = [
    *KATALOGEN, *KONTON, *KONTAKTER, *FRAMSIDOR, *REMISSER, *UPPFOLJNING, *FEL, *sidor_arenden.SIDOR,
    *sidor_ansokan.SIDOR, *sidor_avtal.SIDOR, *sidor_utbud.SIDOR, *sidor_ekonomi.SIDOR,
    *(sida for modul in MODULER for sida in modul.SIDOR),
]  # fmt: skip


def _lagen(request):
    alla = [(bredd, morkt) for bredd in (1280, 390) for morkt in (False, True)]
    return alla if request.config.getoption("--tungt") else [LIGGANDE, TELEFON]


@pytest.fixture(scope="module")
def fonster(server, webblasare, inloggningar, klagomal):
    """Role -> the window in which all its pages are shown, one after the other."""
    oppnade = {}

    def fonstret(roll):
        if roll not in oppnade:
            oppnade[roll] = nytt_fonster(webblasare, server, klagomal)
            oppnade[roll].context.add_cookies(inloggningar(roll) if roll else [])
        return oppnade[roll]

    yield fonstret
    for sida in oppnade.values():
        sida.context.close()


def ga_till(sida, adress):
    """Go to the first page and follow the first link of each of the next ones."""
    forsta, *vidare = adress.split(LED)
    sida.goto(forsta)
    for led in vidare:
        for tecken, monster in MONSTER.items():
            led = led.replace(tecken, monster)
        lankar = sida.eval_on_selector_all("a[href]", "alla => alla.map(a => a.getAttribute('href'))")
        sida.goto(next(lank for lank in lankar if re.fullmatch(led, lank)))


@pytest.mark.parametrize(("adress", "roll", "ord_"), SIDOR)
def test_page(request, fonster, klagomal, adress, roll, ord_):
    """Fetched once, as wide as the first, and looked at in each width and light."""
    forst, *sedan = _lagen(request)
    sida = fonster(roll)
    visa(sida, *forst)
    ga_till(sida, adress)
    granska(sida, ord_)
    for lage in sedan:
        visa(sida, *lage)
        granska(sida, ord_)
    utan_klagomal(klagomal)
