"""What people do together during a meeting on their own phones: groups that write, dots, and the evaluation.

Nothing here says who voted or answered what: a device's mark is kept apart from its answers, without times.
"""

import uuid

from django.db import models
from django.db.models import Q

from moten.models.mote import Mote, Narvaro
from moten.models.punkt import Punkt
from moten.models.yttrande import Yttrande
from samordning.karna.flode import Flode
from samordning.karna.models import Versionerad


class OppenStangd(models.TextChoices):
    UTKAST = "utkast", "Utkast"
    OPPEN = "oppen", "Öppen"
    STANGD = "stangd", "Stängd"


OPPNA_OCH_STANG = {
    "oppna": ({OppenStangd.UTKAST, OppenStangd.STANGD}, OppenStangd.OPPEN),
    "stang": ({OppenStangd.OPPEN}, OppenStangd.STANGD),
}


class Grupparbete(Flode):
    """An item that groups talk over, each writing on one phone (MA12). Its positions become opinions of the case."""

    Lage = OppenStangd
    OVERGANGAR = OPPNA_OCH_STANG

    punkt = models.OneToOneField(Punkt, on_delete=models.CASCADE, related_name="grupparbete")
    fragor = models.TextField("frågor till grupperna", blank=True)
    staller = models.BooleanField("grupperna tar ställning till ärendet", default=False)
    lage = models.CharField("läge", max_length=10, choices=OppenStangd, default=OppenStangd.UTKAST, editable=False)

    class Meta:
        verbose_name = "grupparbetet"
        verbose_name_plural = "grupparbeten"

    def __str__(self):
        return f"Grupparbete om {self.punkt}"


class Grupp(Versionerad):
    """One group and what it wrote."""

    arbete = models.ForeignKey(Grupparbete, on_delete=models.CASCADE, related_name="grupper")
    nr = models.PositiveSmallIntegerField()
    deltagare = models.ManyToManyField(Narvaro, related_name="+", verbose_name="i gruppen")
    stallning = models.CharField("ställning", max_length=15, choices=Yttrande.Stallning, blank=True)
    text = models.TextField("vad gruppen säger", blank=True)

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="grupp_nr", fields=["arbete", "nr"])]

    def __str__(self):
        return f"Grupp {self.nr}"


class Omrostning(Flode):
    """Dots on options: so many each, at most so many on one option (MA13)."""

    Lage = OppenStangd
    OVERGANGAR = OPPNA_OCH_STANG

    punkt = models.ForeignKey(Punkt, on_delete=models.CASCADE, related_name="omrostningar")
    fraga = models.CharField("fråga", max_length=200)
    prickar = models.PositiveSmallIntegerField("prickar var", default=2)
    per_alternativ = models.PositiveSmallIntegerField("högst så många på ett alternativ", null=True, blank=True)
    visas = models.BooleanField("deltagarna ser staplarna medan de röstar", default=False)
    lage = models.CharField("läge", max_length=10, choices=OppenStangd, default=OppenStangd.UTKAST, editable=False)

    class Meta:
        verbose_name = "omröstningen"
        verbose_name_plural = "omröstningar"
        constraints = [
            models.CheckConstraint(
                name="omrostning_rimliga_prickar",
                condition=Q(prickar__gte=1, prickar__lte=20) & (Q(per_alternativ=None) | Q(per_alternativ__gte=1)),
                violation_error_message="Var och en kan ha mellan 1 och 20 prickar.",
            )
        ]

    def __str__(self):
        return self.fraga


class Alternativ(models.Model):
    """An option. Merged into another after the vote, it keeps its own count: both are printed."""

    omrostning = models.ForeignKey(Omrostning, on_delete=models.CASCADE, related_name="alternativ")
    ordning = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("alternativ", max_length=200)
    sammanslaget_med = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="sammanslagna"
    )  # fmt: skip

    class Meta:
        verbose_name = "alternativ"
        verbose_name_plural = "alternativ"
        ordering = ["ordning", "pk"]
        constraints = [models.UniqueConstraint(name="alternativ_en_gang", fields=["omrostning", "text"])]

    def __str__(self):
        return self.text


class Valsedel(models.Model):
    """A device that has voted: `enhet` is a print of its own random mark. Changing one's mind replaces the dots."""

    omrostning = models.ForeignKey(Omrostning, on_delete=models.CASCADE, related_name="valsedlar")
    enhet = models.CharField(max_length=64)

    class Meta:
        verbose_name = "valsedel"
        verbose_name_plural = "valsedlar"
        constraints = [models.UniqueConstraint(name="valsedel_en_per_enhet", fields=["omrostning", "enhet"])]

    def __str__(self):
        return f"Valsedel {self.pk}"


