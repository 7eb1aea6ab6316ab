"""An application: the parties' common text, who stands behind it, what was asked to be completed, and each version
that was sent. What happens after the sending is the road of its case (`moten.Arende.lage`)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from insatser.models.avtal import FLEST_OPTIONER, FORSTA_DAG, SISTA_DAG, Avtal
from insatser.models.insats import Insats
from moten.models import Arende
from moten.models.arende import LASARE
from samordning.karna.flode import Flode
from samordning.karna.kalender import nu
from samordning.karna.models import Part, Rapportversion, Roll, Versionerad


class AnsokanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_ansokan` as a filter."""
        if user.ar_kansli:
            return self
        parter = user.parter_som(Roll.PARTSFORETRADARE)
        villkor = Q(pk__in=Ansokanspart.objects.filter(part__in=parter).values("ansokan"))
        if user.har_roll(*LASARE):
            villkor |= Q(arende__beredd__isnull=False)
        return self.filter(villkor)

    def for_lista(self):
        """Everything a row shows, newest first. Two queries at any length."""
        return self.select_related("arende", "insats").prefetch_related("parter__part").order_by("-pk")


class Ansokan(Flode, Versionerad):
    """What the parties write together. `avsnitt.py` says which texts each kind has."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        INSKICKAD = "inskickad", "Inskickad"

    class Slag(models.TextChoices):
        FORBEREDANDE = "forberedande", "Förberedande insats"
        STRUKTUR = "struktur", "Strukturinsats"
        FORSTUDIE = "forstudie", "Förstudie"
        FORLANGNING = "forlangning", "Förlängning"

    OVERGANGAR = {"skicka": ({Lage.UTKAST}, Lage.INSKICKAD)}

    slag = models.CharField("slag", max_length=15, choices=Slag)
    rubrik = models.CharField("insatsens namn", max_length=120)
    arende = models.OneToOneField(Arende, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, null=True, blank=True, related_name="ansokningar")
    # The agreement that a förlängning is about.
    avtal = models.ForeignKey(Avtal, on_delete=models.PROTECT, null=True, blank=True, related_name="forlangningar")
    # The agreement's last day when this förlängning had been written into it.
    forlangt_till = models.DateField(null=True, editable=False)
    omarbetning_av = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="omarbetningar"
    )
    start = models.DateField("från och med", null=True, blank=True)
    slut = models.DateField("till och med", null=True, blank=True)
    optioner = models.PositiveSmallIntegerField(
        "möjliga förlängningar om ett år", default=0, help_text="1 + 1 år skrivs 2."
    )
    platser = models.PositiveSmallIntegerField("platser", null=True, blank=True)
    deltagarveckor = models.PositiveIntegerField("deltagarveckor per år", null=True, blank=True)
    behov = models.TextField("behov och bakgrund", blank=True)
    malgrupp = models.TextField("målgrupp", blank=True)
    mal = models.TextField("mål", blank=True)
    genomforande = models.TextField("genomförande", blank=True)
    samverkan = models.TextField("parternas samverkan", blank=True)
    uppfoljning = models.TextField("uppföljning", blank=True)
    implementering = models.TextField("implementering", blank=True)
    budgettext = models.TextField("budget med ord", blank=True)
    resultat = models.TextField("resultat", blank=True)
    framat = models.TextField("framåt", blank=True)
    fraga = models.TextField("fråga till beredningsgruppen", blank=True)
    # The sentences in `resultat` come from a released version only (beslut.md 9).
    rapportversion = models.ForeignKey(
        Rapportversion, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.UTKAST, editable=False)
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(default=nu, editable=False)

    objects = AnsokanQuerySet.as_manager()

    class Meta:
        verbose_name = "ansökan"
        verbose_name_plural = "ansökningar"
        constraints = [
            models.CheckConstraint(
                name="ansokan_slut_efter_start",
                condition=Q(start=None) | Q(slut=None) | Q(slut__gte=F("start")),
                violation_error_message="Perioden kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                name="ansokan_rimlig_period",
                condition=(Q(start=None) | Q(start__range=(FORSTA_DAG, SISTA_DAG)))
                & (Q(slut=None) | Q(slut__range=(FORSTA_DAG, SISTA_DAG))),
                violation_error_message="Perioden ska ligga mellan 1990 och 2100. Kontrollera årtalen.",
            ),
            models.CheckConstraint(
                name="ansokan_rimliga_optioner",
                condition=Q(optioner__lte=FLEST_OPTIONER),
                violation_error_message=f"Ett avtal kan förlängas högst {FLEST_OPTIONER} gånger.",
            ),
            models.CheckConstraint(
                name="ansokan_inskickad_har_arende", condition=Q(lage="utkast") | Q(arende__isnull=False)
            ),
            models.CheckConstraint(
                name="ansokan_forlangning_har_avtal",
                condition=Q(slag="forlangning") ^ Q(avtal=None),
                violation_error_message="En förlängning gäller ett avtal.",
            ),
        ]

    def __str__(self):
        return self.rubrik

    def skicka(self, *, av, arende):
        """See `inlamning.skicka`, which makes the case and the version in the same transaction."""
        self._overga("skicka", av=av, arende=arende)


class Ansokansar(models.Model):
    """The sum that is applied for, one row a calendar year, in kronor."""

    ansokan = models.ForeignKey(Ansokan, on_delete=models.CASCADE, related_name="belopp")
    ar = models.PositiveSmallIntegerField("år")
    kronor = models.DecimalField("belopp i kronor", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "sökt belopp"
        verbose_name_plural = "sökta belopp"
        ordering = ["ar"]
        constraints = [
            models.UniqueConstraint(
                name="ansokansar_ett_per_ar",
                fields=["ansokan", "ar"],
                violation_error_message="Det finns redan ett belopp för det året.",
            ),
            models.CheckConstraint(
                name="ansokansar_inte_negativt",
                condition=Q(kronor__gte=0),
                violation_error_message="Beloppet kan inte vara negativt.",
            ),
        ]

    def __str__(self):
        return f"{self.ar}"


class Ansokanspart(models.Model):
    """A party of an application. Its named person ticks that the party stands behind it (MB5)."""

    ansokan = models.ForeignKey(Ansokan, on_delete=models.CASCADE, related_name="parter")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="part")
    huvud = models.BooleanField("huvudpart", default=False)
    star_bakom = models.DateTimeField("står bakom sedan", null=True, editable=False)
    namngiven = models.CharField("av", max_length=120, blank=True)
    av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Ansokan.version when it was ticked: later changes are shown beside the tick.
    vid_version = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "part i ansökan"
        verbose_name_plural = "parter i ansökan"
        ordering = ["-huvud", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="ansokanspart_en_gang",
                fields=["ansokan", "part"],
                violation_error_message="Parten är redan med i ansökan.",
            ),
            models.UniqueConstraint(
                name="ansokanspart_en_huvudpart",
                fields=["ansokan"],
                condition=Q(huvud=True),
                violation_error_message="Ansökan har redan en huvudpart.",
            ),
            models.CheckConstraint(
                name="ansokanspart_namngiven_nar_bakom", condition=Q(star_bakom=None) | ~Q(namngiven="")
            ),
        ]

    def __str__(self):
        return str(self.part)


class Ansokansversion(models.Model):
    """The application as it was sent. Never changed (a trigger sees to it)."""

    ansokan = models.ForeignKey(Ansokan, on_delete=models.PROTECT, related_name="versioner")
    nr = models.PositiveSmallIntegerField()
    innehall = models.JSONField(help_text="{key of `avsnitt.py`: text as it is read}")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skickad = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="ansokansversion_nr", fields=["ansokan", "nr"])]

    def __str__(self):
        return f"Version {self.nr}"


class Bilaga(models.Model):
    """A file that the parties attach."""

    ansokan = models.ForeignKey(Ansokan, on_delete=models.PROTECT, related_name="bilagor")
    rubrik = models.CharField("vad filen innehåller", max_length=200)
    fil = models.ForeignKey("karna.Fil", on_delete=models.PROTECT, related_name="+")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["pk"]

    def __str__(self):
        return self.rubrik


class Kompletteringspunkt(models.Model):
    """One thing on one named section that the kansli wants completed; only such sections are open (MB6)."""

    ansokan = models.ForeignKey(Ansokan, on_delete=models.PROTECT, related_name="punkter")
    avsnitt = models.CharField("avsnitt", max_length=20)
    text = models.TextField("det här behöver kompletteras")
    begard = models.DateTimeField(default=nu, editable=False)
    senast = models.DateField("senast")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    atgardad = models.DateTimeField("klart", null=True, editable=False)
    svar = models.TextField("svar", blank=True)
    # The version that answered it; null while the completion is open.
    version = models.ForeignKey(Ansokansversion, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = "kompletteringspunkt"
        verbose_name_plural = "kompletteringspunkter"
        ordering = ["pk"]

    def __str__(self):
        return self.avsnitt


class Granskningspunkt(models.Model):
    """How the kansli judges one of the association's criteria (MB13). `notering` is internal process support."""

    class Bedomning(models.TextChoices):
        JA = "ja", "Uppfyllt"
        DELVIS = "delvis", "Delvis"
        NEJ = "nej", "Saknas"

    ansokan = models.ForeignKey(Ansokan, on_delete=models.CASCADE, related_name="granskning")
    kriterium = models.CharField(max_length=20)
    bedomning = models.CharField("bedömning", max_length=10, choices=Bedomning, blank=True)
    notering = models.TextField("intern notering", blank=True)

    class Meta:
        verbose_name = "granskningspunkt"
        verbose_name_plural = "granskningspunkter"
        constraints = [models.UniqueConstraint(name="granskningspunkt_en_gang", fields=["ansokan", "kriterium"])]

    def __str__(self):
        return self.kriterium


class Ide(Versionerad):
    """A wish before there is an application (M338): for an insats, or for something new."""

    class Status(models.TextChoices):
        NY = "ny", "Ny"
        PROVAS = "provas", "Undersöks"
        ANSOKAN = "ansokan", "Blev en ansökan"
        VILANDE = "vilande", "Vilande"

    rubrik = models.CharField("idén i en mening", max_length=200)
    text = models.TextField("beskrivning", blank=True)
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, null=True, blank=True, related_name="ideer")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kalla = models.CharField("var den kom upp", max_length=120, blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.NY)
    ansokan = models.ForeignKey(
        Ansokan, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="ideer"
    )
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "idé"
        verbose_name_plural = "idéer"

    def __str__(self):
        return self.rubrik
