"""Every page in a real browser: axe finds nothing, nothing scrolls sideways, each page has one h1 and a title."""

import pytest
from axe_playwright_python.sync_playwright import Axe

LIGGANDE, TELEFON = (1280, True), (390, False)  # wide in the dark, narrow in the light

# address, the role that sees most of it (None: nobody), words that must be there
SIDOR = [
    ("/insatser/", None, "Rörsås Lantliv"),
    ("/insatser/?q=finnsinte", None, "Rensa"),
    ("/insatser/", "kansli", "Lägg till en insats"),
    ("/insatser/rorsas-lantliv/", None, "Rörsås Lantliv"),
    ("/insatser/rorsas-lantliv/", "kansli", "Historik"),
    ("/insatser/ny/", "kansli", "Lägg till"),
    ("/insatser/rorsas-lantliv/andra/", "kansli", "Rörsås Lantliv"),
    ("/insatser/rorsas-lantliv/historik/", "kansli", "Historik"),
    ("/insatser/rorsas-lantliv/platser/", "insatspersonal", "platser"),
    ("/insatser/rorsas-lantliv/medarbetare/", "kansli", "edarbetare"),
    ("/konto/logga-in/", None, "Logga in"),
    ("/konto/losenord/glomt/", None, "glömt"),
    ("/konto/losenord/byt/", "styrelse", "lösenord"),
    ("/konton/", "kontoansvarig", "Konton"),
    ("/konton/bjud-in/", "kontoansvarig", "Bjud in"),
    ("/konton/inbjudan/", None, "kod"),
    ("/konton/mitt/", "remittent", "konto"),
    ("/start/", "kansli", "Att göra"),
    ("/start/", "drift", "Genvägar"),
    ("/uppfoljning/utfall/?fran=2023-01-01&till=2023-12-31", "kansli", "Mofalla Lantgård"),
    ("/uppfoljning/utfall/?fran=2023-12-31&till=2023-01-01", "kansli", "Den sista dagen är före den första"),
    ("/uppfoljning/utfall/?fran=2015-01-01&till=2015-12-31", "kansli", "Ingen deltog"),
    ("/uppfoljning/utfall/", "insatspersonal", "Resultat"),
    ("/uppfoljning/utfall/", "styrelse", "Du har inte behörighet"),
    ("/finns-inte/", None, "Sidan finns inte"),
    ("/finns-inte/", "styrelse", "Sidan finns inte"),
]


def granska(sida, ord_):
    sida.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert ord_ in sida.content()
    assert sida.get_by_role("heading", level=1).count() == 1
    assert sida.title().endswith(" – Samordning")
    assert sida.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    resultat = Axe().run(sida)
    assert resultat.violations_count == 0, resultat.generate_report()


def _lagen(request):
    alla = [(bredd, morkt) for bredd in (1280, 390) for morkt in (False, True)]
    return alla if request.config.getoption("--tungt") else [LIGGANDE, TELEFON]


@pytest.mark.parametrize(("adress", "roll", "ord_"), SIDOR)
def test_page(request, oppna, adress, roll, ord_):
    for bredd, morkt in _lagen(request):
        granska(oppna(adress, roll, bredd, morkt), ord_)
