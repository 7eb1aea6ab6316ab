"""What is thought of a year that goes on, and of the years after it: forecasts (MC5) and the plan of years (MC16)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ekonomi.models.budget import FORSTA_AR, SISTA_AR, Budgetpost, Verksamhetsar
from moten.models import Mote
from samordning.karna.flode import Flode
from samordning.karna.models import Roll, Versionerad

# Who reads a forecast that is still written on; what is frozen, more people read.
SER_UTKAST = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM, Roll.REVISOR})


class PrognosQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_prognos` as a filter."""
        if user.har_roll(*SER_UTKAST):
            return self
        return self.filter(lage=Prognos.Lage.LAST) if user.har_roll(Roll.STYRELSE) else self.none()

    def senaste_laste(self, ar, fore=None):
        """The latest frozen forecast of a year, or of those with a lower number than `fore`; None. One query."""
        rader = self.filter(verksamhetsar=ar, lage=Prognos.Lage.LAST)
        return (rader if fore is None else rader.filter(nr__lt=fore)).order_by("-nr").first()


class Prognos(Versionerad, Flode):
    """A forecast of a year, numbered within it. Frozen for a meeting of the board it never changes (a trigger)."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        LAST = "last", "Låst"

    OVERGANGAR = {"las": ({Lage.UTKAST}, Lage.LAST)}

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="prognoser")
    nr = models.PositiveSmallIntegerField(editable=False)
    # The ledger is read up to and with this day; what is agreed for the rest of the year is added.
    till = models.DateField("utfall till och med")
    mote = models.ForeignKey(
        Mote, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="styrelsens möte"
    )
    kommentar = models.TextField("kommentar", blank=True, default="", db_default="")
    lage = models.CharField(
        "läge", max_length=6, choices=Lage, default=Lage.UTKAST, db_default=Lage.UTKAST, editable=False
    )
    # The whole report as it was when it was frozen.
    varden = models.JSONField(encoder=DjangoJSONEncoder, null=True, editable=False)
    skapad_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    last = models.DateTimeField("låst", null=True, editable=False)

    objects = PrognosQuerySet.as_manager()

    class Meta:
        verbose_name = "prognosen"
        verbose_name_plural = "prognoser"
        ordering = ["nr"]
        constraints = [
            models.UniqueConstraint(name="prognos_nr", fields=["verksamhetsar", "nr"]),
            models.UniqueConstraint(
                name="prognos_ett_utkast",
                fields=["verksamhetsar"],
                condition=Q(lage="utkast"),
                violation_error_message="Det finns redan ett utkast till prognos för året. Öppna det i stället.",
            ),
            models.CheckConstraint(
                name="prognos_last_har_varden",
                condition=Q(lage="utkast", varden=None, last=None)
                | Q(lage="last", varden__isnull=False, last__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Prognos {self.nr}"


class Prognosrad(models.Model):
    """Where somebody knows better than the proposal for a line: the year's cost in kronor, and why."""

    prognos = models.ForeignKey(Prognos, on_delete=models.CASCADE, related_name="rader")
    post = models.ForeignKey(Budgetpost, on_delete=models.CASCADE, related_name="prognosrader")
    belopp = models.DecimalField("prognos", max_digits=12, decimal_places=2)
    kommentar = models.TextField("varför")

    class Meta:
        verbose_name = "rad i prognosen"
        verbose_name_plural = "rader i prognosen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="prognosrad_en_per_post", fields=["prognos", "post"]),
            models.CheckConstraint(
                name="prognosrad_har_skal",
                condition=~Q(kommentar=""),
                violation_error_message="Skriv varför prognosen är en annan än förslaget.",
            ),
            models.CheckConstraint(
                name="prognosrad_inte_negativ",
                condition=Q(belopp__gte=0),
                violation_error_message="Skriv kostnaden utan minustecken.",
            ),
        ]

    def __str__(self):
        return f"{self.post}: {self.belopp}"


class Planbelopp(models.Model):
    """What a line of a budget is thought to cost in one of the two years after it, where no agreement says so."""

    post = models.ForeignKey(Budgetpost, on_delete=models.CASCADE, related_name="planbelopp")
    ar = models.PositiveSmallIntegerField("år")
    belopp = models.DecimalField("belopp", max_digits=12, decimal_places=2)
    kommentar = models.CharField("kommentar", max_length=200, blank=True)

    class Meta:
        verbose_name = "belopp i flerårsplanen"
        verbose_name_plural = "belopp i flerårsplanen"
        ordering = ["ar", "pk"]
        constraints = [
            models.UniqueConstraint(name="planbelopp_ett_per_ar", fields=["post", "ar"]),
            models.CheckConstraint(name="planbelopp_inte_negativt", condition=Q(belopp__gte=0)),
            models.CheckConstraint(name="planbelopp_rimligt_ar", condition=Q(ar__range=(FORSTA_AR, SISTA_AR))),
        ]

    def __str__(self):
        return f"{self.post} {self.ar}"


class Planram(models.Model):
    """What is expected to come in during one of the two years after a budget."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="planramar")
    ar = models.PositiveSmallIntegerField("år")
    tilldelning = models.DecimalField("tilldelning", max_digits=12, decimal_places=2)
    ovriga_intakter = models.DecimalField("övriga intäkter", max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = "väntade intäkter"
        verbose_name_plural = "väntade intäkter"
        ordering = ["ar"]
        constraints = [
            models.UniqueConstraint(name="planram_en_per_ar", fields=["verksamhetsar", "ar"]),
            models.CheckConstraint(
                name="planram_inte_negativ", condition=Q(tilldelning__gte=0, ovriga_intakter__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.verksamhetsar}: {self.ar}"
