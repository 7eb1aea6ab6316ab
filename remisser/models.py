"""Who takes part: one row per person in the association, holding only what the figures need."""

import uuid

from django.db import models
from django.db.models import Q

from samordning.karna.models import Kodrad


class Kon(models.TextChoices):
    KVINNA = "K", "Kvinna"
    MAN = "M", "Man"
    ANNAT = "O", "Annat eller okänt"


class Forsorjning(Kodrad):
    """What somebody lives on: the union of the codes of the two forms and of the import file (beslut.md 18)."""

    VES = "VES"  # not a code in the list: the person would rather not say
    BLANDAD = "BLANDAD"  # nor this: two sources are equally large
    EGEN = ("LON", "STUD")  # own support (F3)

    class Meta(Kodrad.Meta):
        verbose_name = "försörjning"
        verbose_name_plural = "försörjningar"


class Deltagare(models.Model):
    """A person. Nothing here names anybody: names and numbers lie encrypted on the case (beslut.md 3).

    `lookup` is `krypto.uppslag` of a personnummer, or of a pseudonym within its source.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lookup = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    kon = models.CharField("kön", max_length=1, choices=Kon, default=Kon.ANNAT)
    fodelsear = models.PositiveSmallIntegerField("födelseår", null=True, blank=True)
    skyddad = models.BooleanField("skyddade uppgifter", default=False)

    class Meta:
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"
        constraints = [
            models.CheckConstraint(
                name="deltagare_fodelsear_rimligt", condition=Q(fodelsear=None) | Q(fodelsear__range=(1900, 2100))
            )
        ]

    def __str__(self):
        return f"Deltagare {self.uuid}"
