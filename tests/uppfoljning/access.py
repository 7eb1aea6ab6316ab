"""Who may open what in uppfoljning; see tests/test_access.py."""

import datetime

from remisser.models import Deltagare, Remiss
from samordning.karna.kalender import nu
from samordning.karna.models import Roll
from tests.insatser.fabrik_ansokan import ny_ansokan
from tests.insatser.fabrik_avtal import ny_lagesrapport
from tests.uppfoljning.rapporter import slappt_sats
from uppfoljning.models import Deltagande
from uppfoljning.sammanslagning import sla_ihop

SER = {"kansli", "forbundschef", "insatspersonal"}
INTERN = {"anonym": 302, "egen_personal": 200} | {roll: 200 if roll in SER else 403 for roll in Roll.values}

PERSONAL = INTERN | {roll: 200 if roll == "insatspersonal" else 403 for roll in Roll.values}
# A person's pages exist for the insats' listed staff alone.
PERSON = {"anonym": 302, "egen_personal": 200} | dict.fromkeys(Roll.values, 404)
EGEN_INSATS = {"anonym": 302, "egen_personal": 200} | dict.fromkeys(Roll.values, 403)


def deltagande(varld, **mer):
    """The uuid of a stay in the world's insats."""
    rad = Deltagande.objects.create(
        insats=varld.insats, deltagare=Deltagare.objects.create(kon="K"), start=datetime.date(2024, 1, 10),
        namn="Berit Prov", personnummer="199001019802",
    )  # fmt: skip
    return {"uuid": rad.uuid, **mer}


def tva_deltaganden(varld):
    """Two persons of the world's insats that may be one."""
    ena = deltagande(varld)["uuid"]
    andra = Deltagande.objects.create(
        insats=varld.insats, deltagare=Deltagare.objects.create(kon="K"), start=datetime.date(2023, 1, 10),
        slut=datetime.date(2023, 5, 10), namn="Berit Prov",
    )  # fmt: skip
    return {"uuid": ena, "annan": andra.uuid}


def sammanslaget(varld):
    """A stay of somebody who was two persons before."""
    nycklar = tva_deltaganden(varld)
    ena, andra = (Deltagande.objects.get(uuid=nyckel) for nyckel in nycklar.values())
    sla_ihop(ena=ena, andra=andra, skal="utan_nummer", av=varld.konto)
    return {"uuid": nycklar["uuid"]}


def vid_start(varld):
    return deltagande(varld, tillfalle="start")


def accepterad_remiss(varld):
    remiss = Remiss.objects.create(
        insats=varld.insats, avsandare=varld.part, skapad_av=varld.konto, lage="accepterad", skickad=nu(),
        deltagare=Deltagare.objects.create(kon="K"), fornamn="Berit", efternamn="Prov",
    )  # fmt: skip
    return {"uuid": remiss.uuid}


def insats(varld):
    return {"slug": varld.insats.slug}


# Reports: the kansli all of them, the board's readers what is released to them.
KANSLIET = {"kansli", "forbundschef"}
STYRELSEN = {"beredning", "styrelse", "ekonom", "revisor", "partsforetradare"}


def _roller(**status):
    """{column: status}: `kansliet`, `styrelsen` and `ovriga` by name, the rest role by role."""
    grund = {
        roll: status["kansliet" if roll in KANSLIET else "styrelsen" if roll in STYRELSEN else "ovriga"]
        for roll in Roll.values
    }
    return {"anonym": 302, "egen_personal": status["ovriga"]} | grund


ALLA_INLOGGADE = _roller(kansliet=200, styrelsen=200, ovriga=200)
BARA_KANSLIET = _roller(kansliet=200, styrelsen=403, ovriga=403)
STYRELSERAPPORT = _roller(kansliet=200, styrelsen=200, ovriga=404)
KANSLIETS_STEG = _roller(kansliet=200, styrelsen=403, ovriga=404)


def styrelserapport(_varld, **mer):
    return {"uuid": slappt_sats()["styrelse"].uuid, **mer}


def styrelsefil(varld):
    return styrelserapport(varld, slag="pdf")


def resultat(_varld, **mer):
    return {"kod": slappt_sats()["publik"].parametrar["period"], **mer}


def resultatfil(varld):
    return resultat(varld, slag="pdf")


# One more year of an agreement: the kansli and its parties; others may read the agreement, or not know of it.
FORLANGNING = _roller(kansliet=200, styrelsen=403, ovriga=404) | {
    "partsforetradare": 200,
    "partsforetradare@annan": 404,
}
FORLANGNINGENS_TEXT = _roller(kansliet=302, styrelsen=404, ovriga=404) | {
    "partsforetradare": 302,
    "partsforetradare@annan": 404,
}
RAPPORTENS_SIFFROR = STYRELSERAPPORT | {"egen_personal": 200, "partsforetradare@annan": 404}


