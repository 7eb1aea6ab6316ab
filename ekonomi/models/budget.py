"""A budget year: what the association gets, what it carries over, and its lines."""

from django.db import models
from django.db.models import Q

from insatser.models import Insats
from samordning.karna.models import Versionerad

FORSTA_AR, SISTA_AR = 2000, 2100


class Verksamhetsar(Versionerad):
    """A calendar year of the association, in kronor."""

    ar = models.PositiveSmallIntegerField(
        "år", unique=True, error_messages={"unique": "Det året finns redan. Öppna det i listan och ändra där."}
    )
    tilldelning = models.DecimalField(
        "tilldelning", max_digits=12, decimal_places=2, help_text="Allt som medlemmarna betalar för året."
    )
    ovriga_intakter = models.DecimalField(
        "övriga intäkter", max_digits=12, decimal_places=2, default=0, help_text="Till exempel projektmedel."
    )
    eget_kapital_in = models.DecimalField(
        "eget kapital vid årets början", max_digits=12, decimal_places=2, default=0,
        help_text="Det som förs över från året före.",
    )  # fmt: skip

    class Meta:
        verbose_name = "verksamhetsår"
        verbose_name_plural = "verksamhetsår"
        ordering = ["-ar"]
        constraints = [
            models.CheckConstraint(
                name="verksamhetsar_rimligt_ar",
                condition=Q(ar__range=(FORSTA_AR, SISTA_AR)),
                violation_error_message=f"Året ska vara mellan {FORSTA_AR} och {SISTA_AR}. Kontrollera det.",
            ),
            models.CheckConstraint(
                name="verksamhetsar_inte_negativt",
                condition=Q(tilldelning__gte=0, ovriga_intakter__gte=0),
                violation_error_message="Tilldelning och intäkter kan inte vara negativa.",
            ),
        ]

    def __str__(self):
        return f"{self.ar}"


class Budgetpost(models.Model):
    """One line of a year's budget: a cost, or money that nobody has decided about yet."""

    class Kategori(models.TextChoices):
        INDIVID = "individ", "Individinriktad insats"
        STRUKTUR = "struktur", "Strukturinriktad insats"
        LEDNING = "ledning", "Ledning och administration"
        OVRIGT = "ovrigt", "Övrigt"
        EJ_BESLUTAT = "ej_beslutat", "Ej beslutat"

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="poster")
    ordning = models.PositiveSmallIntegerField(default=0)
    rubrik = models.CharField("rad", max_length=120)
    kategori = models.CharField("kategori", max_length=12, choices=Kategori)
    insats = models.ForeignKey(
        Insats, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="insats"
    )
    belopp = models.DecimalField("belopp", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "budgetpost"
        verbose_name_plural = "budgetposter"
        ordering = ["ordning", "pk"]
        constraints = [
            models.CheckConstraint(
                name="budgetpost_inte_negativ",
                condition=Q(belopp__gte=0),
                violation_error_message="Skriv kostnaden utan minustecken.",
            )
        ]

    def __str__(self):
        return self.rubrik
