"""The participants' own answers. A Skattning points at nobody: `Parnyckel` alone joins it to a stay.

It is read by `utfall.py` and `datakvalitet.py`, which count, and by `gallande.py`, which says which half counts; the
import and the two ways to answer write it. Hence no order or time of writing here either (beslut.md 5)."""

import uuid

from django.db import models
from django.db.models import F, Q

from samordning.karna.krypto import KrypteratFalt
from uppfoljning.models.deltagande import Deltagande, Tillfalle

VES = 0  # vill ej svara, where an answer is a number from 1 to 10


class Formular(models.Model):
    """A version of a questionnaire. A published one is never edited; a new wording is a new version."""

    kod = models.CharField("formulär", max_length=30)
    version = models.PositiveSmallIntegerField("version")
    namn = models.CharField("namn", max_length=120)
    fragor = models.JSONField("frågor", default=dict, blank=True)
    publicerat = models.DateField("publicerat", null=True)

    class Meta:
        verbose_name = "formulär"
        verbose_name_plural = "formulär"
        constraints = [models.UniqueConstraint(name="formular_en_version", fields=["kod", "version"])]

    def __str__(self):
        return f"{self.namn}, version {self.version}"


class Parnyckel(models.Model):
    """The key that pairs the start half and the exit half of one stay."""

    deltagande = models.OneToOneField(Deltagande, on_delete=models.CASCADE, primary_key=True, related_name="+")
    nyckel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "parnyckel"
        verbose_name_plural = "parnycklar"

    def __str__(self):
        return "Parnyckel"


class Skattning(models.Model):
    """One half of a self-assessment: answers 1-10, 0 = vill ej svara, null = not collected.

    `datum` only from paper and import; an answer on the web has the Monday of its week in `vecka`.
    `galler` marks the one half that counts when there are several (7.3).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    parnyckel = models.UUIDField(editable=False)
    tillfalle = models.CharField("tillfälle", max_length=5, choices=Tillfalle)
    formular = models.ForeignKey(Formular, on_delete=models.PROTECT, related_name="+")
    datum = models.DateField("datum", null=True, blank=True)
    vecka = models.DateField("veckans måndag", null=True, blank=True)
    galler = models.BooleanField(default=True, editable=False)
    halsa = models.PositiveSmallIntegerField("hälsa", null=True, blank=True)
    bemotande = models.PositiveSmallIntegerField("bemötande", null=True, blank=True)
    fritext = KrypteratFalt("med egna ord")
    sprak = models.CharField(
        "språk", max_length=12, default="sv", db_default="sv", help_text="sv, or sv-lattlast: easy Swedish."
    )

    class Meta:
        verbose_name = "skattning"
        verbose_name_plural = "skattningar"
        constraints = [
            models.UniqueConstraint(
                name="skattning_en_galler",
                fields=["parnyckel", "tillfalle"],
                condition=Q(galler=True),
                include=["datum", "vecka", "halsa", "bemotande"],
            ),
            models.CheckConstraint(name="skattning_halsa_0_till_10", condition=Q(halsa=None) | Q(halsa__range=(0, 10))),
            models.CheckConstraint(
                name="skattning_bemotande_0_till_10", condition=Q(bemotande=None) | Q(bemotande__range=(0, 10))
            ),
            models.CheckConstraint(name="skattning_datum_eller_vecka", condition=Q(datum=None) | Q(vecka=None)),
            models.CheckConstraint(
                name="skattning_vecka_ar_mandag", condition=Q(vecka=None) | Q(vecka__iso_week_day=1)
            ),
        ]
        indexes = [models.Index(F("parnyckel"), name="skattning_parnyckel")]

    def __str__(self):
        return f"Skattning {self.get_tillfalle_display()}"

    @property
    def tom(self):
        """Nothing is answered, not even that the person would rather not say."""
        return self.halsa is None and self.bemotande is None and not self.fritext

    @property
    def uuid(self):
        """What KrypteratFalt binds the ciphertext to."""
        return self.id
