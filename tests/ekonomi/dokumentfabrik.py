"""Yearly documents for the tests."""

import datetime
import json

from ekonomi import dokument as dokumenten
from ekonomi.dokument_texter import falten
from ekonomi.models import Dokument, Dokumenttext
from samordning.karna.kalender import tolka_period
from samordning.karna.models import Rapportversion
from uppfoljning.reports import halvarsrapport


def nytt(slag="plan", ar=2019, av=None, **texter):
    """A draft with the given texts."""
    rad = dokumenten.skapa(Dokument(slag=slag, ar=ar), av=av)
    skriv(rad, **texter)
    return rad


def skriv(dokument, **texter):
    for nyckel, text in texter.items():
        Dokumenttext.objects.update_or_create(dokument=dokument, nyckel=nyckel, defaults={"text": text, "version": 2})


def fylld(slag="plan", ar=2019, av=None, **texter):
    """A draft with every text that must be there; the others only when given."""
    alla = {ett.nyckel: f"Text om {ett.rubrik.lower()}." for ett in falten(slag) if ett.kravs}
    return nytt(slag, ar, av, **alla | texter)


def del_for(varden, kapitel, typ, nr=0):
    """The parts of a kind in a chapter, also within texts and pages; `nr` picks one."""
    (ett,) = (rad for rad in varden["kapitel"] if rad["id"] == kapitel)
    return list(alla_delar(ett["delar"], typ))[nr]


def alla_delar(delar, typ):
    for del_ in delar:
        if del_["typ"] == typ:
            yield del_
        yield from alla_delar(del_.get("delar", ()), typ)


def tabellen(varden, rubrik):
    """The table whose title begins so: {first cell: [the others]}."""
    for kapitel in varden["kapitel"]:
        for tabell in alla_delar(kapitel["delar"], "tabell"):
            if tabell["rubrik"].startswith(rubrik):
                return {rad["celler"][0]: rad["celler"][1:] for rad in tabell["rader"] if rad["slag"] != "grupp"}
    raise AssertionError(rubrik)


def i_ord(varden):
    """All the text of a value, for looking for words."""
    ut = []

    def samla(ett):
        if isinstance(ett, dict):
            for varde in ett.values():
                samla(varde)
        elif isinstance(ett, list | tuple):
            for varde in ett:
                samla(varde)
        elif isinstance(ett, str):
            ut.append(ett)

    samla(varden["kapitel"])
    return " ".join(ut)


def rapport(malgrupp, period, lage="slappt", k=5, **celler):
    """A kept report version with the given cells in its every part; the others are those of nobody."""
    varden, dagar = halvarsrapport(period) | {"for": malgrupp}, tolka_period(period)
    for del_ in varden["delar"]:
        del_["celler"] |= celler
        del_["installningar"]["k"] = k
    return Rapportversion.objects.create(
        typ="halvar", parametrar={"period": period}, version=1 + Rapportversion.objects.count(), malgrupp=malgrupp,
        fran=dagar.fran, till=dagar.till, lage=lage, slappt=datetime.datetime(2020, 1, 20, tzinfo=datetime.UTC),
        varden=json.loads(json.dumps(varden)), fingeravtryck="x",
    )  # fmt: skip
