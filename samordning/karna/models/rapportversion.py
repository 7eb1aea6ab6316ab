"""Reports that were counted once and kept. The work that made one is another thing (models/jobb.py)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from samordning.karna.flode import Flode
from samordning.karna.models.anvandare import Roll


class RapportversionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_rapportversion` as a filter (beslut.md 10)."""
        if user.ar_kansli:
            return self
        malgrupper = [Rapportversion.Malgrupp.PUBLIK]
        if user.har_roll(*Rapportversion.STYRELSENS_ROLLER):
            malgrupper.append(Rapportversion.Malgrupp.STYRELSE)
        return self.utgivna().filter(malgrupp__in=malgrupper)

    def utgivna(self):
        """Released, frozen or not."""
        return self.filter(lage__in=Rapportversion.UTGIVNA)

    def samma_bestallning(self, typ, parametrar):
        return self.filter(typ=typ, parametrar=parametrar)

    def overlappar(self, perioder):
        """Those that hold a day of any of the periods."""
        villkor = Q(pk__in=[])
        for period in perioder:
            villkor |= Q(fran__lte=period.till, till__gte=period.fran)
        return self.filter(villkor)

    def for_lista(self):
        """Without the figures, which a list does not show; the newest period and version first."""
        return self.defer("varden").order_by("-till", "-fran", "-version", "pk")


class Rapportversion(Flode):
    """A report for one audience as it was counted once. What is released keeps its figures; a frozen one never changes
    at all (triggers see to both)."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        GRANSKAD = "granskad", "Granskad"
        SLAPPT = "slappt", "Släppt"
        FASTSTALLD = "faststalld", "Fastställd"

    class Malgrupp(models.TextChoices):
        INTERN = "intern", "Intern"
        STYRELSE = "styrelse", "Styrelse och beredning"
        PUBLIK = "publik", "Publik"

    UTGIVNA = (Lage.SLAPPT, Lage.FASTSTALLD)
    STYRELSENS_ROLLER = frozenset(
        {Roll.BEREDNING, Roll.STYRELSE, Roll.EKONOM, Roll.REVISOR, Roll.PARTSFORETRADARE}
    )  # who reads with k = 3
    OVERGANGAR = {
        "granska": ({Lage.UTKAST}, Lage.GRANSKAD),
        "slapp": ({Lage.GRANSKAD}, Lage.SLAPPT),
        "faststall": ({Lage.SLAPPT}, Lage.FASTSTALLD),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    typ = models.CharField(max_length=30)
    parametrar = models.JSONField(default=dict)
    fran = models.DateField("från och med", null=True, help_text="First day of all its parts.")
    till = models.DateField("till och med", null=True, help_text="Last day of all its parts.")
    version = models.PositiveIntegerField()
    malgrupp = models.CharField("målgrupp", max_length=10, choices=Malgrupp)
    varden = models.JSONField()
    fingeravtryck = models.CharField(max_length=64)
    filer = models.ManyToManyField("karna.Fil", related_name="+")
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.UTKAST, editable=False)
    slappt = models.DateTimeField("släppt", null=True, editable=False)
    bestalld_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    objects = RapportversionQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        indexes = [models.Index(fields=["malgrupp", "lage", "fran", "till"], name="rapportversion_utgivna")]
        constraints = [
            models.UniqueConstraint(name="rapportversion_unik", fields=["typ", "parametrar", "malgrupp", "version"]),
            models.CheckConstraint(
                name="rapportversion_till_efter_fran", condition=Q(till=None) | Q(till__gte=F("fran"))
            ),
        ]

    def __str__(self):
        return f"{self.typ} version {self.version}"

    @property
    def ar_utgiven(self):
        return self.lage in self.UTGIVNA

    @property
    def ar_intern(self):
        return self.malgrupp == self.Malgrupp.INTERN

    def granska(self, *, av):
        self._overga("granska", av=av)

    def slapp(self, *, av, nar):
        self._overga("slapp", av=av, slappt=nar)

    def faststall(self, *, av):
        self._overga("faststall", av=av)
