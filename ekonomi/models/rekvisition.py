"""A requisition: a party asks for money that an agreement grants for a year (MB10)."""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import BooleanField, F, Func, Q

from insatser.models import Avtal
from samordning.karna.flode import Flode, OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Fil, Part, Roll, Versionerad

SER_ALLA = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM, Roll.REVISOR})
SKREV_SJALV = (
    "Du har skrivit i rekvisitionen och kan därför inte attestera den. Be någon annan på kansliet, förbundschefen "
    "eller ekonomen. Inget ändrades."
)
ATTESTERADE_FORST = "Du har redan attesterat. Den andra attesten ska göras av någon annan. Inget ändrades."


class Ingar(Func):
    """True when the first value is in the list that is the second."""

    arg_joiner = " = any("
    template = "(%(expressions)s))"
    output_field = BooleanField()


class RekvisitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_rekvisition` as a filter."""
        if user.har_roll(*SER_ALLA):
            return self
        egna = user.parter_som(Roll.PARTSFORETRADARE)
        if not egna:
            return self.none()
        som_part = Avtal.parter.through.objects.filter(part__in=egna).values("avtal")
        return self.filter(Q(avtal__in=som_part) | Q(avtal__huvudpart__in=egna))

    def galler(self):
        """Those that take of the granted sum: all but the withdrawn."""
        return self.exclude(lage=Rekvisition.Lage.ATERKALLAD)

    def att_attestera_for(self, user):
        """Those that wait for an attest that this user may give."""
        return (
            self.filter(lage__in=(Rekvisition.Lage.INSKICKAD, Rekvisition.Lage.ATTESTERAD_1))
            .exclude(skribenter__contains=[user.pk])
            .exclude(attest1_av=user, lage=Rekvisition.Lage.ATTESTERAD_1)
        )

    def for_lista(self):
        """Everything that a row shows, newest first. One query."""
        return self.select_related("avtal__insats", "mottagare").order_by("-ar", "-pk")


class Rekvisition(Flode, Versionerad):
    """Two different persons attest, and neither has written in it: the database sees to it."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        INSKICKAD = "inskickad", "Inskickad"
        ATTESTERAD_1 = "attesterad_1", "Attesterad av en"
        ATTESTERAD = "attesterad", "Attesterad"
        BETALD = "betald", "Betald"
        TILLBAKA = "tillbaka", "Skickad tillbaka"
        ATERKALLAD = "aterkallad", "Återkallad"

    class Period(models.TextChoices):
        H1 = "H1", "Första halvåret"
        H2 = "H2", "Andra halvåret"
        K1 = "K1", "Kvartal 1"
        K2 = "K2", "Kvartal 2"
        K3 = "K3", "Kvartal 3"
        K4 = "K4", "Kvartal 4"

    # The quarters that each period is made of.
    KVARTAL = {"H1": {1, 2}, "H2": {3, 4}, "K1": {1}, "K2": {2}, "K3": {3}, "K4": {4}}
    SKRIVBARA = (Lage.UTKAST, Lage.TILLBAKA)
    OVERGANGAR = {
        "skicka": ({Lage.UTKAST, Lage.TILLBAKA}, Lage.INSKICKAD),
        "attestera_forst": ({Lage.INSKICKAD}, Lage.ATTESTERAD_1),
        "attestera_sist": ({Lage.ATTESTERAD_1}, Lage.ATTESTERAD),
        "skicka_tillbaka": ({Lage.INSKICKAD, Lage.ATTESTERAD_1, Lage.ATTESTERAD}, Lage.TILLBAKA),
        "betala": ({Lage.ATTESTERAD}, Lage.BETALD),
        "aterkalla": ({Lage.UTKAST, Lage.INSKICKAD, Lage.TILLBAKA}, Lage.ATERKALLAD),
    }

    avtal = models.ForeignKey(Avtal, on_delete=models.PROTECT, editable=False, related_name="+")
    # The agreement's huvudpart when it was written: who is paid does not change with the agreement.
    mottagare = models.ForeignKey(Part, on_delete=models.PROTECT, editable=False, related_name="+")
    ar = models.PositiveSmallIntegerField("år")
    period = models.CharField("period", max_length=2, choices=Period)
    belopp = models.DecimalField("belopp i kronor", max_digits=12, decimal_places=2)
    specifikation = models.TextField("specifikation", blank=True)
    underlag = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lage = models.CharField("läge", max_length=12, choices=Lage, default=Lage.UTKAST, editable=False)
    # Everybody who wrote in it or sent it, also what was changed later.
    skribenter = ArrayField(models.BigIntegerField(), default=list, editable=False)
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    skapad = models.DateTimeField(default=nu, editable=False)
    inskickad = models.DateTimeField(null=True, editable=False)
    attest1_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    attest1 = models.DateTimeField(null=True, editable=False)
    attest2_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    attest2 = models.DateTimeField(null=True, editable=False)
    skal = models.TextField("skickades tillbaka för att", blank=True, editable=False)
    betald_dag = models.DateField("betald", null=True, editable=False)

    objects = RekvisitionQuerySet.as_manager()

    class Meta:
        verbose_name = "rekvisitionen"
        verbose_name_plural = "rekvisitioner"
        indexes = [
            models.Index(fields=["avtal", "ar"], name="rekvisition_avtal_ar"),
            models.Index(fields=["lage"], name="rekvisition_lage"),
            models.Index(fields=["-ar", "-id"], name="rekvisition_lista"),
        ]
        constraints = [
            models.CheckConstraint(
                name="rekvisition_belopp_over_noll",
                condition=Q(belopp__gt=0),
                violation_error_message="Beloppet ska vara större än noll.",
            ),
            models.UniqueConstraint(
                name="rekvisition_en_per_period",
                fields=["avtal", "ar", "period"],
                condition=~Q(lage="aterkallad"),
                violation_error_message="Det finns redan en rekvisition för perioden. Ändra eller återkalla den.",
            ),
            models.CheckConstraint(
                name="rekvisition_tva_attesterar",
                condition=Q(attest1_av=None) | Q(attest2_av=None) | ~Q(attest1_av=F("attest2_av")),
                violation_error_message=ATTESTERADE_FORST,
            ),
            models.CheckConstraint(
                name="rekvisition_skribent_attesterar_inte",
                condition=~Q(Ingar(F("attest1_av"), F("skribenter"))) & ~Q(Ingar(F("attest2_av"), F("skribenter"))),
                violation_error_message=SKREV_SJALV,
            ),
            models.CheckConstraint(
                name="rekvisition_attester_efter_lage",
                condition=(
                    Q(lage__in=["utkast", "inskickad", "tillbaka", "aterkallad"], attest1_av=None, attest2_av=None)
                    | Q(lage="attesterad_1", attest1_av__isnull=False, attest2_av=None)
                    | Q(lage__in=["attesterad", "betald"], attest1_av__isnull=False, attest2_av__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="rekvisition_betald_har_dag",
                condition=Q(lage="betald", betald_dag__isnull=False) | (~Q(lage="betald") & Q(betald_dag=None)),
            ),
        ]

    def __str__(self):
        return f"Rekvisition {self.pk}"

    @property
    def dagar(self):
        """(first day, last day) of the period."""
        kvartal = self.KVARTAL[self.period]
        manad = 3 * max(kvartal)
        return date(self.ar, 3 * min(kvartal) - 2, 1), date(self.ar, manad, monthrange(self.ar, manad)[1])

    @property
    def period_i_ord(self):
        """kvartal 1 2026"""
        return f"{self.get_period_display().lower()} {self.ar}"

    def skicka(self, *, av):
        self._overga("skicka", av=av, inskickad=nu(), skribenter=sorted({*self.skribenter, av.pk}), skal="")

    def attestera_forst(self, *, av):
        with transaction.atomic():
            self._kraver_annan(av)
            self._overga("attestera_forst", av=av, attest1_av=av, attest1=nu())

    def attestera_sist(self, *, av):
        with transaction.atomic():
            self._kraver_annan(av)
            self._overga("attestera_sist", av=av, attest2_av=av, attest2=nu())

    def skicka_tillbaka(self, *, av, skal):
        tomt = {"attest1_av": None, "attest1": None, "attest2_av": None, "attest2": None}
        self._overga("skicka_tillbaka", av=av, skal=skal, **tomt)

    def betala(self, *, av, dag):
        self._overga("betala", av=av, betald_dag=dag)

    def aterkalla(self, *, av):
        self._overga("aterkalla", av=av)

    def _kraver_annan(self, av):
        """Says in words what the constraints would refuse; asks the row as it is now, under its lock."""
        nu_ = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if av.pk in nu_.skribenter:
            raise OtillatenOvergang(SKREV_SJALV)
        if nu_.lage == self.Lage.ATTESTERAD_1 and nu_.attest1_av_id == av.pk:
            raise OtillatenOvergang(ATTESTERADE_FORST)


class Rekvisitionsrad(models.Model):
    """A cost that the sum is made of."""

    rekvisition = models.ForeignKey(Rekvisition, on_delete=models.PROTECT, related_name="rader")
    text = models.CharField("kostnad", max_length=120)
    belopp = models.DecimalField("belopp", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "kostnad"
        verbose_name_plural = "kostnader"
        ordering = ["pk"]

    def __str__(self):
        return self.text
