"""An insats as its sheet in the catalogue says, its contact persons, and the staff that are listed for it."""

import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.text import slugify

from samordning.karna.kalender import idag
from samordning.karna.models import Part, Versionerad
from samordning.karna.models.anvandare import UPPDRAGETS_DAGAR
from samordning.karna.models.part import SvenskOrdning

# How long the free places that somebody typed are taken to hold.
PLATSER_GALLER = datetime.timedelta(days=30)
HOGSTA_ALDER = 120
# Slugs that are the addresses of pages of their own.
UPPTAGNA_ADRESSER = {"ny", "grupper", "implementering", "nck"}


class InsatsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_insats` as a filter: unpublished sheets are the kansli's own."""
        if user.is_authenticated and user.ar_kansli:
            return self
        return self.filter(publicerad=True)

    def individinriktade(self):
        """What the outcome report counts."""
        return self.filter(inriktning=Insats.Inriktning.INDIVID)

    def pagaende(self, dag=None):
        """Not ended on a day (today unless given)."""
        return self.filter(Q(slut=None) | Q(slut__gte=dag or idag()))

    def med_gamla_platser(self):
        """Ongoing insatser with places whose free places nobody has confirmed lately."""
        har_platser = Q(inriktning=Insats.Inriktning.INDIVID) & (
            ~Q(tar_emot=Insats.TarEmot.INGEN) | Q(lediga_platser__isnull=False)
        )
        gamla = Q(platser_bekraftade=None) | Q(platser_bekraftade__lt=idag() - PLATSER_GALLER)
        return self.pagaende().filter(har_platser & gamla)

    def for_lista(self):
        """Everything a row of the catalogue shows, in Swedish order."""
        return self.select_related("agare__del_av").order_by(SvenskOrdning("namn"), "pk")


class InsatsManager(models.Manager.from_queryset(InsatsQuerySet)):
    def ledig_slug(self, namn):
        """The slug of a name, with -2, -3 ... when it is taken."""
        grund = slugify(namn)[:80] or "insats"
        tagna = set(self.filter(slug__startswith=grund).values_list("slug", flat=True)) | UPPTAGNA_ADRESSER
        return next(s for n in range(1, len(tagna) + 3) if (s := grund if n == 1 else f"{grund}-{n}") not in tagna)


class Insats(Versionerad):
    """One insats, with everything that its sheet in the plan says (M105)."""

    class Inriktning(models.TextChoices):
        INDIVID = "individ", "Individinriktad"
        STRUKTUR = "struktur", "Strukturövergripande"

    class TarEmot(models.TextChoices):
        DIGITALT = "digitalt", "I systemet"
        PAPPER = "papper", "På papper"
        INGEN = "ingen", "Tar inte emot remisser"

    class Remittent(models.TextChoices):
        VARD = "vard", "Vården"
        AF = "af", "Arbetsförmedlingen"
        FK = "fk", "Försäkringskassan"
        KOMMUN = "kommun", "Kommunerna"

    class Grupp(models.TextChoices):
        SJUKSKRIVNA = "sjukskrivna", "Sjukskrivna"
        ARBETSSOKANDE = "arbetssokande", "Arbetssökande"
        UNGA = "unga", "Unga 16–29 år"
        PSYKISK = "psykisk", "Utmattning och psykisk ohälsa"
        SPRAK = "sprak", "Behov av språkstöd"
        PERSONAL = "personal", "Personal hos parterna"

    class Upplagg(models.TextChoices):
        NATUR = "natur", "Naturnära"
        KARTLAGGNING = "kartlaggning", "Kartläggning"
        GRUPP = "grupp", "Grupp"
        ENSKILT = "enskilt", "Enskilda samtal"
        PRAKTIK = "praktik", "Arbetsträning"

    namn = models.CharField("namn", max_length=120, unique=True)
    slug = models.SlugField("adress", max_length=100, unique=True, editable=False)
    agare = models.ForeignKey(
        Part,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="arrangör",
        help_text="Den part som driver insatsen.",
    )
    inriktning = models.CharField("inriktning", max_length=10, choices=Inriktning, default=Inriktning.INDIVID)
    aven_strukturell = models.BooleanField(
        "även strukturell", default=False, help_text="Insatsen förbättrar också hur parterna arbetar tillsammans."
    )
    skaraborgsgemensam = models.BooleanField(
        "gemensam för hela Skaraborg", default=False, help_text="Kostnaden delas mellan förbunden i Skaraborg."
    )
    orter = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="kommuner")
    grupper = ArrayField(
        models.CharField(max_length=20, choices=Grupp), default=list, blank=True, verbose_name="passar för"
    )
    upplagg = ArrayField(
        models.CharField(max_length=20, choices=Upplagg), default=list, blank=True, verbose_name="upplägg"
    )
    sammanfattning = models.CharField("kort beskrivning", max_length=300, blank=True)
    beskrivning = models.TextField("det här händer", blank=True)
    metod = models.TextField("metod", blank=True)
    bakgrund = models.TextField("bakgrund", blank=True)
    malgrupp = models.TextField("målgrupp", blank=True)
    mal = models.TextField("mål och förväntat resultat", blank=True)
    omfattning = models.CharField("omfattning", max_length=200, blank=True)
    tid_i_insats = models.CharField("tid i insatsen", max_length=200, blank=True)
    min_veckor = models.PositiveSmallIntegerField("kortaste tid i veckor", null=True, blank=True)
    max_veckor = models.PositiveSmallIntegerField("längsta tid i veckor", null=True, blank=True)
    alder_fran = models.PositiveSmallIntegerField(
        "ålder från", null=True, blank=True, validators=[MaxValueValidator(HOGSTA_ALDER)]
    )
    alder_till = models.PositiveSmallIntegerField(
        "ålder till", null=True, blank=True, validators=[MaxValueValidator(HOGSTA_ALDER)]
    )
    remittenter = ArrayField(
        models.CharField(max_length=10, choices=Remittent),
        default=list,
        blank=True,
        verbose_name="vem som får remittera",
    )
    tar_emot = models.CharField("remisser", max_length=10, choices=TarEmot, default=TarEmot.INGEN)
    # M188: an insats may have a form of its own instead of Bilaga 1.
    egen_blankett = models.ForeignKey(
        "karna.Fil", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    hitta_hit = models.TextField("hitta hit", blank=True)
    ovrigt = models.TextField("övrig information", blank=True)
    lankar = models.TextField("länkar", blank=True, help_text="En adress per rad.")
    start = models.DateField("startade", null=True, blank=True)
    slut = models.DateField("avslutas", null=True, blank=True)
    lediga_platser = models.PositiveSmallIntegerField("lediga platser", null=True, blank=True)
    platser_totalt = models.PositiveSmallIntegerField("platser i allt", null=True, blank=True)
    platser_bekraftade = models.DateField("lediga platser senast bekräftade", null=True, blank=True, editable=False)
    nasta_start = models.CharField("nästa start", max_length=120, blank=True)
    publicerad = models.BooleanField("visas i katalogen", default=False)
    kontakter = models.ManyToManyField(
        "karna.Kontakt", through="Insatskontakt", related_name="+", verbose_name="kontaktpersoner"
    )

    objects = InsatsManager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        indexes = [
            models.Index(SvenskOrdning("namn"), "id", name="insats_svensk_ordning"),
            GinIndex(
                OpClass(Upper("namn"), name="gin_trgm_ops"),
                name="insats_namn_trigram",
            ),
            GinIndex(fields=["orter"], name="insats_orter"),
            GinIndex(
                SearchVector("namn", "sammanfattning", "beskrivning", "malgrupp", "metod", config="swedish"),
                name="insats_sokord",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="insats_slut_efter_start",
                condition=Q(slut=None) | Q(start=None) | Q(slut__gte=F("start")),
                violation_error_message="Insatsen kan inte avslutas innan den startar.",
            ),
            models.CheckConstraint(
                name="insats_alder_till_efter_fran",
                condition=Q(alder_till=None) | Q(alder_fran=None) | Q(alder_till__gte=F("alder_fran")),
                violation_error_message="Den högsta åldern kan inte vara lägre än den lägsta.",
            ),
            models.CheckConstraint(
                name="insats_max_veckor_efter_min",
                condition=Q(max_veckor=None) | Q(min_veckor=None) | Q(max_veckor__gte=F("min_veckor")),
                violation_error_message="Den längsta tiden kan inte vara kortare än den kortaste.",
            ),
            models.CheckConstraint(
                name="insats_lediga_ryms",
                condition=Q(lediga_platser=None) | Q(platser_totalt=None) | Q(lediga_platser__lte=F("platser_totalt")),
                violation_error_message="De lediga platserna kan inte vara fler än platserna i allt.",
            ),
            models.CheckConstraint(
                name="insats_strukturell_tar_inte_emot",
                condition=Q(inriktning="individ") | Q(tar_emot="ingen"),
                violation_error_message="En strukturövergripande insats tar inte emot remisser.",
            ),
        ]

    def __str__(self):
        return self.namn

    @property
    def har_avslutats(self):
        return bool(self.slut and self.slut < idag())

    @property
    def platser_ar_gamla(self):
        """The free places are not to be trusted: nobody has confirmed them lately."""
        return self.platser_bekraftade is None or self.platser_bekraftade < idag() - PLATSER_GALLER


class Insatskontakt(models.Model):
    """A contact person of an insats, in the order that the page shows them."""

    insats = models.ForeignKey(Insats, on_delete=models.CASCADE, related_name="insatskontakter")
    kontakt = models.ForeignKey("karna.Kontakt", on_delete=models.PROTECT, related_name="+", verbose_name="kontakt")
    ordning = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["ordning", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="insatskontakt_en_gang",
                fields=["insats", "kontakt"],
                violation_error_message="Personen är redan kontaktperson för insatsen.",
            )
        ]

    def __str__(self):
        return str(self.kontakt)


class MedarbetareQuerySet(models.QuerySet):
    def pagaende(self, dag=None):
        dag = dag or idag()
        return self.filter(Q(till__gte=dag) | Q(till=None), fran__lte=dag)


class Medarbetare(models.Model):
    """A user who works in an insats between two dates. Only those listed here see its participants (beslut.md 1)."""

    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="medarbetare")
    anvandare = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="person"
    )
    fran = models.DateField("från och med", default=idag)
    till = models.DateField("till och med", null=True, blank=True)
    # M330: everybody who works with participants has NCK's basic course on violence.
    nck_kurs = models.DateField("NCK:s grundkurs om våld", null=True, blank=True)

    objects = MedarbetareQuerySet.as_manager()

    class Meta:
        verbose_name = "medarbetare"
        verbose_name_plural = "medarbetare"
        constraints = [
            models.CheckConstraint(
                name="medarbetare_slut_efter_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Slutdatumet är före startdatumet.",
            ),
            ExclusionConstraint(
                name="medarbetare_inte_dubbelt",
                expressions=[
                    ("insats", RangeOperators.EQUAL),
                    ("anvandare", RangeOperators.EQUAL),
                    (UPPDRAGETS_DAGAR, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen är redan medarbetare i insatsen de dagarna.",
            ),
        ]

    def __str__(self):
        return str(self.anvandare)
