"""The participant's way in without an account: a short code for one half of one stay (beslut.md 42)."""

import hashlib
import uuid

from django.db import models
from django.db.models import Q

from samordning.karna.kalender import nu
from samordning.karna.krypto import KrypteratFalt
from uppfoljning.models.deltagande import Deltagande, Tillfalle


class SvarskodQuerySet(models.QuerySet):
    def giltiga(self):
        """Codes that can be typed in now."""
        return self.filter(inlost=None, giltig_fran__lte=nu(), giltig_till__gte=nu())


class Svarskod(models.Model):
    """One row per half; a new code replaces the old. Only the sha256 of the code is kept.

    `utkast` holds what is answered but not sent, encrypted; it is emptied when the answers are sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deltagande = models.ForeignKey(Deltagande, on_delete=models.CASCADE, related_name="svarskoder")
    tillfalle = models.CharField("tillfälle", max_length=5, choices=Tillfalle)
    kod_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    giltig_fran = models.DateTimeField("gäller från")
    giltig_till = models.DateTimeField("gäller till")
    inlost = models.DateTimeField("använd", null=True, editable=False)
    skickad = models.BooleanField("svaren är skickade", default=False, editable=False)
    utkast = KrypteratFalt("svar som inte är skickade")

    objects = SvarskodQuerySet.as_manager()

    class Meta:
        verbose_name = "svarskod"
        verbose_name_plural = "svarskoder"
        constraints = [
            models.UniqueConstraint(name="svarskod_en_per_tillfalle", fields=["deltagande", "tillfalle"]),
            models.CheckConstraint(
                name="svarskod_skickad_ar_inlost", condition=Q(skickad=False) | Q(inlost__isnull=False)
            ),
        ]

    def __str__(self):
        return f"Svarskod {self.get_tillfalle_display()}"

    @staticmethod
    def fingeravtryck(kod):
        """The sha256 of a code as it is stored: capital letters, without spaces and hyphens."""
        return hashlib.sha256("".join(kod.upper().split()).replace("-", "").encode()).hexdigest()
