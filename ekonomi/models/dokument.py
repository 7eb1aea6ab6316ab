"""Documents that are written from the data: plan, half-year report and annual report (MC10, MC11)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ekonomi.models.budget import FORSTA_AR, SISTA_AR
from moten.models import Punkt
from samordning.karna.flode import Flode
from samordning.karna.models import Fil, Roll, Versionerad

SER_FASTSTALLDA = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM, Roll.STYRELSE, Roll.REVISOR})
# Who reads drafts of the annual report before the board has adopted it.
SER_UTKAST = frozenset({Roll.EKONOM, Roll.REVISOR})


class DokumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_dokument` as a filter."""
        if user.ar_kansli:
            return self
        if not user.har_roll(*SER_FASTSTALLDA):
            return self.none()
        villkor = Q(lage=Dokument.Lage.FASTSTALLT)
        if user.har_roll(*SER_UTKAST):
            villkor |= Q(slag=Dokument.Slag.ARSREDOVISNING)
        return self.filter(villkor)

    def for_lista(self):
        """The newest year first, without what they say. One query."""
        return self.defer("varden").select_related("pdf", "docx").order_by("-ar", "slag")


class Dokument(Versionerad, Flode):
    """One document of a kind and year. Adopted, its values and files are frozen and never change (a trigger)."""

    class Slag(models.TextChoices):
        PLAN = "plan", "Verksamhetsplan"
        DELAR = "delar", "Delårsbokslut"
        ARSREDOVISNING = "arsredov", "Årsredovisning"

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        FASTSTALLT = "faststallt", "Fastställt"

    OVERGANGAR = {"faststall": ({Lage.UTKAST}, Lage.FASTSTALLT)}

    slag = models.CharField("dokument", max_length=10, choices=Slag)
    ar = models.PositiveSmallIntegerField("år")
    lage = models.CharField(
        "läge", max_length=10, choices=Lage, default=Lage.UTKAST, db_default=Lage.UTKAST, editable=False
    )
    # What it said when it was adopted: tables, texts and figures as the files print them.
    varden = models.JSONField(encoder=DjangoJSONEncoder, null=True, editable=False)
    pdf = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    docx = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    beslutad = models.DateField("beslutat", null=True, editable=False)
    paragraf = models.CharField("paragraf", max_length=20, blank=True, default="", db_default="", editable=False)
    punkt = models.ForeignKey(Punkt, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = DokumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumentet"
        verbose_name_plural = "dokument"
        ordering = ["-ar", "slag"]
        constraints = [
            models.UniqueConstraint(
                name="dokument_ett_per_ar",
                fields=["slag", "ar"],
                violation_error_message="Dokumentet finns redan för det året. Öppna det i listan.",
            ),
            models.CheckConstraint(name="dokument_rimligt_ar", condition=Q(ar__range=(FORSTA_AR, SISTA_AR))),
            models.CheckConstraint(
                name="dokument_faststallt_ar_fryst",
                condition=Q(lage="utkast", varden=None, beslutad=None)
                | Q(lage="faststallt", varden__isnull=False, beslutad__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_slag_display()} {self.ar}"


class Dokumenttext(Versionerad):
    """A text that people write in a document; begins as last year's."""

    dokument = models.ForeignKey(Dokument, on_delete=models.CASCADE, related_name="texter")
    nyckel = models.SlugField(max_length=40)
    text = models.TextField("text", blank=True)

    class Meta:
        verbose_name = "text i dokumentet"
        verbose_name_plural = "texter i dokumentet"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="dokumenttext_en_gang", fields=["dokument", "nyckel"])]

    def __str__(self):
        return f"{self.dokument}: {self.nyckel}"
