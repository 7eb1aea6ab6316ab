"""Who takes part: one row per person in the association, holding only what the figures need."""

import uuid

from django.db import models, transaction
from django.db.models import Q

from samordning.karna import krypto


class Kon(models.TextChoices):
    KVINNA = "K", "Kvinna"
    MAN = "M", "Man"
    ANNAT = "O", "Annat eller okänt"


class DeltagareManager(models.Manager):
    @transaction.atomic
    def for_nummer(self, personnummer, kon=""):
        """The person of a checked number (karna.personnummer), made when new. Without a number always a new one.

        Nothing outside may tell which it was (beslut.md 3). `kon` is what the person says, else the number's.
        """
        if personnummer is None:
            return self.create(kon=kon or Kon.ANNAT)
        varden = {"kon": kon or personnummer.kon, "fodelsear": personnummer.fodelsear}
        lookup = krypto.uppslag("personnummer", personnummer.tolv)
        return self._som_galler(self.get_or_create(lookup=lookup, defaults=varden)[0].pk)

    def _som_galler(self, pk):
        """The row, or the one it was merged into; locked, so that it is not merged while the caller points at it."""
        rad = self.select_for_update(no_key=True).get(pk=pk)
        return self._som_galler(rad.ersatt_av_id) if rad.ersatt_av_id else rad


class Deltagare(models.Model):
    """A person. Nothing here names anybody: names and numbers lie encrypted on the case (beslut.md 3).

    `lookup` is `krypto.uppslag` of a personnummer, or of a pseudonym within its source. `ersatt_av` is set on a row
    that was merged into another and that nothing points at any more: its look-up still leads to the person.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lookup = models.BinaryField(max_length=32, unique=True, null=True, editable=False)
    kon = models.CharField("kön", max_length=1, choices=Kon, default=Kon.ANNAT)
    fodelsear = models.PositiveSmallIntegerField("födelseår", null=True, blank=True)
    skyddad = models.BooleanField("skyddade uppgifter", default=False)
    ersatt_av = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = DeltagareManager()

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
