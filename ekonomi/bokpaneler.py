"""What waits about the ledger and the end of a year, for the start page (read by `paneler.py`)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ekonomi import bok_utfall, policies
from ekonomi.belopp import kr
from ekonomi.models import Bokimport, Verksamhetsar
from samordning.karna.kalender import idag
from samordning.karna.paneler import AttGora

FLEST = 20


def att_gora(user):
    """Two queries for who keeps the ledger, three for who closes the year, none for others."""
    if not policies.can_edit_bok(user):
        return []
    poster = _att_spara() + _att_mappa()
    return poster + _att_avsluta() if policies.can_decide_budget(user) else poster


def _att_spara():
    vantar = Bokimport.objects.filter(lage=Bokimport.Lage.GRANSKAD).select_related("verksamhetsar")
    return [
        AttGora(
            f"Spara eller avvisa bokföringen för {rad.verksamhetsar}",
            reverse("ekonomi:bok_detail", args=[rad.pk]),
            "Filen är granskad, och inget av den är sparat än.",
        )
        for rad in vantar.order_by("pk")[:FLEST]
    ]


def _att_mappa():
    return [
        AttGora(
            f"Lägg till regler för {ar}",
            reverse("ekonomi:regel_list", args=[pk]),
            f"Omappat: {antal} rad{'' if antal == 1 else 'er'}, {kr(kronor)}.",
        )
        for pk, ar, antal, kronor in bok_utfall.omappat_per_ar()[:FLEST]
    ]


def _att_avsluta():
    """Years that are over, have a ledger, and are not closed."""
    sparad = Bokimport.objects.filter(verksamhetsar=OuterRef("pk"), lage=Bokimport.Lage.SPARAD)
    rader = Verksamhetsar.objects.filter(Exists(sparad), ar__lt=idag().year).exclude(lage=Verksamhetsar.Lage.AVSLUTAT)
    return [
        AttGora(
            f"Avsluta {rad}",
            reverse("ekonomi:bokslut_detail", args=[rad.pk]),
            "Året är slut. Sidan visar vad som är på plats och vad som saknas.",
        )
        for rad in rader.order_by("ar")[:FLEST]
    ]
