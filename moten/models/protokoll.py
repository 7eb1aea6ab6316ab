"""After the meeting: approval, announcement and publication of the record, and what the diarium has besides papers."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from moten.models.arende import Arende, Handling
from moten.models.mote import Mote
from moten.models.punkt import Punkt, Underlag
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Fil, Kontakt, Versionerad


class Protokollversion(models.Model):
    """The record as a PDF at one time. `sha256` of the file is what is approved. Never changed (a trigger)."""

    mote = models.ForeignKey(Mote, on_delete=models.PROTECT, related_name="protokollversioner")
    nr = models.PositiveSmallIntegerField()
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    undertecknad = models.BooleanField("uppladdad med underskrifter", default=False)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "protokollversion"
        verbose_name_plural = "protokollversioner"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="protokollversion_nr", fields=["mote", "nr"])]

    def __str__(self):
        return f"Version {self.nr}"


class Justerare(models.Model):
    """Who is to approve the record, and when that was done: person, time and the file's hash (MA15)."""

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="justerare")
    kontakt = models.ForeignKey(Kontakt, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    version = models.ForeignKey(Protokollversion, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    justerade = models.DateTimeField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    paminnd = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "justerare"
        verbose_name_plural = "justerare"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="justerare_en_gang",
                fields=["mote", "kontakt"],
                violation_error_message="Personen är redan justerare.",
            )
        ]

    def __str__(self):
        return str(self.kontakt)


class Justeringskommentar(models.Model):
    """What a justerare wants changed, at an item or about the whole; the kansli says what was done."""

    justerare = models.ForeignKey(Justerare, on_delete=models.CASCADE, related_name="kommentarer")
    punkt = models.ForeignKey(Punkt, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField("kommentar")
    skapad = models.DateTimeField(default=nu, editable=False)
    svar = models.TextField("vad kansliet gjorde", blank=True)
    besvarad = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["skapad", "pk"]

    def __str__(self):
        return f"Kommentar {self.pk}"


class Maskering(models.Model):
    """Words of a record that the published version does not show, and why (MA20)."""

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="maskeringar")
    text = models.CharField("ord som ska döljas", max_length=300)
    skal = models.CharField("varför", max_length=200, blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "maskering"
        verbose_name_plural = "maskeringar"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="maskering_en_gang", fields=["mote", "text"])]

    def __str__(self):
        return f"Maskering {self.pk}"


class Publicering(models.Model):
    """A record as it was published: masked, frozen. A later one replaces it on the page; none is ever changed."""

    mote = models.ForeignKey(Mote, on_delete=models.PROTECT, related_name="publiceringar")
    nr = models.PositiveSmallIntegerField()
    innehall = models.JSONField()
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, related_name="+")
    # What the check before publishing pointed at and somebody looked at: [text], with nobody's name in it.
    granskat = models.JSONField(default=list)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="publicering_nr", fields=["mote", "nr"])]

    def __str__(self):
        return f"Publicering {self.nr}"


class Anslag(Versionerad):
    """The notice on the board that a record is approved: from when to when, where the record is kept."""

    mote = models.OneToOneField(Mote, on_delete=models.PROTECT, related_name="anslag")
    upp = models.DateField("anslås", default=idag)
    ned = models.DateField("tas ned")
    forvaras = models.CharField("protokollet förvaras", max_length=150)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "anslag"
        verbose_name_plural = "anslag"
        ordering = ["-upp", "-pk"]
        constraints = [
            # Three weeks from the announcement, the time for an appeal (kommunallagen 13 kap. 5 §).
            models.CheckConstraint(
                name="anslag_ned_efter_upp",
                condition=Q(ned__gt=models.F("upp")),
                violation_error_message="Anslaget kan inte tas ned innan det har satts upp.",
            )
        ]

    def __str__(self):
        return f"Anslag {self.upp}"


class HandlingstextQuerySet(models.QuerySet):
    def erbjud(self, filer):
        """Have files of an app above read, {Fil: title}. That app looks in the text by its own rule of who may see it.
        Offered again, they are not read again. How many are new."""
        har = set(self.filter(fil__in=filer).values_list("fil", flat=True))
        nya = [self.model(fil=fil, rubrik=rubrik, text=rubrik) for fil, rubrik in filer.items() if fil.pk not in har]
        return len(self.bulk_create(nya, ignore_conflicts=True))


