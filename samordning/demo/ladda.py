"""Fills an empty database with the demo: parties, accounts, catalogue, agreements, remisser, stays. All or nothing."""

import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.formats import date_format

from insatser.models import Avtal, Avtalsar, Insats, Insatskontakt, Medarbetare
from remisser.models import Deltagare
from samordning.demo import (
    arshjul,
    avtalsliv,
    dokument,
    ekonomiplan,
    inlasta,
    inskrivna,
    konton,
    parter,
    prognos,
    utbud,
    vistelser,
)
from samordning.demo.arenden import Arendeskrivare
from samordning.demo.deltaganden import KALLA, Skrivare
from samordning.demo.insatser_individ import INDIVID
from samordning.demo.insatser_struktur import STRUKTUR
from samordning.demo.moten import Motesskrivare
from samordning.demo.personer import Personer
from samordning.demo.publicering import Publicerare
from samordning.demo.remisser import Remisskrivare
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Kontakt, Part, Roll, Uppdrag
from uppfoljning.models import Deltagande

ANSTALLD = datetime.date(2019, 1, 1)


def ar_laddad():
    """Was this database filled by `ladda`?"""
    return (
        Anvandare.objects.filter(epost=konton.KONTON[0][1]).exists() and Deltagande.objects.filter(kalla=KALLA).exists()
    )


def ar_tom():
    """Does it hold nothing but what the migrations make?"""
    return not any(modell.objects.exists() for modell in (Anvandare, Insats, Deltagare, Deltagande, Kontakt)) and (
        not Part.objects.exclude(slag=Part.Slag.FORBUND).exists()
    )


@transaction.atomic
def ladda(storlek=0):
    """Write the demo and `storlek` stays more; returns how many stays there are.

    None when it is already there: then nothing is written. ValueError, in Swedish, when the database holds other data.
    """
    Part.objects.select_for_update().forbund()  # two at once: the second waits, and then finds the first one's
    if ar_laddad():
        return None
    if not ar_tom():
        raise ValueError(
            "Databasen innehåller redan andra uppgifter. De påhittade uppgifterna läggs bara i en tom databas, så "
            "inget har ändrats. Använd en egen datamapp: SAMORDNING_DATA=mapp ./start"
        )
    dag = idag()
    par = _parter()
    kontakter = _kontakter(par)
    anvandare = _konton(par, kontakter)
    insatser = [_insats(blad, par, kontakter, dag) for blad in (*INDIVID, *STRUKTUR)]
    personal = {slug: anvandare[namn] for slug, namn in konton.MEDARBETARE.items()}
    Medarbetare.objects.bulk_create(
        Medarbetare(insats=insats, anvandare=personal[insats.slug], fran=ANSTALLD)
        for insats in insatser
        if insats.slug in personal
    )
    Arendeskrivare(par, anvandare, anvandare[konton.PERSONER[Roll.KANSLI][0]], dag).skriv()
    Motesskrivare(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag).skriv()
    Publicerare(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag).skriv()
    inlasta.skriv(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag)
    utbud.skriv(insatser, par, anvandare, anvandare[konton.PERSONER[Roll.KANSLI][0]], dag)
    avtalsliv.skriv(anvandare, dag)
    prognos.skriv(anvandare[konton.PERSONER[Roll.EKONOM][0]], dag)
    ekonomiplan.skriv(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag)
    arshjul.skriv(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag)
    dokument.skriv(anvandare[konton.PERSONER[Roll.KANSLI][0]], dag)
    personer = Personer(vistelser.FRO)
    remittent, enhet = konton.PERSONER[Roll.REMITTENT]
    Remisskrivare(anvandare[remittent], par[enhet], personal, personer, dag).skriv(insatser)
    profiler = vistelser.profiler([insats.slug for insats in insatser[: len(INDIVID)]])
    historik = vistelser.historik(profiler, dag)
    inskrivna.ge_namn(historik, personer, dag)
    skrivare = Skrivare(dag)
    antal = skrivare.skriv(historik)
    skrivare.skriv_anonyma()
    return antal + skrivare.skriv(vistelser.fler(profiler, storlek, dag))


def _parter():
    """{name: Part}; the association has the name FORBUND."""
    alla = {parter.FORBUND: Part.objects.forbund()}
    for namn, slag, kommunkod, medlem_fran in parter.MEDLEMMAR:
        alla[namn] = Part.objects.create(namn=namn, slag=slag, kommunkod=kommunkod, medlem_fran=medlem_fran)
    for namn, slag, del_av, privat in parter.ENHETER:
        alla[namn] = Part.objects.create(namn=namn, slag=slag, del_av=alla[del_av] if del_av else None, privat=privat)
    return alla


def _kontakter(par):
    return {
        namn: Kontakt.objects.create(
            namn=namn, titel=titel, part=par[part], telefon=telefon, epost=parter.epost(namn)
        )
        for namn, titel, part, telefon in parter.KONTAKTER
    }  # fmt: skip


def _konton(par, kontakter):
    """{name: account}. One hash serves them all: the password is printed on the login page, and hashing is slow."""
    losenord, alla = make_password(konton.LOSENORD), {}
    rader = [(roll, konton.epost(roll), person) for roll, person in konton.PERSONER.items()]
    rader += [(roll, parter.epost(namn), (namn, part)) for roll, namn, part in konton.KOLLEGOR]
    for roll, epost, (namn, part) in rader:
        anvandare = alla[namn] = Anvandare.objects.create(epost=epost, namn=namn, password=losenord)
        Uppdrag.objects.create(anvandare=anvandare, part=par[part], roll=roll, fran=ANSTALLD)
        if kontakt := kontakter.get(namn):
            kontakt.anvandare = anvandare
            kontakt.save(update_fields=["anvandare"])
    return alla


def _insats(blad, par, kontakter, dag):
    falt = dict(blad["falt"])
    if "takt" not in blad:
        falt["inriktning"] = Insats.Inriktning.STRUKTUR
    if "bekraftade" in blad:
        falt["platser_bekraftade"] = dag - datetime.timedelta(blad["bekraftade"])
    if "ny_grupp" in blad:
        falt["nasta_start"] = f"Ny grupp {date_format(dag + datetime.timedelta(blad['ny_grupp']), 'j F Y')}"
    insats = Insats.objects.create(
        **falt, slug=Insats.objects.ledig_slug(falt["namn"]), agare=par[blad["agare"]], publicerad=True
    )
    Insatskontakt.objects.bulk_create(
        Insatskontakt(insats=insats, kontakt=kontakter[namn], ordning=nr) for nr, namn in enumerate(blad["kontakter"])
    )
    for serie in blad["avtal"]:
        _avtal(insats, serie, par, dag)
    return insats


def _avtal(insats, serie, par, dag):
    for start, slut, optioner, utnyttjade in serie.tider(dag):
        avtal = Avtal.objects.create(
            insats=insats, huvudpart=par[serie.huvudpart], start=start, slut=slut, optioner=optioner,
            utnyttjade=utnyttjade, platser=serie.platser, deltagarveckor=serie.deltagarveckor,
        )  # fmt: skip
        avtal.parter.set(par[namn] for namn in serie.parter)
        Avtalsar.objects.bulk_create(
            Avtalsar(avtal=avtal, ar=ar, kronor=kronor) for ar, kronor in serie.belopp(start, slut).items()
        )
