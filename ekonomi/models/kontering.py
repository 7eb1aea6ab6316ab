"""Which rows of the ledger belong to which line of the budget, and to which requisition (MC4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ekonomi.models.bok import Verifikationsrad
from ekonomi.models.budget import Budgetpost, Verksamhetsar
from ekonomi.models.rekvisition import Rekvisition
from samordning.karna.kalender import nu
from samordning.karna.models import Versionerad


class Konteringsregel(Versionerad):
    """Rows of these accounts, with this object where there is one, belong to a line. The first that fits counts."""

    class Mal(models.TextChoices):
        POST = "post", "En rad i budgeten"
        HUVUDMAN = "huvudman", "Intäkter från huvudmännen"
        OVRIGA = "ovriga", "Övriga intäkter"
        UTANFOR = "utanfor", "Räknas inte mot budgeten"

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="regler")
    ordning = models.PositiveSmallIntegerField(default=0)
    konto_fran = models.CharField("från konto", max_length=20)
    konto_till = models.CharField("till konto", max_length=20)
    dimension = models.CharField("dimension", max_length=20, blank=True, default="", db_default="")
    objekt = models.CharField("objekt", max_length=60, blank=True, default="", db_default="")
    mal = models.CharField("hör till", max_length=8, choices=Mal, default=Mal.POST)
    # A rule is nothing without its line, and what it caught is then shown as unmapped.
    post = models.ForeignKey(
        Budgetpost, on_delete=models.CASCADE, null=True, blank=True, related_name="regler", verbose_name="budgetens rad"
    )

    class Meta:
        verbose_name = "regeln"
        verbose_name_plural = "konteringsregler"
        ordering = ["ordning", "pk"]
        constraints = [
            models.CheckConstraint(
                name="konteringsregel_mal",
                condition=Q(mal="post", post__isnull=False) | (~Q(mal="post") & Q(post=None)),
            ),
            models.CheckConstraint(
                name="konteringsregel_objekt",
                condition=Q(dimension="", objekt="") | (~Q(dimension="") & ~Q(objekt="")),
                violation_error_message="Skriv både dimension och objekt, eller inget av dem.",
            ),
            models.UniqueConstraint(
                name="konteringsregel_en_gang",
                fields=["verksamhetsar", "konto_fran", "konto_till", "dimension", "objekt"],
                violation_error_message="Det finns redan en regel för samma konton och objekt. Ändra den i listan.",
            ),
        ]  # fmt: skip

    def __str__(self):
        konton = self.konto_fran if self.konto_fran == self.konto_till else f"{self.konto_fran}–{self.konto_till}"
        return f"{konton}, objekt {self.objekt}" if self.objekt else konton

    @property
    def malet(self):
        """What it leads to, in words."""
        return self.post.rubrik if self.post_id else self.get_mal_display()


class Bokkoppling(models.Model):
    """A requisition and the row of the ledger where it is booked: one of each."""

    rekvisition = models.OneToOneField(
        Rekvisition, on_delete=models.PROTECT, related_name="bokkoppling",
        error_messages={"unique": "Rekvisitionen är redan kopplad till en verifikation."},
    )  # fmt: skip
    rad = models.OneToOneField(
        Verifikationsrad, on_delete=models.PROTECT, related_name="koppling",
        error_messages={"unique": "Raden i bokföringen hör redan till en annan rekvisition."},
    )  # fmt: skip
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tid = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "koppling"
        verbose_name_plural = "kopplingar"

    def __str__(self):
        return f"Koppling {self.pk}"
