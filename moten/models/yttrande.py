"""Opinions on a case, asked for in rounds: who is to answer, by when, what each answered (MB2)."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from moten.models.arende import Arende
from moten.models.organ import Organ
from samordning.karna.flode import Flode
from samordning.karna.kalender import nu
from samordning.karna.models import Kontakt, Part, Roll, Versionerad


class YttranderundaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_runda` as a filter."""
        egna = self.filter(arende__in=Arende.objects.visible_to(user))
        if user.ar_kansli or user.har_roll(Roll.BEREDNING):
            return egna
        return egna.filter(lage=Yttranderunda.Lage.STANGD)

    def med_antal(self):
        """With `antal` asked and `inne` given, for "3 av 5 inne"."""
        return self.annotate(
            antal=Count("yttranden"), inne=Count("yttranden", filter=~Q(yttranden__stallning=""))
        )  # fmt: skip


class Yttranderunda(Flode):
    """One asking: a body, or the parties, are to say what they think of a case by a day."""

    class Lage(models.TextChoices):
        OPPEN = "oppen", "Öppen"
        STANGD = "stangd", "Stängd"

    OVERGANGAR = {"stang": ({Lage.OPPEN}, Lage.STANGD)}

    arende = models.ForeignKey(Arende, on_delete=models.PROTECT, related_name="rundor")
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organ"
    )
    oppnad = models.DateTimeField(default=nu, editable=False)
    senast = models.DateField("svar senast")
    fraga = models.TextField("fråga", blank=True)
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.OPPEN, editable=False)
    stangd = models.DateTimeField(null=True, editable=False)
    sammanfattning = models.TextField("sammanfattning", blank=True)
    paminda = models.DateTimeField("påminnelse skickades", null=True, editable=False)

    objects = YttranderundaQuerySet.as_manager()

    class Meta:
        verbose_name = "yttranderundan"
        verbose_name_plural = "yttranderundor"
        ordering = ["-oppnad", "-pk"]
        constraints = [
            # One at a time: who is asked twice about the same case does not know which to answer.
            models.UniqueConstraint(
                name="yttranderunda_en_oppen",
                fields=["arende"],
                condition=Q(lage="oppen"),
                violation_error_message="Ärendet har redan en öppen runda. Stäng den först.",
            )
        ]

    def __str__(self):
        return f"Yttranden senast {self.senast}"

    def stang(self, *, av, sammanfattning):
        self._overga("stang", av=av, stangd=nu(), sammanfattning=sammanfattning)


class YttrandeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the rounds that the user may see: `policies.can_view_runda`."""
        return self.filter(runda__in=Yttranderunda.objects.visible_to(user))


class Yttrande(Versionerad):
    """What one group, party or member thinks. Made empty when it is asked for; locked when the round is closed."""

    class Stallning(models.TextChoices):
        TILLSTYRKER = "tillstyrker", "Tillstyrker"
        MEDSKICK = "medskick", "Tillstyrker med medskick"
        TVEKSAM = "tveksam", "Tveksam"
        AVSTYRKER = "avstyrker", "Avstyrker"
        ATERREMISS = "aterremiss", "Vill ha ärendet omarbetat"
        AVSTAR = "avstar", "Avstår"

    class Kalla(models.TextChoices):
        MOTE = "mote", "På mötet"
        SKRIFTLIGT = "skriftligt", "Skriftligt"

    runda = models.ForeignKey(Yttranderunda, on_delete=models.PROTECT, related_name="yttranden")
    # Exactly one of these says who: a group drawn at a meeting, a body, a party or a member.
    grupp = models.CharField("grupp", max_length=60, blank=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ledamot = models.ForeignKey(Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ordning = models.PositiveSmallIntegerField(default=0)
    stallning = models.CharField("ställning", max_length=15, choices=Stallning, blank=True)
    text = models.TextField("synpunkter", blank=True)
    kalla = models.CharField("lämnat", max_length=12, choices=Kalla, default=Kalla.MOTE)
    inkom = models.DateField("datum", null=True, blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = YttrandeQuerySet.as_manager()

    class Meta:
        verbose_name = "yttrande"
        verbose_name_plural = "yttranden"
        ordering = ["ordning", "pk"]
        constraints = [
            models.CheckConstraint(
                name="yttrande_en_avlamnare",
                condition=(
                    ~Q(grupp="") & Q(organ=None, part=None, ledamot=None)
                    | Q(grupp="", part=None, ledamot=None, organ__isnull=False)
                    | Q(grupp="", organ=None, ledamot=None, part__isnull=False)
                    | Q(grupp="", organ=None, part=None, ledamot__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="yttrande_inkom_nar_lamnat",
                condition=Q(stallning="", inkom=None) | (~Q(stallning="") & Q(inkom__isnull=False)),
                violation_error_message="Skriv vilken dag yttrandet lämnades.",
            ),
            models.UniqueConstraint(
                name="yttrande_en_per_part", fields=["runda", "part"], condition=Q(part__isnull=False)
            ),
            models.UniqueConstraint(
                name="yttrande_en_per_grupp", fields=["runda", "grupp"], condition=~Q(grupp="")
            ),
            models.UniqueConstraint(
                name="yttrande_ett_per_organ", fields=["runda", "organ"], condition=Q(organ__isnull=False)
            ),
            models.UniqueConstraint(
                name="yttrande_ett_per_ledamot", fields=["runda", "ledamot"], condition=Q(ledamot__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.avlamnare

    @property
    def sent(self):
        """Given after the round's last day."""
        return bool(self.inkom) and self.inkom > self.runda.senast

    @property
    def avlamnare(self):
        """Who it is from, in words."""
        return self.grupp or str(self.organ or self.part or self.ledamot)
