"""Settings that the association owns, and the base of all code lists: both are rows with validity dates."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from samordning.karna.kalender import idag
from samordning.karna.models.anvandare import TsDag


class InstallningQuerySet(models.QuerySet):
    def varden(self, standard, dag=None):
        """The settings named in `standard` (key -> default) as they hold on a day. One query."""
        dag = dag or idag()
        rader = self.filter(nyckel__in=standard, giltig_fran__lte=dag).order_by("giltig_fran", "pk")
        return standard | {rad.nyckel: rad.varde for rad in rader}


class Installning(models.Model):
    """One value of one setting from a day on. Append-only: a new decision is a new row."""

    nyckel = models.CharField("inställning", max_length=40)
    varde = models.JSONField("värde")
    giltig_fran = models.DateField("gäller från och med")
    beslut_text = models.CharField("beslut", max_length=200, help_text="Vem som beslutade och när, gärna paragraf.")
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    objects = InstallningQuerySet.as_manager()

    class Meta:
        verbose_name = "inställning"
        verbose_name_plural = "inställningar"
        indexes = [models.Index(fields=["nyckel", "giltig_fran"])]

    def __str__(self):
        return f"{self.nyckel} från {self.giltig_fran}"


class KodradQuerySet(models.QuerySet):
    def giltiga(self, dag=None):
        """Codes that may be chosen on a day."""
        dag = dag or idag()
        return self.filter(Q(giltig_fran__lte=dag) | Q(giltig_fran=None), Q(giltig_till__gte=dag) | Q(giltig_till=None))


class Kodrad(models.Model):
    """A code that is valid between two dates, with its text and the same in plain words."""

    kod = models.CharField("kod", max_length=30)
    text = models.CharField("text", max_length=120)
    enkel_text = models.CharField("med enkla ord", max_length=120, blank=True)
    giltig_fran = models.DateField("giltig från", null=True, blank=True)
    giltig_till = models.DateField("giltig till", null=True, blank=True)
    ordning = models.PositiveSmallIntegerField("ordning", default=0)

    objects = KodradQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["ordning", "kod"]
        constraints = [
            ExclusionConstraint(
                name="%(class)s_en_giltig_rad_per_kod",
                expressions=[
                    ("kod", RangeOperators.EQUAL),
                    (TsDag(F("giltig_fran"), F("giltig_till"), Value("[]")), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self):
        return self.text

    def ar_giltig(self, dag):
        """True when the code may be used for something that happens on `dag`."""
        return (not self.giltig_fran or self.giltig_fran <= dag) and (not self.giltig_till or dag <= self.giltig_till)
