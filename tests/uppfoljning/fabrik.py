"""Rows of a participations file (format.md) straight into the database, without the importer's rules and help."""

import datetime
import hashlib
from decimal import Decimal

from django.utils.text import slugify

from insatser.models import Insats
from remisser.models import Deltagare
from samordning.karna.models import Part
from uppfoljning.models import Avslutsorsak, Deltagande, Formular, Lage, Parnyckel, Skattning
from uppfoljning.models.skattning import VES

REMITTENTSLAG = {"VGR": "REGION"}


def _dag(text):
    return datetime.date.fromisoformat(text) if text else None


def _svar(text):
    return None if text == "" else VES if text == "VES" else int(text)


def _insats(namn):
    return Insats.objects.get_or_create(slug=slugify(namn), defaults={"namn": namn, "agare": Part.objects.forbund()})[0]


def _person(namn, rad):
    lookup = hashlib.sha256(namn.encode()).digest()
    person, _ = Deltagare.objects.get_or_create(lookup=lookup)
    if rad["kon"] in ("K", "M"):
        person.kon = rad["kon"]
        person.save()
    return person


def _halvor(deltagande, rad):
    nyckel = Parnyckel.objects.create(deltagande=deltagande).nyckel
    for tillfalle, bemotande in (("start", ""), ("slut", rad["bemotande_slut"])):
        datum = _dag(rad[f"{tillfalle}_skattning_datum"])
        timmar = rad[f"tim_{tillfalle}"].replace(",", ".")
        Lage.objects.create(
            deltagande=deltagande,
            tillfalle=tillfalle,
            datum=datum,
            timmar=Decimal(timmar) if timmar else None,
            forsorjning=rad[f"forsorjning_{tillfalle}"],
        )
        Skattning.objects.create(
            parnyckel=nyckel,
            tillfalle=tillfalle,
            formular=Formular.objects.get(kod="import"),
            datum=datum,
            halsa=_svar(rad[f"halsa_{tillfalle}"]),
            bemotande=_svar(bemotande),
        )


def las_in(rader):
    """`rader` are dicts with the file's column names; everything is text."""
    for rad in rader:
        insats = _insats(rad["insats"])
        if rad["anonym"] == "1":
            Deltagande.objects.create(
                insats=insats, anonym=True, anonym_kon=rad["kon"] or "O", anonym_startar=int(rad["start"][:4])
            )
            continue
        skyddad = rad["skyddad"] == "1"
        orsak = Avslutsorsak.objects.filter(kod=rad["avslutsorsak"]).first()
        deltagande = Deltagande.objects.create(
            deltagare=_person(rad["person"], rad),
            insats=insats,
            start=_dag(rad["start"]),
            slut=_dag(rad["slut"]),
            avslutsorsak=orsak,
            felregistrerad=bool(orsak and orsak.grupp == "fel"),
            skyddad=skyddad,
            remittentslag="" if skyddad else REMITTENTSLAG.get(rad["remittent"], rad["remittent"]),
        )
        _halvor(deltagande, rad)
