"""A stay of one person in one insats, and what staff know at its start and exit."""

import datetime
import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from insatser.models import Insats, Medarbetare
from remisser.models import Deltagare, Kon, Remiss
from samordning.karna.krypto import KrypteratFalt
from samordning.karna.models import Importkorning, Kodrad, Part, Roll, Versionerad
from samordning.karna.models.anvandare import TsDag

# An open stay ends here in the figures' index, so that one comparison serves open and ended stays.
ALDRIG = datetime.date(9999, 12, 31)


class Tillfalle(models.TextChoices):
    START = "start", "Start"
    SLUT = "slut", "Avslut"


class Avslutsorsak(Kodrad):
    """Why a stay ended (rapportdefinitioner.md 7.0)."""

    class Grupp(models.TextChoices):
        POSITIVT = "positivt", "Positivt"
        OVRIGT = "ovrigt", "Övrigt"
        NEUTRALT = "neutralt", "Neutralt"
        FEL = "fel", "Felregistrering"

    FORSAMRAD_HALSA = "forsamrad_halsa"  # X3 counts this code

    grupp = models.CharField("grupp", max_length=10, choices=Grupp)
    till_arbete_mm = models.BooleanField("till arbete, studier eller jobbsökande", default=False)

    class Meta(Kodrad.Meta):
        verbose_name = "avslutsorsak"
        verbose_name_plural = "avslutsorsaker"
        constraints = [
            *Kodrad.Meta.constraints,
            models.CheckConstraint(
                name="avslutsorsak_arbete_ar_positivt", condition=Q(till_arbete_mm=False) | Q(grupp="positivt")
            ),
        ]


class DeltagandeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The listed staff of the insats, nobody else (beslut.md 1). Mirrors `policies.can_view_deltagande`."""
        if not user.har_roll(Roll.INSATSPERSONAL):
            return self.none()
        return self.filter(insats__in=Medarbetare.objects.pagaende().filter(anvandare=user).values("insats"))

    def for_lista(self):
        """Everything that a row of the insats' own list shows, those who are there now first."""
        lagen = models.Prefetch("lagen", Lage.objects.order_by("tillfalle"))
        return (
            self.select_related("insats", "avslutsorsak", "deltagare", "remiss")
            .prefetch_related(lagen)
            .order_by("-slut_eller_aldrig", "-start", "-pk")
        )


