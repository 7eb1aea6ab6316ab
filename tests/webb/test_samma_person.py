"""Staff find that one person stands there twice: the two become one, and are divided again. On a phone, with axe."""

import datetime
import re

from playwright.sync_api import expect

from samordning.karna.kalender import idag
from samordning.karna.personnummer import kontrollsiffra
from tests.webb.handgrepp import granska, huvud, knapp, lank, rubrik

NUMMER = f"19900309-993{kontrollsiffra('900309993')}"
I_DAG = idag()


def starta(sida, namn, dag, **val):
    sida.goto("/uppfoljning/start/ny/rorsas-lantliv/")
    huvud(sida).get_by_label("Första dagen").fill(str(dag))
    huvud(sida).get_by_label("Namn", exact=True).fill(namn)
    for falt, varde in val.items():
        if falt in ("kon", "utan_nummer"):
            sida.locator(f"#id_{falt}").select_option(varde)
        else:
            sida.locator(f"#id_{falt}").fill(varde)
    knapp(sida, "Registrera starten")
    expect(rubrik(sida)).to_contain_text(namn)
    return sida.url


def test_two_rows_become_one_person_and_are_divided_again(oppna):
    sida = oppna("/uppfoljning/deltagare/", "insatspersonal", bredd=320)
    forst = starta(
        sida, "Viggo Björkhed", I_DAG - datetime.timedelta(200), utan_nummer="okant", fodelsear="1989", kon="K"
    )
    sida.goto(f"{forst}avsluta/")
    huvud(sida).locator("#id_slut").fill(str(I_DAG - datetime.timedelta(100)))
    huvud(sida).locator("input[name=avslutsorsak]").first.check()
    knapp(sida, "Registrera avslutet")
    starta(sida, "Viggo Björkhed Ek", I_DAG - datetime.timedelta(30), personnummer=NUMMER)

    lank(sida, "Samma person finns två gånger?")
    assert "Viggo Björkhed, född 1989" in huvud(sida).locator(".form-check-label").first.inner_text()
    knapp(sida, "Jämför de två")
    granska(sida, "Välj den som är samma person.")
    huvud(sida).get_by_label(re.compile("Viggo Björkhed, född 1989")).check()
    knapp(sida, "Jämför de två")
    granska(sida, "Det här händer")
    assert NUMMER[-4:] not in huvud(sida).inner_text()
    knapp(sida, "Ja, slå ihop till en person")
    granska(sida, "Tre saker behöver rättas")
    huvud(sida).get_by_label("Man", exact=True).check()
    huvud(sida).get_by_label("1990", exact=True).check()
    huvud(sida).get_by_label("Personen skrevs först in utan nummer").check()
    knapp(sida, "Ja, slå ihop till en person")
    expect(huvud(sida)).to_contain_text("De två raderna är nu en person.")
    sida.goto(forst)
    expect(huvud(sida)).to_contain_text("19900309-••••")

    lank(sida, "Samma person finns två gånger?")
    lank(sida, "Dela upp igen")
    granska(sida, "Viggo Björkhed Ek")
    knapp(sida, "Ja, dela upp igen")
    expect(huvud(sida)).to_contain_text("Personerna är uppdelade igen.")
    expect(huvud(sida)).to_contain_text("1989")
