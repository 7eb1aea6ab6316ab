"""The annual wheel: rules that give each year its days, and the days of a year with who does what (MC7-MC9, MC12)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ekonomi.arshjul import Regel
from ekonomi.models.budget import FORSTA_AR, SISTA_AR
from moten.models import Mote, Organ, Punkt
from samordning.karna.flode import Flode
from samordning.karna.models import Roll, Versionerad


class Ring(models.TextChoices):
    """The rings of the wheel, from the outside in."""

    BEREDNING = "beredning", "Beredningsgrupp"
    PRESIDIUM = "presidium", "Presidium"
    STYRELSE = "styrelse", "Styrelse"
    EKONOMI = "ekonomi", "Ekonomi"
    UPPFOLJNING = "uppfoljning", "Uppföljning"
    KANSLI = "kansli", "Kansli"


class Hjulfakta(Versionerad):
    """What a rule and a day of a year have in common."""

    class Kalla(models.TextChoices):
        LAG = "lag", "Lag"
        FORBUNDSORDNING = "forbund", "Förbundsordningen"
        RUTIN = "rutin", "Egen rutin"

    class Koppling(models.TextChoices):
        """What the day is about; whether it is done is then seen there (`hjullagen.py`)."""

        INGEN = "", "Inget, den prickas av för hand"
        MOTE = "mote", "Mötet har hållits"
        KALLELSE = "kallelse", "Kallelsen är skickad"
        BOKFORING = "bokforing", "Bokföringen är inläst"
        BUDGET = "budget", "Budgeten är fastställd"
        PROGNOS = "prognos", "Prognosen är låst"
        HALVAR1 = "halvar1", "Rapporten för första halvåret är släppt"
        HALVAR2 = "halvar2", "Rapporten för andra halvåret är släppt"
        LAGE1 = "lage1", "Lägesrapporterna för första halvåret är inne"
        LAGE2 = "lage2", "Lägesrapporterna för andra halvåret är inne"
        PLAN = "plan", "Verksamhetsplanen är fastställd"
        DELAR = "delar", "Delårsbokslutet är fastställt"
        ARSREDOVISNING = "arsredov", "Årsredovisningen är fastställd"

    class Bestaller(models.TextChoices):
        """What happens by itself when the day comes (`hjulgang.py`)."""

        INGET = "", "Inget"
        FORSLAG = "forslag", "Punkten önskas på organets dagordning"
        HALVARSRAPPORT = "rapport", "Halvårsrapportens utkast görs den dagen"

    SOM_ANSVARAR = (Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM)

    rubrik = models.CharField("vad", max_length=120)
    ring = models.CharField("ring", max_length=12, choices=Ring)
    roll = models.CharField(
        "ansvarar", max_length=20, choices=[(r.value, r.label) for r in SOM_ANSVARAR], default=Roll.KANSLI.value
    )
    agare = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="person", help_text="Tomt: alla som har rollen.",
    )  # fmt: skip
    kalla = models.CharField("varför just då", max_length=8, choices=Kalla, default=Kalla.RUTIN)
    kalltext = models.CharField(
        "var det står", max_length=120, blank=True, help_text="Till exempel 12 § i förbundsordningen."
    )
    koppling = models.CharField("färdigt när", max_length=10, choices=Koppling, blank=True, default="")
    # Which year the thing is of, seen from the year of the wheel: the annual report is of the year before.
    avser = models.SmallIntegerField(
        "gäller", choices=[(-1, "året före"), (0, "samma år"), (1, "året efter")], default=0
    )
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organ"
    )
    bestaller = models.CharField("händer av sig självt", max_length=8, choices=Bestaller, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self):
        return self.rubrik


class Hjulregel(Hjulfakta):
    """How something gets its day each year (`arshjul.Regel` is the arithmetic)."""

    class Slag(models.TextChoices):
        FAST = "fast", "En bestämd dag"
        VECKODAG = "veckodag", "En viss veckodag i månaden"
        BORJAN = "borjan", "I början av månaden"
        MITTEN = "mitten", "I mitten av månaden"
        SLUTET = "slutet", "I slutet av månaden"
        MANAD = "manad", "Någon gång i månaden, dagen bestäms varje år"
        PERIOD = "period", "Från en dag till en annan"
        VECKAN_FORE = "veckan_fore", "Veckan före något annat"
        DAGAR = "dagar", "Ett antal dagar före eller efter något annat"

    MED_BAS = (Slag.VECKAN_FORE, Slag.DAGAR)

    slag = models.CharField("när", max_length=12, choices=Slag)
    manad = models.PositiveSmallIntegerField("månad", null=True, blank=True)
    dag = models.PositiveSmallIntegerField("dag", null=True, blank=True)
    # Which weekday of the month (1-4, 5 is the last), Monday is 0.
    vilken = models.PositiveSmallIntegerField("vilken i månaden", null=True, blank=True)
    veckodag = models.PositiveSmallIntegerField("veckodag", null=True, blank=True)
    slut_manad = models.PositiveSmallIntegerField("till månad", null=True, blank=True)
    slut_dag = models.PositiveSmallIntegerField("till dag", null=True, blank=True)
    bas = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="foljer", verbose_name="räknas från"
    )
    antal = models.SmallIntegerField("antal dagar", null=True, blank=True, help_text="Minus före, plus efter.")
    arbetsdagar = models.BooleanField("bara arbetsdagar räknas", default=False)
    aktiv = models.BooleanField("används", default=True)

    class Meta:
        verbose_name = "regeln"
        verbose_name_plural = "regler i årshjulet"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="hjulregel_bas",
                condition=Q(slag__in=["veckan_fore", "dagar"], bas__isnull=False)
                | (~Q(slag__in=["veckan_fore", "dagar"]) & Q(bas=None)),
                violation_error_message="Välj vad dagen räknas från.",
            ),
            models.CheckConstraint(
                name="hjulregel_manad",
                condition=Q(slag__in=["veckan_fore", "dagar"]) | Q(manad__range=(1, 12)),
                violation_error_message="Välj månad.",
            ),
            models.CheckConstraint(
                name="hjulregel_inte_sig_sjalv",
                condition=Q(bas=None) | ~Q(bas=F("pk")),
                violation_error_message="Dagen kan inte räknas från sig själv.",
            ),
        ]

    @property
    def som_regel(self):
        """The rule as the arithmetic knows it."""
        return Regel(
            self.slag, self.manad, self.dag, self.vilken, self.veckodag, self.slut_manad, self.slut_dag, self.antal,
            self.arbetsdagar,
        )  # fmt: skip

    @property
    def i_ord(self):
        """ "tisdagen veckan före Styrelse februari"."""
        return f"{self.som_regel.i_ord} {self.bas.rubrik}" if self.bas_id else self.som_regel.i_ord


class Arshjul(Versionerad, Flode):
    """The wheel of a year. The board decides its days; afterwards a day still moves, with a reason that is logged."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        FASTSTALLT = "faststallt", "Fastställt"

    OVERGANGAR = {"faststall": ({Lage.UTKAST}, Lage.FASTSTALLT)}

    ar = models.PositiveSmallIntegerField(
        "år", unique=True, error_messages={"unique": "Det året har redan ett årshjul. Öppna det i listan."}
    )
    lage = models.CharField(
        "läge", max_length=10, choices=Lage, default=Lage.UTKAST, db_default=Lage.UTKAST, editable=False
    )
    beslutad = models.DateField("beslutat", null=True, editable=False)
    paragraf = models.CharField("paragraf", max_length=20, blank=True, default="", db_default="", editable=False)
    punkt = models.ForeignKey(Punkt, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = "årshjulet"
        verbose_name_plural = "årshjul"
        ordering = ["-ar"]
        constraints = [
            models.CheckConstraint(
                name="arshjul_rimligt_ar",
                condition=Q(ar__range=(FORSTA_AR, SISTA_AR)),
                violation_error_message=f"Året ska vara mellan {FORSTA_AR} och {SISTA_AR}. Kontrollera det.",
            )
        ]

    def __str__(self):
        return f"Årshjul {self.ar}"


class HjulpostQuerySet(models.QuerySet):
    def kvar(self):
        """Neither ticked off nor cancelled. Whether the thing behind is done is another question (`hjullagen.py`)."""
        return self.filter(klar=None, installd=False)

    def for_person(self, user):
        """Those that the user answers for: by name, or by role where nobody is named. The head counts as kansli
        (beslut.md 13)."""
        egna = {roll for roll in Hjulpost.SOM_ANSVARAR if user.har_roll(roll)}
        if user.ar_kansli:
            egna.add(Roll.KANSLI)
        return self.filter(models.Q(agare=user) | models.Q(agare=None, roll__in=egna))


class Hjulpost(Hjulfakta):
    """One day, or period, of a year's wheel."""

    hjul = models.ForeignKey(Arshjul, on_delete=models.PROTECT, related_name="poster")
    regel = models.ForeignKey(Hjulregel, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    dag = models.DateField("dag")
    slut = models.DateField("till och med", null=True, blank=True)
    # The month is known and nothing more; shown as "i april" until somebody says which day.
    dagen_oviss = models.BooleanField("dagen är inte bestämd", default=False)
    # What its day is counted from; moving that one asks whether this shall come along.
    bas = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="foljer", verbose_name="räknas från"
    )
    mote = models.OneToOneField(
        Mote, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mötet",
        error_messages={"unique": "Mötet hör redan till en annan dag i årshjulet."},
    )  # fmt: skip
    klar = models.DateTimeField("klar", null=True, editable=False)
    klar_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    installd = models.BooleanField("inställd", default=False, editable=False)
    # When beat did what the day orders, and when somebody was last reminded.
    utford = models.DateTimeField(null=True, editable=False)
    paminnd = models.DateTimeField(null=True, editable=False)
    # The event in people's calendars: one UID for ever, a higher SEQUENCE for each change (RFC 5545).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sekvens = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    andrad = models.DateTimeField(auto_now=True)

    objects = HjulpostQuerySet.as_manager()

    class Meta:
        verbose_name = "dagen i årshjulet"
        verbose_name_plural = "dagar i årshjulet"
        ordering = ["dag", "pk"]
        indexes = [models.Index(fields=["dag"], name="hjulpost_dag")]
        constraints = [
            models.UniqueConstraint(
                name="hjulpost_en_per_regel", fields=["hjul", "regel"], condition=Q(regel__isnull=False)
            ),
            models.CheckConstraint(
                name="hjulpost_slut_efter_dag",
                condition=Q(slut=None) | Q(slut__gte=F("dag")),
                violation_error_message="Den sista dagen kan inte vara före den första.",
            ),
        ]