class Deltagande(Versionerad):
    """One stay: `start` to `slut`, both included; open when `slut` is empty.

    An anonymous one has sex and start year only, and no person. `felregistrerad` repeats the group of the exit code,
    because the rule against overlaps and the figures' index cannot look at another table.
    """

    class Remittentslag(models.TextChoices):
        FK = "FK", "Försäkringskassan"
        AF = "AF", "Arbetsförmedlingen"
        KOMMUN = "KOMMUN", "Kommun"
        REGION = "REGION", "Region"
        VARD = "VARD", "Vården"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    remiss = models.OneToOneField(
        Remiss, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="remiss"
    )
    deltagare = models.ForeignKey(
        Deltagare, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="deltagare"
    )
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    start = models.DateField("start", null=True)
    slut = models.DateField("avslut", null=True, blank=True)
    slut_eller_aldrig = models.GeneratedField(
        expression=Coalesce("slut", Value(ALDRIG)), output_field=models.DateField(), db_persist=True
    )
    avslutsorsak = models.ForeignKey(
        Avslutsorsak, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avslutsorsak"
    )
    felregistrerad = models.BooleanField(default=False, editable=False)
    anonym = models.BooleanField("anonym", default=False)
    anonym_kon = models.CharField(max_length=1, choices=Kon, blank=True)
    anonym_startar = models.PositiveSmallIntegerField(null=True)
    skyddad = models.BooleanField("skyddade uppgifter", default=False)
    kommun = models.CharField("folkbokföringskommun", max_length=4, blank=True)
    remittentslag = models.CharField("remittent", max_length=10, choices=Remittentslag, blank=True)
    remittent = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Who it is: the insats' own copy from the start (beslut.md 3). A protected person has only the local code on paper.
    namn = KrypteratFalt("namn")
    personnummer = KrypteratFalt("personnummer")
    adress = KrypteratFalt("adress")
    telefon = KrypteratFalt("telefon")
    epost = KrypteratFalt("e-post")
    lokal_kod = models.CharField("insatsens egen kod", max_length=12, blank=True, db_default="")
    importkorning = models.ForeignKey(
        Importkorning, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    kalla = models.CharField("källa", max_length=60, blank=True, editable=False)
    externt_id = models.CharField("radens id i källan", max_length=60, blank=True, editable=False)
    innehall = models.BinaryField(max_length=32, null=True, editable=False)

    objects = DeltagandeQuerySet.as_manager()

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        constraints = [
            models.CheckConstraint(
                name="deltagande_slut_efter_start",
                condition=Q(slut=None) | Q(slut__gte=F("start")),
                violation_error_message="Avslutet kan inte vara före starten.",
            ),
            models.CheckConstraint(
                name="deltagande_orsak_kraver_slut",
                condition=Q(avslutsorsak=None) | Q(slut__isnull=False),
                violation_error_message="En avslutsorsak kräver ett avslutsdatum.",
            ),
            models.CheckConstraint(
                name="deltagande_anonym_bara_kon_och_ar",
                condition=Q(
                    anonym=False, deltagare__isnull=False, start__isnull=False, anonym_kon="", anonym_startar=None
                )
                | Q(
                    anonym=True, deltagare=None, start=None, slut=None, avslutsorsak=None, skyddad=False, kommun="",
                    remittentslag="", remittent=None, anonym_startar__isnull=False, anonym_kon__in=Kon.values,
                ),
            ),
            models.CheckConstraint(
                name="deltagande_skyddad_utan_plats",
                condition=Q(skyddad=False)
                | Q(
                    kommun="", remittentslag="", remittent=None, remiss=None, namn=None, personnummer=None, adress=None,
                    telefon=None, epost=None,
                ),
                violation_error_message="För en person med skyddade uppgifter sparas inget som pekar ut personen.",
            ),
            models.UniqueConstraint(
                name="deltagande_en_rad_per_kalla",
                fields=["kalla", "externt_id"],
                condition=~Q(externt_id=""),
            ),
            # Exit and re-entry on the same day is an overlap (7.3).
            ExclusionConstraint(
                name="deltagande_overlappar_inte",
                expressions=[
                    ("deltagare", RangeOperators.EQUAL),
                    ("insats", RangeOperators.EQUAL),
                    (TsDag(F("start"), F("slut"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(anonym=False, felregistrerad=False),
                violation_error_message="Personen är redan inskriven i insatsen under en del av tiden.",
            ),
        ]  # fmt: skip
        indexes = [
            # What a period asks for: not ended before it, not begun after it.
            models.Index(
                fields=["slut_eller_aldrig", "start"],
                include=["insats", "deltagare", "slut", "avslutsorsak"],
                condition=Q(anonym=False, felregistrerad=False),
                name="deltagande_period",
            ),
            # First start ever (U4), and an earlier stay in the same insats (U5).
            models.Index(
                fields=["deltagare", "start"],
                include=["insats", "slut"],
                condition=Q(anonym=False, felregistrerad=False),
                name="deltagande_historik",
            ),
            models.Index(fields=["anonym_startar"], condition=Q(anonym=True), name="deltagande_anonyma"),
        ]

    def __str__(self):
        return f"Deltagande {self.uuid}"

    @property
    def visat_namn(self):
        """What the insats' own staff know the person by."""
        return self.namn or self.lokal_kod or "Utan namn"

    @property
    def pagar(self):
        return self.slut is None


class Lage(models.Model):
    """Facts at start or exit that staff see: hours a week and what the person lives on.

    `forsorjning` is the main code; VES when the person would rather not say; empty when it was not collected.
    """

    deltagande = models.ForeignKey(Deltagande, on_delete=models.CASCADE, related_name="lagen")
    tillfalle = models.CharField("tillfälle", max_length=5, choices=Tillfalle)
    datum = models.DateField("datum", null=True, blank=True)
    timmar = models.DecimalField("timmar i veckan", max_digits=4, decimal_places=2, null=True, blank=True)
    forsorjning = models.CharField("försörjning", max_length=30, blank=True)

    class Meta:
        verbose_name = "läge"
        verbose_name_plural = "lägen"
        constraints = [
            models.UniqueConstraint(
                name="lage_ett_per_tillfalle",
                fields=["deltagande", "tillfalle"],
                include=["datum", "timmar", "forsorjning"],
            ),
            models.CheckConstraint(
                name="lage_timmar_0_till_60",
                condition=Q(timmar=None) | Q(timmar__range=(0, 60)),
                violation_error_message="Timmarna ska vara mellan 0 och 60 i veckan.",
            ),
        ]

    def __str__(self):
        return f"{self.get_tillfalle_display()}"


class Forsorjningsandel(models.Model):
    """How much of what somebody lives on comes from one source (F2). `Lage.forsorjning` is the largest of them."""

    lage = models.ForeignKey(Lage, on_delete=models.CASCADE, related_name="andelar")
    kod = models.CharField("försörjning", max_length=30)
    procent = models.PositiveSmallIntegerField("procent")

    class Meta:
        verbose_name = "försörjningsandel"
        verbose_name_plural = "försörjningsandelar"
        constraints = [
            models.UniqueConstraint(name="forsorjningsandel_en_per_kod", fields=["lage", "kod"]),
            models.CheckConstraint(
                name="forsorjningsandel_hogst_120",
                condition=Q(procent__range=(1, 120)),
                violation_error_message="Procenten ska vara mellan 1 och 120.",
            ),
        ]

    def __str__(self):
        return f"{self.kod} {self.procent}"
