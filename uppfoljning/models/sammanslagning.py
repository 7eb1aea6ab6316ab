"""The log of merged persons: which two rows of `Deltagare` were one person, and what was moved between them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from insatser.models import Insats
from remisser.models import Deltagare
from samordning.karna.krypto import KrypteratFalt


class SammanslagningQuerySet(models.QuerySet):
    """Reached through a stay that the user may see, never by itself."""

    def gallande(self):
        return self.filter(uppdelad=None)

    def samma_person(self, deltagare_id):
        """The keys of all rows of Deltagare that merges have said are one person, `deltagare_id` among them.

        More than the row that is left: other insatser may have rows on the one that was left behind.
        """
        alla, nya = set(), {deltagare_id}
        while nya:
            alla |= nya
            par = self.gallande().filter(Q(kvar__in=nya) | Q(borta__in=nya)).values_list("kvar", "borta")
            nya = {pk for ett in par for pk in ett} - alla
        return alla


class Sammanslagning(models.Model):
    """Two rows of one person became one in an insats, and everything that is needed to divide them again.

    `kvar` is the row that the insats' stays point at afterwards; `deltaganden` and `remisser` are the keys of what
    was moved to it from `borta`. `fore` is {column of kvar: [before, after]}. `nummer` is {key of a stay: its number
    before} as JSON, encrypted; it is wiped with the person's other numbers.
    """

    class Skal(models.TextChoices):
        NYTT_NUMMER = "nytt_nummer", "Personen har fått ett annat nummer"
        UTAN_NUMMER = "utan_nummer", "Personen skrevs först in utan nummer"
        ATER = "ater", "Personen kom tillbaka och skrevs in som ny"
        ANNAT = "annat_samma", "Annat"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+")
    kvar = models.ForeignKey(Deltagare, on_delete=models.PROTECT, related_name="+")
    borta = models.ForeignKey(Deltagare, on_delete=models.PROTECT, related_name="+")
    skal = models.CharField("varför", max_length=12, choices=Skal)
    deltaganden = ArrayField(models.BigIntegerField())
    remisser = ArrayField(models.BigIntegerField())
    fore = models.JSONField(default=dict)
    nummer = KrypteratFalt("nummer före")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tid = models.DateTimeField(auto_now_add=True)
    uppdelad = models.DateTimeField("uppdelad igen", null=True, editable=False)
    uppdelad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SammanslagningQuerySet.as_manager()

    class Meta:
        verbose_name = "sammanslagning"
        verbose_name_plural = "sammanslagningar"
        constraints = [
            models.CheckConstraint(name="sammanslagning_av_tva", condition=~Q(kvar=F("borta"))),
            models.CheckConstraint(
                name="sammanslagning_uppdelad_av_nagon",
                condition=Q(uppdelad=None, uppdelad_av=None) | Q(uppdelad__isnull=False, uppdelad_av__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Sammanslagning {self.pk}"
