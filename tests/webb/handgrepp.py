"""What a person does on a page. Whatever leads to another page returns when that page is there to be read.

A click of the browser's own returns when the next page has begun: what is read then can be the old one, or empty.
"""

import re
from contextlib import contextmanager

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
TALAMOD = 30_000  # milliseconds; the machine runs the other tests at the same time
WEBBLASARENS_ORD = re.compile(r"status of 4\d\d")  # its own words for an answer that was asked for


def nytt_fonster(webblasare, server, klagomal, **val):
    """A page in a window (context) of its own. What it complains of in its console is gathered in `klagomal`."""

    def hor(text):
        if not WEBBLASARENS_ORD.search(text):
            klagomal.append(text)

    kontext = webblasare.new_context(base_url=server, locale="sv-SE", **val)
    kontext.set_default_timeout(TALAMOD)
    sida = kontext.new_page()
    sida.on("console", lambda rad: rad.type in ("error", "warning") and hor(rad.text))
    sida.on("pageerror", lambda fel: hor(str(fel)))
    return sida


def visa(sida, bredd, morkt):
    """Make the window that wide, in the dark or in the light."""
    sida.set_viewport_size({"width": bredd, "height": 900})
    # Without motion: colours that are on their way from dark to light have no contrast of their own.
    sida.emulate_media(color_scheme="dark" if morkt else "light", reduced_motion="reduce")


def utan_klagomal(klagomal):
    """Nothing was complained of since the last time."""
    sagt, klagomal[:] = [*klagomal], []
    assert sagt == []


@contextmanager
def nasta_sida(sida):
    """What is done in here leads to another page; waits until that one is loaded, also through what sends on."""
    with sida.expect_navigation(wait_until="load", timeout=TALAMOD):
        yield


def klicka(mal):
    """Click on a link or a button that leads to another page."""
    with nasta_sida(mal.page):
        mal.click()


def huvud(sida):
    return sida.get_by_role("main")


def knapp(sida, namn):
    klicka(huvud(sida).get_by_role("button", name=namn, exact=True))


def lank(sida, namn):
    """The first of the links with that name: a list may repeat it."""
    klicka(huvud(sida).get_by_role("link", name=namn, exact=True).first)


def skicka(sida):
    """Send the page's form, whatever its button is called."""
    klicka(huvud(sida).locator("form button[type=submit]").first)


def rubrik(sida):
    return sida.get_by_role("heading", level=1)


def granska(sida, ord_, oppna=True):
    """`oppna` False leaves what is folded alone: axe needs long for the large tables of a report."""
    sida.wait_for_load_state("load")
    if oppna:
        sida.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert ord_ in sida.content()
    assert rubrik(sida).count() == 1
    assert sida.title().endswith(" – Samordning")
    assert sida.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    if not sida.evaluate("'axe' in window"):
        sida.evaluate(AXE)
    resultat = AxeResults(sida.evaluate("axe.run({resultTypes: ['violations']})"))
    assert resultat.violations_count == 0, resultat.generate_report()
