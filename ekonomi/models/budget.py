"""A budget year: what the association gets, what it carries over, its lines, and the budget as it was decided."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from insatser.models import Insats
from moten.models import Punkt
from samordning.karna.flode import Flode
from samordning.karna.kalender import nu
from samordning.karna.models import Part, Versionerad

FORSTA_AR, SISTA_AR = 2000, 2100


class Verksamhetsar(Versionerad, Flode):
    """A calendar year of the association, in kronor. What is decided or closed is locked by triggers (0004)."""

    class Lage(models.TextChoices):
        PRELIMINAR = "preliminar", "Preliminär"
        FASTSTALLD = "faststalld", "Fastställd"
        REVIDERAS = "revideras", "Revideras"
        AVSLUTAT = "avslutat", "Avslutat"

    OVERGANGAR = {
        "faststall": ({Lage.PRELIMINAR, Lage.REVIDERAS}, Lage.FASTSTALLD),
        "revidera": ({Lage.FASTSTALLD}, Lage.REVIDERAS),
        "avsluta": ({Lage.FASTSTALLD}, Lage.AVSLUTAT),
    }
    SKRIVBARA = (Lage.PRELIMINAR, Lage.REVIDERAS)

    ar = models.PositiveSmallIntegerField(
        "år", unique=True, error_messages={"unique": "Det året finns redan. Öppna det i listan och ändra där."}
    )
    tilldelning = models.DecimalField(
        "tilldelning", max_digits=12, decimal_places=2, help_text="Allt som medlemmarna betalar för året."
    )
    ovriga_intakter = models.DecimalField(
        "övriga intäkter", max_digits=12, decimal_places=2, default=0, help_text="Till exempel projektmedel."
    )
    ovriga_vad = models.CharField(
        "vad de övriga intäkterna är", max_length=80, blank=True, default="", db_default="",
        help_text="Så som det ska stå i budgeten.",
    )  # fmt: skip
    eget_kapital_in = models.DecimalField(
        "eget kapital vid årets början", max_digits=12, decimal_places=2, default=0,
        help_text="Det som förs över från året före.",
    )  # fmt: skip
    lage = models.CharField(
        "läge", max_length=12, choices=Lage, default=Lage.PRELIMINAR, db_default=Lage.PRELIMINAR, editable=False
    )
    # Why a decided budget is being changed; printed in the next version.
    skal = models.TextField("varför budgeten ändras", blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = "budgeten"
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

    @property
    def skrivbar(self):
        """Whether lines and sums may be changed now."""
        return self.lage in self.SKRIVBARA


class Medlemsbidrag(models.Model):
    """What one member pays for the year (lag 2003:1210 5 §). When there are any, the year's allocation is their sum."""

    class Slag(models.TextChoices):
        STAT = "stat", "Staten"
        REGION = "region", "Regionen"
        KOMMUN = "kommun", "Kommun"

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="bidrag")
    ordning = models.PositiveSmallIntegerField(default=0)
    slag = models.CharField("slag", max_length=6, choices=Slag)
    namn = models.CharField("medlem", max_length=120)
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="part"
    )
    # Of the municipalities' quarter, percent.
    nyckel = models.DecimalField("andel i procent", max_digits=6, decimal_places=3, null=True, blank=True)
    belopp = models.DecimalField("belopp", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "medlemsbidrag"
        verbose_name_plural = "medlemsbidrag"
        ordering = ["ordning", "pk"]
        constraints = [
            models.UniqueConstraint(name="medlemsbidrag_en_gang", fields=["verksamhetsar", "namn"]),
            models.CheckConstraint(name="medlemsbidrag_inte_negativt", condition=Q(belopp__gte=0)),
        ]

    def __str__(self):
        return self.namn


class Budgetpost(models.Model):
    """One line of a year's budget: a cost, or money that nobody has decided about yet."""

    class Kategori(models.TextChoices):
        INDIVID = "individ", "Individinriktad insats"
        STRUKTUR = "struktur", "Strukturinriktad insats"
        LEDNING = "ledning", "Ledning"
        LEDNING_ADMIN = "ledning_adm", "Ledning/administration"
        OVRIGT = "ovrigt", "Övrigt"
        EJ_BESLUTAT = "ej_beslutat", "Ej beslutat"

    class Block(models.TextChoices):
        """Where in the table a line stands; each block has its sum."""

        LEDNING = "ledning", "Ledning"
        INSATSER = "insatser", "Insatser"
        OVRIGT = "ovrigt", "Övrigt"

    class Kolumn(models.TextChoices):
        FOREGAENDE = "foregaende", "Utfallet året före"
        BUDGET = "budget", "Budgeten"

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="poster")
    ordning = models.PositiveSmallIntegerField(default=0)
    block = models.CharField(
        "del av budgeten", max_length=10, choices=Block, default=Block.INSATSER, db_default=Block.INSATSER
    )
    rubrik = models.CharField("rad", max_length=120)
    kategori = models.CharField("kategori", max_length=12, choices=Kategori)
    insats = models.ForeignKey(
        Insats, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="insats"
    )
    sida = models.CharField("sida i verksamhetsplanen", max_length=20, blank=True, default="", db_default="")
    belopp = models.DecimalField("belopp", max_digits=12, decimal_places=2)
    foregaende = models.DecimalField(
        "utfall året före",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Preliminärt tills bokslutet.",
    )
    # Columns where the amount is shown within parentheses and not counted (doman.md M081).
    memo = ArrayField(
        models.CharField(max_length=10, choices=Kolumn), default=list, db_default=[], blank=True,
        verbose_name="visas utan att räknas",
    )  # fmt: skip
    ny = models.BooleanField("ny i år", default=False, db_default=False)
    avslutas = models.BooleanField("avslutas", default=False, db_default=False)
    # A line that is both: so many percent are individual, the rest structural. Empty counts wholly in its category.
    andel_individ = models.DecimalField(
        "individinriktad del i procent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    # A cost that several associations share: `belopp` is this one's part of it (doman.md M066).
    gemensamt_totalt = models.DecimalField(
        "hela kostnaden, alla förbund", max_digits=12, decimal_places=2, null=True, blank=True
    )
    gemensam_andel = models.DecimalField("vår andel i procent", max_digits=6, decimal_places=3, null=True, blank=True)
    kommentar = models.TextField("kommentar", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "budgetpost"
        verbose_name_plural = "budgetposter"
        ordering = ["ordning", "pk"]
        constraints = [
            models.CheckConstraint(
                name="budgetpost_inte_negativ",
                condition=Q(belopp__gte=0),
                violation_error_message="Skriv kostnaden utan minustecken.",
            ),
            models.CheckConstraint(
                name="budgetpost_andel_individ",
                condition=Q(andel_individ=None)
                | Q(andel_individ__range=(0, 100), kategori__in=["individ", "struktur"]),
                violation_error_message="Bara en individ- eller strukturinriktad rad kan delas, 0 till 100 procent.",
            ),
            models.CheckConstraint(
                name="budgetpost_gemensam",
                condition=Q(gemensamt_totalt=None, gemensam_andel=None)
                | Q(gemensamt_totalt__gte=0, gemensam_andel__range=(0, 100)),
                violation_error_message="Skriv både hela kostnaden och vår andel, 0 till 100 procent.",
            ),
        ]

    def __str__(self):
        return self.rubrik


class Budgetversion(models.Model):
    """The budget as it was decided: the whole report, frozen. A later one replaces it; none is ever changed."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="versioner")
    nr = models.PositiveSmallIntegerField()
    varden = models.JSONField(encoder=DjangoJSONEncoder)
    skal = models.TextField("varför den ändrades", blank=True)
    beslutad = models.DateField("beslutad")
    paragraf = models.CharField("paragraf", max_length=20)
    punkt = models.ForeignKey(Punkt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "budgetversion"
        verbose_name_plural = "budgetversioner"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="budgetversion_nr", fields=["verksamhetsar", "nr"])]

    def __str__(self):
        return "Fastställd budget" if self.nr == 1 else f"Reviderad budget {self.nr - 1}"
