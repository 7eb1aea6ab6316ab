"""What a body decided about a case."""

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractYear

from moten.models.arende import Arende
from moten.models.organ import Organ
from samordning.karna.models import Versionerad


class BeslutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cases that the user may see."""
        return self.filter(arende__in=Arende.objects.visible_to(user))


class Beslut(Versionerad):
    """A decision with its §. The outcome is never changed; date, § and words may be corrected, with history."""

    class Utfall(models.TextChoices):
        BIFALL = "bifall", "Bifall"
        AVSLAG = "avslag", "Avslag"
        ATERREMISS = "aterremiss", "Återremiss"

    arende = models.ForeignKey(Arende, on_delete=models.PROTECT, related_name="alla_beslut")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="organ")
    datum = models.DateField("datum")
    paragraf = models.CharField("paragraf", max_length=20, help_text="Till exempel § 34.")
    utfall = models.CharField("beslut", max_length=12, choices=Utfall)
    motivering = models.TextField("beslutet med ord", blank=True)
    justerat = models.DateField("protokollet justerat", null=True, blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    objects = BeslutQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["-datum", "-pk"]
        constraints = [
            # A body numbers its decisions anew each year.
            models.UniqueConstraint(
                "organ",
                ExtractYear("datum"),
                "paragraf",
                name="beslut_paragraf_en_gang",
                violation_error_message="Organet har redan ett beslut med den paragrafen det året.",
            )
        ]

    def __str__(self):
        return f"{self.paragraf}/{self.datum.year}"