def avtal(varld):
    """One that can be prolonged, in the world's insats; its party is the association."""
    varld.avtal.optioner = 2
    varld.avtal.save()
    return {"pk": varld.avtal.pk}


def forlangning(varld):
    """A draft that has no figures to fetch, so that who may is sent back to it."""
    utkast = ny_ansokan(varld.part, slag="forlangning", avtal=varld.avtal, insats=varld.insats)
    return {"pk": utkast.pk}


def lagesrapport(varld):
    fran = datetime.date(2019, 1, 1) + datetime.timedelta(varld.avtal.rapporter.count())
    rapport = ny_lagesrapport(varld.avtal, "inlamnad", av=varld.konto, fran=fran, till=datetime.date(2019, 6, 30))
    return {"pk": rapport.pk}


# The participant's pages: nobody's role opens them, only a code.
ALLA = ("anonym", "egen_personal", *Roll.values)
OPPEN = dict.fromkeys(ALLA, 200)
UTAN_KOD = dict.fromkeys(ALLA, 410)


def forsta_fragan(_varld):
    return {"steg": "halsa"}


MATRIS = {
    "uppfoljning:utfall": ("get", None, INTERN),
    # Staff who are listed nowhere have no figures to fetch.
    "uppfoljning:utfall_json": ("get", None, INTERN | {"insatspersonal": 400}),
    "uppfoljning:rapport_list": ("get", None, ALLA_INLOGGADE),
    "uppfoljning:rapport_create": ("get", None, BARA_KANSLIET),
    "uppfoljning:rapport_detail": ("get", styrelserapport, STYRELSERAPPORT),
    "uppfoljning:rapport_fil": ("get", styrelsefil, STYRELSERAPPORT),
    "uppfoljning:rapport_granska": ("get", styrelserapport, KANSLIETS_STEG),
    "uppfoljning:rapport_slapp": ("get", styrelserapport, KANSLIETS_STEG),
    "uppfoljning:rapport_faststall": ("get", styrelserapport, KANSLIETS_STEG | {"kansli": 403}),
    "resultat:resultat_list": ("get", None, OPPEN),
    "resultat:resultat_detail": ("get", resultat, OPPEN),
    "resultat:resultat_fil": ("get", resultatfil, OPPEN),
    "uppfoljning:deltagande_list": ("get", None, PERSONAL),
    "uppfoljning:deltagande_detail": ("get", deltagande, PERSON),
    "uppfoljning:deltagande_nummer": ("post", deltagande, PERSON),
    "uppfoljning:deltagande_edit": ("get", deltagande, PERSON),
    "uppfoljning:lage_edit": ("get", vid_start, PERSON),
    "uppfoljning:deltagande_avsluta": ("get", deltagande, PERSON),
    "uppfoljning:deltagande_felregistrera": ("get", deltagande, PERSON),
    "uppfoljning:deltagande_skydda": ("get", deltagande, PERSON),
    "uppfoljning:samma_person": ("get", deltagande, PERSON),
    "uppfoljning:sammanslagning_create": ("get", tva_deltaganden, PERSON),
    "uppfoljning:sammanslagning_dela_upp": ("get", sammanslaget, PERSON),
    "uppfoljning:svarskod_create": ("get", vid_start, PERSON),
    "uppfoljning:blankett": ("get", deltagande, PERSON),
    "uppfoljning:start_fran_remiss": ("get", accepterad_remiss, PERSON),
    "uppfoljning:start_utan_remiss": ("get", insats, EGEN_INSATS),
    "uppfoljning:forlangning_create": ("get", avtal, FORLANGNING),
    "uppfoljning:forlangning_resultat": ("get", forlangning, FORLANGNINGENS_TEXT),
    "uppfoljning:lagesrapport_siffror": ("get", lagesrapport, RAPPORTENS_SIFFROR),
    "svara:kod": ("get", None, OPPEN),
    "svara:start": ("get", None, UTAN_KOD),
    "svara:sprak": ("post", None, UTAN_KOD),
    "svara:fraga": ("get", forsta_fragan, UTAN_KOD),
    "svara:granska": ("get", None, UTAN_KOD),
    "svara:skicka": ("post", None, UTAN_KOD),
    "svara:klart": ("get", None, UTAN_KOD),
    "svara:andra": ("post", None, UTAN_KOD),
    "svara:stang": ("post", None, OPPEN),
}
