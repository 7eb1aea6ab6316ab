"""The kansli's own about the application of a case: joined into `paneler.py`."""

from django.urls import reverse

from insatser import granskning, policies
from insatser.models import Ansokan
from samordning.karna.paneler import Atgard


def _ansokan(arende):
    return Ansokan.objects.filter(arende=arende).first()


def atgarder(arende, user):
    """One query for the kansli, none for others."""
    if not policies.can_handle_ansokan(user) or arende.lage not in arende.FORE_BESLUT:
        return []
    if (ansokan := _ansokan(arende)) is None:
        return []
    rader = [Atgard("Granska mot kriterierna", reverse("ansokan:granskning", args=[ansokan.pk]))]
    if "begar_komplettering" in arende.mojliga_overgangar:
        rader.append(Atgard("Begär komplettering", reverse("ansokan:komplettering_create", args=[ansokan.pk])))
    return rader


def fakta(arende, user):
    """How the criteria are met, for the kansli alone: two queries."""
    if not policies.can_handle_ansokan(user) or (ansokan := _ansokan(arende)) is None:
        return []
    text = granskning.sammanfattning(ansokan)
    return [("Kriterier", text)] if text else []
