"""What an agreement obliges to: conditions from the decision, and a report for each half-year."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from insatser.models.avtal import Avtal
from insatser.models.insats import Medarbetare
from moten.models import Beslut
from moten.models.arende import LASARE
from samordning.karna.flode import Flode
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Roll, Versionerad


class Villkor(Versionerad):
    """A condition of a grant, with the day when it is followed up (MB12)."""

    class Status(models.TextChoices):
        OPPET = "oppet", "Inte uppföljt"
        UPPFYLLT = "uppfyllt", "Uppfyllt"
        EJ_UPPFYLLT = "ej_uppfyllt", "Inte uppfyllt"

    beslut = models.ForeignKey(Beslut, on_delete=models.PROTECT, related_name="+")
    # Set when the agreement is made; then the condition follows it.
    avtal = models.ForeignKey(Avtal, on_delete=models.PROTECT, null=True, blank=True, related_name="alla_villkor")
    text = models.TextField("villkor")
    matetal = models.CharField("hur det mäts", max_length=200, blank=True)
    foljs_upp = models.DateField("följs upp senast")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.OPPET)
    uppfoljning = models.TextField("uppföljningen", blank=True)
    uppfoljt = models.DateField("uppföljt", null=True, blank=True)

    class Meta:
        verbose_name = "villkor"
        verbose_name_plural = "villkor"
        ordering = ["foljs_upp", "pk"]
        constraints = [
            models.CheckConstraint(
                name="villkor_uppfoljt_har_dag",
                condition=Q(status="oppet", uppfoljt=None) | (~Q(status="oppet") & Q(uppfoljt__isnull=False)),
                violation_error_message="Skriv vilken dag villkoret följdes upp.",
            )
        ]

    def __str__(self):
        return self.text


class LagesrapportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_lagesrapport` as a filter."""
        if user.ar_kansli:
            return self
        villkor = Q(pk__in=self.skrivs_av(user).values("pk"))
        if user.har_roll(*LASARE):
            villkor |= Q(lage__in=Lagesrapport.INLAMNADE)
        return self.filter(villkor)

    def skrivs_av(self, user):
        """Those that a user writes as listed staff or for a party: `policies.can_write_lagesrapport` but the kansli."""
        villkor = Q(avtal__in=Avtal.objects.for_parter(user).values("pk"))
        if user.har_roll(Roll.INSATSPERSONAL):
            egna = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
            villkor |= Q(avtal__insats__in=egna)
        return self.filter(villkor)

    def oppna(self):
        """To be written: not yet in, and not skipped."""
        return self.filter(lage__in=Lagesrapport.OPPNA)

    def sena(self, dag=None):
        return self.oppna().filter(senast__lt=dag or idag())


class Lagesrapport(Flode, Versionerad):
    """The insats' own half-year report for an agreement (MB9). Figures are not stored here: they are counted above."""

    class Lage(models.TextChoices):
        VANTAR = "vantar", "Inte påbörjad"
        UTKAST = "utkast", "Utkast"
        INLAMNAD = "inlamnad", "Inlämnad"
        GODKAND = "godkand", "Godkänd"
        HOPPAD = "hoppad", "Behövs inte"

    OVERGANGAR = {
        "paborja": ({Lage.VANTAR}, Lage.UTKAST),
        "lamna_in": ({Lage.VANTAR, Lage.UTKAST}, Lage.INLAMNAD),
        "godkann": ({Lage.INLAMNAD}, Lage.GODKAND),
        "skicka_tillbaka": ({Lage.INLAMNAD}, Lage.UTKAST),
        "hoppa": ({Lage.VANTAR, Lage.UTKAST}, Lage.HOPPAD),
        "aterstall": ({Lage.HOPPAD}, Lage.VANTAR),
    }
    INLAMNADE = (Lage.INLAMNAD, Lage.GODKAND)
    OPPNA = (Lage.VANTAR, Lage.UTKAST)
    TEXTER = ("genomfort", "resultat", "avvikelser", "ekonomi", "framat")

    avtal = models.ForeignKey(Avtal, on_delete=models.PROTECT, related_name="rapporter")
    fran = models.DateField("från och med")
    till = models.DateField("till och med")
    senast = models.DateField("lämnas senast")
    genomfort = models.TextField("det här har vi gjort", blank=True)
    resultat = models.TextField("resultat och lärdomar", blank=True)
    avvikelser = models.TextField("det som inte blev som planerat", blank=True)
    ekonomi = models.TextField("pengarna", blank=True)
    framat = models.TextField("framåt", blank=True)
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.VANTAR, editable=False)
    inlamnad = models.DateTimeField("lämnades in", null=True, editable=False)
    av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    kommentar = models.TextField("från kansliet", blank=True, editable=False)
    paminnelser = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = LagesrapportQuerySet.as_manager()

    class Meta:
        verbose_name = "lägesrapporten"
        verbose_name_plural = "lägesrapporter"
        ordering = ["-fran", "pk"]
        constraints = [
            models.UniqueConstraint(name="lagesrapport_en_per_period", fields=["avtal", "fran"]),
            models.CheckConstraint(name="lagesrapport_till_efter_fran", condition=Q(till__gte=F("fran"))),
        ]
        indexes = [models.Index(fields=["lage", "senast"], name="lagesrapport_sena")]

    def __str__(self):
        return f"Lägesrapport {self.fran} till {self.till}"

    @property
    def ar_sen(self):
        return self.lage in self.OPPNA and self.senast < idag()

    def paborja(self, *, av):
        self._overga("paborja", av=av)

    @transaction.atomic
    def lamna_in(self, *, av):
        """Who sent it is kept with the row."""
        self._overga("lamna_in", av=av, inlamnad=nu(), kommentar="")
        self.av = av
        self.save(update_fields=["av"])

    def godkann(self, *, av):
        self._overga("godkann", av=av)

    def skicka_tillbaka(self, *, av, kommentar):
        self._overga("skicka_tillbaka", av=av, inlamnad=None, kommentar=kommentar)

    def hoppa(self, *, av, skal):
        self._overga("hoppa", av=av, kommentar=skal)

    def aterstall(self, *, av):
        self._overga("aterstall", av=av, kommentar="")