class Prick(models.Model):
    """The dots that a ballot puts on an option."""

    valsedel = models.ForeignKey(Valsedel, on_delete=models.CASCADE, related_name="prickar")
    alternativ = models.ForeignKey(Alternativ, on_delete=models.CASCADE, related_name="prickar")
    antal = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "prick"
        verbose_name_plural = "prickar"
        constraints = [
            models.UniqueConstraint(name="prick_en_rad", fields=["valsedel", "alternativ"]),
            models.CheckConstraint(name="prick_minst_en", condition=Q(antal__gte=1)),
        ]

    def __str__(self):
        return f"{self.antal} på {self.alternativ}"


class Ordrunda(Flode):
    """A question that goes round the table, a few words from each (MA24): typed on the phones, or by who keeps the
    minutes in the order in which they are said. Unlike dots and evaluations it is said aloud, so nothing is secret."""

    Lage = OppenStangd
    OVERGANGAR = OPPNA_OCH_STANG

    punkt = models.OneToOneField(Punkt, on_delete=models.CASCADE, related_name="ordrunda")
    fraga = models.CharField("fråga", max_length=200)
    lage = models.CharField("läge", max_length=10, choices=OppenStangd, default=OppenStangd.UTKAST, editable=False)

    class Meta:
        verbose_name = "rundan"
        verbose_name_plural = "rundor"

    def __str__(self):
        return self.fraga


class Ordsvar(Versionerad):
    """What one person said. `enhet` is the print of the phone that wrote it, empty when it was written by hand."""

    runda = models.ForeignKey(Ordrunda, on_delete=models.CASCADE, related_name="svar")
    ordning = models.PositiveSmallIntegerField(default=0)
    namn = models.CharField("vem", max_length=80, blank=True)
    text = models.CharField("svar", max_length=200)
    enhet = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "svar i rundan"
        verbose_name_plural = "svar i rundan"
        ordering = ["ordning", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="ordsvar_ett_per_enhet", fields=["runda", "enhet"], condition=~Q(enhet="")
            )
        ]  # fmt: skip

    def __str__(self):
        return f"Svar {self.pk}"


class Utvardering(Flode):
    """Questions about a meeting, answered on the phone by who wants to; no answer says whose it is (MA14)."""

    MINST = 5  # answers before anything is shown

    Lage = OppenStangd
    OVERGANGAR = OPPNA_OCH_STANG

    mote = models.OneToOneField(Mote, on_delete=models.CASCADE, related_name="utvardering")
    lage = models.CharField("läge", max_length=10, choices=OppenStangd, default=OppenStangd.UTKAST, editable=False)

    class Meta:
        verbose_name = "utvärderingen"
        verbose_name_plural = "utvärderingar"

    def __str__(self):
        return f"Utvärdering av {self.mote}"


class Utvarderingsfraga(models.Model):
    """A question. The same text in another meeting is the same question: trends follow it."""

    class Slag(models.TextChoices):
        STJARNOR = "stjarnor", "Stjärnor, 1–5"
        JA_NEJ = "ja_nej", "Ja eller nej"
        ETT_ORD = "ett_ord", "Ett ord"
        OPPEN = "oppen", "Fritext"

    utvardering = models.ForeignKey(Utvardering, on_delete=models.CASCADE, related_name="fragor")
    ordning = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("fråga", max_length=200)
    slag = models.CharField("hur man svarar", max_length=10, choices=Slag, default=Slag.STJARNOR)
    far_hoppas = models.BooleanField("får hoppas över", default=True)

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["ordning", "pk"]
        constraints = [models.UniqueConstraint(name="utvarderingsfraga_en_gang", fields=["utvardering", "text"])]

    def __str__(self):
        return self.text


class Svarare(models.Model):
    """A device that has answered; its answers do not point to it."""

    utvardering = models.ForeignKey(Utvardering, on_delete=models.CASCADE, related_name="svarare")
    enhet = models.CharField(max_length=64)

    class Meta:
        verbose_name = "svarare"
        verbose_name_plural = "svarare"
        constraints = [models.UniqueConstraint(name="svarare_en_per_enhet", fields=["utvardering", "enhet"])]

    def __str__(self):
        return f"Svarare {self.pk}"


class Svar(models.Model):
    """One answer to one question; who skips it leaves no row, so n is the number of rows (M320).

    The key is random, so that the rows of one sending do not stand in a row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fraga = models.ForeignKey(Utvarderingsfraga, on_delete=models.CASCADE, related_name="svar")
    varde = models.PositiveSmallIntegerField(null=True)  # stars 1-5; ja 1, nej 0
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        constraints = [
            models.CheckConstraint(
                name="svar_varde_eller_text",
                condition=Q(varde__isnull=False, varde__lte=5, text="") | (Q(varde=None) & ~Q(text="")),
            )
        ]

    def __str__(self):
        return f"Svar {self.pk}"
