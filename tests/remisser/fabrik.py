"""Remisser for the tests: an invented person whose every field can be looked for in what somebody was shown."""

import datetime
from types import SimpleNamespace

from remisser.models import Avbojandeorsak, Deltagare, Remiss
from samordning.karna.models import Anvandare, Part, Uppdrag
from tests.insatser.fabrik import ny_insats, ny_medarbetare

FRAN = datetime.date(2019, 1, 1)
NUMMER = "198703129802"  # birth serial 980: kept for tests
# What only the sender, and the insats after its yes, may read.
HEMLIGT = {
    "efternamn": "Kanariefågel", "personnummer": NUMMER, "adress": "Kanariestigen 4, 542 30 Mariestad",
    "telefon": "0980-319 261", "epost": "kanarie@example.se", "situation_annat": "kanariesituation",
    "kontakt_annan": "kanariekontakten", "ovrigt": "kanarieövrigt",
}  # fmt: skip
OPPET = {"fornamn": "Åsa", "fragestallning": "Hur mycket orkar hon?", "mal": "Tolv timmar i veckan."}
FYLLD = {
    **HEMLIGT, **OPPET, "fodelsear": 1987, "kommun": "1493", "handlaggare": "Tomas Hedlund",
    "handlaggare_telefon": "0980-319 262", "handlaggare_epost": "tomas.hedlund@example.se",
    "situation": {"SJUKSKRIVEN": "2024-01", "ANNAT": "2024-02"}, "forsorjning": ["FK", "FORS"], "inskriven_af": False,
    "kontakter": "socialtjanst,annan", "tolk": False, "trepartssamtal": True,
}  # fmt: skip
STEG = {
    1: {"fornamn": "Åsa", "efternamn": "Kanariefågel", "utan_nummer": "har", "personnummer": NUMMER, "kon": "",
        "adress": "Kanariestigen 4", "kommun": "1493", "telefon": "0980-319 261", "epost": "",
        "handlaggare": "Tomas Hedlund", "handlaggare_telefon": "0980-319 262",
        "handlaggare_epost": "tomas.hedlund@example.se"},
    2: {"situation": ["SJUKSKRIVEN"], "sedan_SJUKSKRIVEN": "2024-01", "forsorjning": ["FK"], "inskriven_af": "False"},
    3: {"program": ["af"], "kontakter": ["af"]},
    4: {"fragestallning": "Hur mycket orkar hon?", "mal": "Tolv timmar.", "tolk": "False", "trepartssamtal": "True"},
}  # fmt: skip
SAMTYCKE = {"samtycke": "on", "satt": "papper", "givet": "2024-05-01", "version": "1"}


def anvandare(roll, part, namn="", **falt):
    nr = Anvandare.objects.count() + 1
    user = Anvandare.objects.skapa(f"r{nr}@example.se", namn or f"Person {nr}", "hemligt-losen-123")
    Uppdrag.objects.create(anvandare=user, part=part, roll=roll, **{"fran": FRAN} | falt)
    return user


def ny_varld():
    """A unit under a municipality that sends to an insats, with its writer and its listed staff."""
    kommun = Part.objects.create(namn="Granviks kommun", slag="kommun", kommunkod="1493", medlem_fran=FRAN)
    enhet = Part.objects.create(namn="Arbetsmarknadsenheten Granvik", slag="enhet", del_av=kommun)
    insats = ny_insats("Gläntan", tar_emot="digitalt", agare=kommun)
    personal = anvandare("insatspersonal", kommun, "Frida Ljung")
    ny_medarbetare(insats, personal)
    skribent = anvandare("remittent", enhet, "Tomas Hedlund")
    return SimpleNamespace(kommun=kommun, enhet=enhet, insats=insats, personal=personal, skribent=skribent)


def ny_remiss(varld, lage="skickad", **falt):
    """A complete remiss in a state that its own transitions lead to."""
    varden = {"insats": varld.insats, "avsandare": varld.enhet, "skapad_av": varld.skribent} | FYLLD | falt
    remiss = Remiss.objects.create(**varden)
    if lage == "utkast":
        return remiss
    remiss.skicka(av=remiss.skapad_av, deltagare=Deltagare.objects.create(kon="K", fodelsear=1987))
    if lage == "atertagen":
        remiss.aterta(av=remiss.skapad_av)
    elif lage == "avbojd":
        remiss.avboj(av=varld.personal, orsak=Avbojandeorsak.objects.get(kod="FULLT"), motivering="Ring i maj.")
    elif lage == "accepterad":
        remiss.ta_emot(av=varld.personal)
    return remiss
