"""A scenario: some applications with sums, to see what they would do to the budget years (MB11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ekonomi.models.budget import Budgetpost, Verksamhetsar
from insatser.models import Ansokan
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse, Roll, Versionerad

LASARE = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM})


class ScenarioQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_scenario` as a filter: a draft valuation is nobody else's."""
        return self if user.har_roll(*LASARE) else self.none()


class Scenario(Versionerad):
    """A working paper of the kansli. Others see only what was filed in a case, as it was that day."""

    rubrik = models.CharField("rubrik", max_length=120)
    forsta_ar = models.ForeignKey(
        Verksamhetsar, on_delete=models.PROTECT, related_name="+", verbose_name="första budgetår"
    )
    anteckning = models.TextField("anteckning", blank=True)
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    skapad = models.DateTimeField(default=nu, editable=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "scenario"
        verbose_name_plural = "scenarier"
        ordering = ["-pk"]

    def __str__(self):
        return self.rubrik

    @property
    def ar_underlag(self):
        """It has been filed in a case: what it was counted from must then be there to look at. One query."""
        return Handelse.objects.om(self).filter(namn="underlag").exists()


class Scenariorad(models.Model):
    """What one application costs one year in the scenario, in kronor."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="rader")
    ansokan = models.ForeignKey(Ansokan, on_delete=models.PROTECT, related_name="+")
    kategori = models.CharField(max_length=12, choices=Budgetpost.Kategori)
    ar = models.PositiveSmallIntegerField("år")
    kronor = models.DecimalField("belopp i kronor", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "rad i scenario"
        verbose_name_plural = "rader i scenario"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="scenariorad_en_per_ar", fields=["scenario", "ansokan", "ar"]),
            models.CheckConstraint(name="scenariorad_inte_negativ", condition=Q(kronor__gte=0)),
            models.CheckConstraint(name="scenariorad_ar_beslutad", condition=~Q(kategori="ej_beslutat")),
        ]

    def __str__(self):
        return f"{self.ansokan} {self.ar}"