class Handlingstext(models.Model):
    """What is looked in when papers are searched: the title, and the text inside the file, read once (MA16).

    Of a case's paper, of a meeting's file, or of a file that an app above has offered. `fel` says why a file has no
    text here; it is not read again.
    """

    handling = models.OneToOneField(Handling, on_delete=models.CASCADE, null=True, related_name="innehall")
    underlag = models.OneToOneField(Underlag, on_delete=models.CASCADE, null=True, related_name="innehall")
    fil = models.OneToOneField(Fil, on_delete=models.CASCADE, null=True, related_name="+")
    rubrik = models.CharField(max_length=200, blank=True, default="", db_default="")
    text = models.TextField(blank=True)  # the title, and from the next line on what the paper says
    fel = models.CharField(max_length=30, blank=True, default="", db_default="")
    last = models.DateTimeField(null=True, editable=False)
    sokvektor = models.GeneratedField(
        expression=SearchVector("text", config="swedish"), output_field=SearchVectorField(), db_persist=True
    )

    objects = HandlingstextQuerySet.as_manager()

    class Meta:
        verbose_name = "handlingstext"
        verbose_name_plural = "handlingstexter"
        indexes = [
            GinIndex(fields=["sokvektor"], name="handlingstext_sokvektor"),
            GinIndex(OpClass(Upper("rubrik"), name="gin_trgm_ops"), name="handlingstext_rubrik_trigram"),
        ]
        constraints = [
            models.CheckConstraint(
                name="handlingstext_av_ett",
                condition=Q(handling__isnull=False, underlag=None, fil=None)
                | Q(handling=None, underlag__isnull=False, fil=None)
                | Q(handling=None, underlag=None, fil__isnull=False),
            )
        ]

    def __str__(self):
        return f"Text {self.pk}"


class Publiceradtext(models.Model):
    """An item as the record that was published last says it: what others than the body find words in (MA16, MA20).

    Written by a trigger when a `Publicering` is made, so that it never holds more than that.
    """

    punkt = models.OneToOneField(Punkt, on_delete=models.CASCADE, related_name="publicerad")
    publicering = models.ForeignKey(Publicering, on_delete=models.PROTECT, related_name="+")
    rubrik = models.TextField()
    text = models.TextField()
    sokvektor = models.GeneratedField(
        expression=SearchVector("rubrik", weight="A", config="swedish")
        + SearchVector("text", weight="B", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "publicerad text"
        verbose_name_plural = "publicerade texter"
        indexes = [
            GinIndex(fields=["sokvektor"], name="publiceradtext_sokvektor"),
            GinIndex(OpClass(Upper("rubrik"), name="gin_trgm_ops"), name="publiceradtext_rubrik_trigram"),
            GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="publiceradtext_text_trigram"),
        ]

    def __str__(self):
        return f"Text {self.pk}"


class Sparadsokning(models.Model):
    """A search that is run every day; what is new is told by mail (MA16)."""

    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    namn = models.CharField("namn", max_length=80)
    villkor = models.JSONField(default=dict)  # the search form's own fields
    sedda = models.JSONField(default=list)  # what has been told of, so that nothing is told twice
    korde = models.DateTimeField(null=True, editable=False)
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sparad sökning"
        verbose_name_plural = "sparade sökningar"
        ordering = ["namn", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="sparadsokning_namn",
                fields=["anvandare", "namn"],
                violation_error_message="Du har redan en sökning med det namnet.",
            )
        ]

    def __str__(self):
        return self.namn


class Utlamnande(Versionerad):
    """Somebody asked for a public document, and the answer (TF 2 kap.). Nobody has to say who they are."""

    class Svar(models.TextChoices):
        VANTAR = "vantar", "Väntar på svar"
        UTLAMNAT = "utlamnat", "Utlämnat"
        DELVIS = "delvis", "Utlämnat med maskering"
        AVSLAG = "avslag", "Avslag"
        FINNS_INTE = "finns_inte", "Handlingen finns inte här"

    begart = models.DateField("begärdes", default=idag)
    vad = models.TextField("vad som begärs")
    arende = models.ForeignKey(
        Arende, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende"
    )
    hur = models.CharField("hur begäran kom", max_length=100, blank=True)
    svar = models.CharField("svar", max_length=12, choices=Svar, default=Svar.VANTAR)
    besvarat = models.DateField("besvarades", null=True, blank=True)
    motivering = models.TextField("motivering", blank=True)  # of a refusal: the paragraph, and how to appeal
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapat = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "begäran om utlämnande"
        verbose_name_plural = "begäranden om utlämnande"
        ordering = ["-begart", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="utlamnande_svar_har_dag",
                condition=Q(svar="vantar", besvarat=None) | (~Q(svar="vantar") & Q(besvarat__gte=models.F("begart"))),
                violation_error_message="Skriv vilken dag begäran besvarades, tidigast samma dag som den kom.",
            )
        ]

    def __str__(self):
        return f"Begäran {self.begart}"
