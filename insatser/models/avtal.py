"""The agreement that an insats runs under: parties, dates, extension years and sums. Minimal from the start."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from insatser.models.insats import Insats
from moten.models import Beslut
from moten.models.arende import LASARE
from samordning.karna.kalender import idag
from samordning.karna.models import Part, Roll, Versionerad
from samordning.karna.models.anvandare import TsDag

FORSTA_DAG, SISTA_DAG = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
FLEST_OPTIONER = 10


class AvtalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_avtal` as a filter."""
        return self if user.ar_kansli or user.har_roll(*LASARE) else self.for_parter(user)

    def for_parter(self, user):
        """Those of the parties that the user represents."""
        egna = user.parter_som(Roll.PARTSFORETRADARE)
        som_part = self.model.parter.through.objects.filter(part__in=egna).values("avtal")
        return self.filter(Q(huvudpart__in=egna) | Q(pk__in=som_part))

    def pagaende(self, dag=None):
        """Not ended on a day (today unless given); those that have not begun are with them."""
        return self.filter(slut__gte=dag or idag())

    def utan_fortsattning(self):
        """No later agreement follows, and the insats goes on."""
        foljs = Avtal.objects.filter(insats=OuterRef("insats"), start__gt=OuterRef("slut"))
        return self.filter(~Exists(foljs), Q(insats__slut=None) | Q(insats__slut__gte=idag()))

    def om_arende(self, arende):
        """The agreement that a case led to, or that its förlängning is about."""
        return self.filter(Q(beslut__arende=arende) | Q(forlangningar__arende=arende)).distinct()


class Avtal(Versionerad):
    """An agreement about one insats. `optioner` is how many times it may be prolonged by one year (1+1 is 2)."""

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="avtal")
    huvudpart = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="huvudpart")
    parter = models.ManyToManyField(Part, related_name="+", verbose_name="övriga parter", blank=True)
    start = models.DateField("från och med")
    slut = models.DateField("till och med")
    optioner = models.PositiveSmallIntegerField("förlängningar om ett år", default=0)
    utnyttjade = models.PositiveSmallIntegerField("förlängningar som är beslutade", default=0)
    platser = models.PositiveSmallIntegerField("platser", null=True, blank=True)
    deltagarveckor = models.PositiveIntegerField("deltagarveckor per år", null=True, blank=True)
    # The decision that it was written after; none for agreements from before the system.
    beslut = models.ForeignKey(
        Beslut, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = AvtalQuerySet.as_manager()

    class Meta:
        verbose_name = "avtal"
        verbose_name_plural = "avtal"
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                name="avtal_slut_efter_start",
                condition=Q(slut__gte=F("start")),
                violation_error_message="Avtalet kan inte sluta innan det börjar.",
            ),
            models.CheckConstraint(
                name="avtal_utnyttjade_ryms",
                condition=Q(utnyttjade__lte=F("optioner")),
                violation_error_message="Fler förlängningar är beslutade än avtalet medger.",
            ),
            models.CheckConstraint(
                name="avtal_rimlig_start",
                condition=Q(start__range=(FORSTA_DAG, SISTA_DAG)),
                violation_error_message="Avtalets första dag ska vara mellan 1990 och 2100. Kontrollera årtalet.",
            ),
            models.CheckConstraint(
                name="avtal_rimligt_slut",
                condition=Q(slut__range=(FORSTA_DAG, SISTA_DAG)),
                violation_error_message="Avtalets sista dag ska vara mellan 1990 och 2100. Kontrollera årtalet.",
            ),
            models.CheckConstraint(
                name="avtal_rimliga_optioner",
                condition=Q(optioner__lte=FLEST_OPTIONER),
                violation_error_message=f"Ett avtal kan förlängas högst {FLEST_OPTIONER} gånger.",
            ),
            ExclusionConstraint(
                name="avtal_ett_at_gangen",
                expressions=[
                    ("insats", RangeOperators.EQUAL),
                    (TsDag(F("start"), F("slut"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Insatsen har redan ett avtal för en del av tiden.",
            ),
        ]

    def __str__(self):
        return f"Avtal {self.start} till {self.slut}"


class Avtalsar(models.Model):
    """The sum of an agreement for one calendar year, in kronor."""

    avtal = models.ForeignKey(Avtal, on_delete=models.CASCADE, related_name="belopp")
    ar = models.PositiveSmallIntegerField("år")
    kronor = models.DecimalField("belopp i kronor", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "avtalsår"
        verbose_name_plural = "avtalsår"
        ordering = ["ar"]
        constraints = [
            models.UniqueConstraint(
                name="avtalsar_ett_per_ar",
                fields=["avtal", "ar"],
                violation_error_message="Avtalet har redan ett belopp för det året.",
            ),
            models.CheckConstraint(
                name="avtalsar_inte_negativt",
                condition=Q(kronor__gte=0),
                violation_error_message="Beloppet kan inte vara negativt.",
            ),
        ]

    def __str__(self):
        return f"{self.ar}"
