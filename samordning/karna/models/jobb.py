"""Slow work as rows. What the work made is another thing (models/rapportversion.py)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from samordning.karna.models.anvandare import Roll


class JobbQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_jobb` as a filter. What has no name in lists is nobody's business."""
        namngivna = self.exclude(rubrik="")
        return namngivna if user.ar_kansli or user.har_roll(Roll.DRIFT) else namngivna.filter(bestalld_av=user)

    def misslyckade(self, sedan):
        """Given up since, and not ordered again."""
        igen = Jobb.objects.filter(
            uppgift=OuterRef("uppgift"), parametrar=OuterRef("parametrar"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(igen), lage=Jobb.Lage.MISSLYCKAT, avslutat__gte=sedan)


class Jobb(models.Model):
    """A piece of slow work. Only `samordning.karna.jobb` changes its state: by lease and attempt, not by transition."""

    class Lage(models.TextChoices):
        KO = "ko", "Väntar"
        PAGAR = "pagar", "Pågår"
        KLART = "klart", "Klart"
        MISSLYCKAT = "misslyckat", "Misslyckat"
        AVBRUTET = "avbrutet", "Avbrutet"

    AKTIVA = (Lage.KO, Lage.PAGAR)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uppgift = models.CharField(max_length=120, help_text="The task's dotted name.")
    rubrik = models.CharField("rubrik", max_length=120, blank=True, db_default="", help_text="How lists name it.")
    parametrar = models.JSONField(default=dict, help_text="Ids and dates only, never anything about a person.")
    lage = models.CharField("läge", max_length=12, choices=Lage, default=Lage.KO, editable=False)
    framsteg = models.PositiveSmallIntegerField("framsteg", default=0)
    framsteg_text = models.CharField(max_length=120, blank=True)
    forsok = models.PositiveSmallIntegerField(default=0)
    lease_till = models.DateTimeField(null=True)
    resultat = models.JSONField(default=dict)
    fel = models.CharField("fel", max_length=300, blank=True, help_text="The kind of error, for the one who runs it.")
    besked = models.CharField(
        "besked", max_length=300, blank=True, db_default="", help_text="Why not, for who ordered."
    )
    bestalld_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapat = models.DateTimeField(auto_now_add=True)
    avslutat = models.DateTimeField(null=True)

    objects = JobbQuerySet.as_manager()

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobb"
        indexes = [models.Index(fields=["lage", "skapat"])]
        constraints = [
            models.UniqueConstraint(
                name="jobb_ett_aktivt_per_bestallning",
                fields=["uppgift", "parametrar"],
                condition=Q(lage__in=["ko", "pagar"]),
            ),
            models.CheckConstraint(name="jobb_framsteg_hogst_100", condition=Q(framsteg__lte=100)),
        ]

    def __str__(self):
        return f"Jobb {self.pk} {self.uppgift}"

    @property
    def ar_aktivt(self):
        return self.lage in self.AKTIVA

    @property
    def lank(self):
        """Where the result is, an address within the site, or nothing."""
        lank = self.resultat.get("lank", "")
        return lank if lank.startswith("/") and not lank.startswith("//") else ""
