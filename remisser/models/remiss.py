"""The referral (Bilaga 1): what the caseworker writes, whom it is shared with, and how it is answered.

Everything that names the person or tells of their health or contacts is encrypted; the columns in clear are those that
figures need.
"""

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from insatser.models import Insats, Medarbetare
from remisser.models.deltagare import Deltagare, Kon
from remisser.models.koder import Avbojandeorsak, Sprak
from samordning.karna.flode import Flode
from samordning.karna.kalender import idag, lagg_till_arbetsdagar, nu
from samordning.karna.krypto import KrypteratFalt
from samordning.karna.models import Part, Roll, Versionerad

UTKAST_LEVER = datetime.timedelta(days=30)
SVARSTID = 5  # arbetsdagar (beslut.md 22)


class Enhetsinstallning(models.Model):
    """What a unit has decided about its own remisser."""

    part = models.OneToOneField(Part, on_delete=models.CASCADE, primary_key=True, related_name="+")
    kollegor_ser_remisser = models.BooleanField(
        "kollegor ser varandras remisser", default=False,
        help_text="Andra remittenter på enheten kan läsa en remiss när någon är borta.",
    )  # fmt: skip

    class Meta:
        verbose_name = "enhetens inställning"
        verbose_name_plural = "enheters inställningar"

    def __str__(self):
        return str(self.part)


class RemissQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_remiss` as a filter (beslut.md 1)."""
        return self.filter(self._skickade(user) | self._mottagna(user))

    def mottagna_av(self, user):
        """What the inbox of the listed staff holds: sent to their insatser, or written down there from paper."""
        return self.filter(self._mottagna(user))

    def skickade_av(self, user):
        """The sender's own list, drafts among them; colleagues' only where the unit shares."""
        return self.filter(self._skickade(user), kanal=Remiss.Kanal.SYSTEMET)

    def _skickade(self, user):
        """Written by the user for a unit where the user still is, or by a colleague at a unit that shares.

        Who wrote down a paper remiss did so as staff of the insats, and sees it as long as that lasts.
        """
        enheter = user.parter_som(Roll.REMITTENT)
        delade = Enhetsinstallning.objects.filter(part__in=enheter, kollegor_ser_remisser=True).values("part")
        egna = Q(skapad_av=user, avsandare__in=enheter, kanal=Remiss.Kanal.SYSTEMET)
        return egna | Q(avsandare__in=delade)

    def _mottagna(self, user):
        if not user.har_roll(Roll.INSATSPERSONAL):
            return Q(pk__in=())
        insatser = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
        return Q(insats__in=insatser) & ~Q(lage=Remiss.Lage.UTKAST)

    def obesvarade(self):
        return self.filter(lage=Remiss.Lage.SKICKAD)

    def att_starta(self):
        """Accepted, and the person has not begun. Who got protected details is started without remiss (beslut.md 6)."""
        return self.filter(lage=Remiss.Lage.ACCEPTERAD, deltagare__skyddad=False)

    def utgangna_utkast(self):
        """Drafts that nobody has touched for thirty days; they are removed."""
        return self.filter(lage=Remiss.Lage.UTKAST, andrad__lt=nu() - UTKAST_LEVER)

    def for_lista(self):
        """Everything that a row of a list shows, so that it costs the same number of queries at any length."""
        return self.select_related("insats__agare", "avsandare__del_av", "skapad_av", "sprak").order_by(
            "-andrad", "-pk"
        )


class Remiss(Flode, Versionerad):
    """One referral of one person to one insats."""

    class Lage(models.TextChoices):
        UTKAST = "utkast", "Utkast"
        SKICKAD = "skickad", "Skickad"
        OPPNAD = "oppnad", "Öppnad"
        KOMPLETTERING = "komplettering", "Komplettering begärd"
        ACCEPTERAD = "accepterad", "Accepterad"
        VANTELISTA = "vantelista", "På väntelista"
        AVBOJD = "avbojd", "Avböjd"
        ATERTAGEN = "atertagen", "Återtagen"
        OBESVARAD = "obesvarad", "Obesvarad"
        PABORJAD = "paborjad", "Påbörjad"
        KOM_ALDRIG = "kom_aldrig", "Kom aldrig"

    OVERGANGAR = {
        "skicka": ({Lage.UTKAST}, Lage.SKICKAD),
        "aterta": ({Lage.SKICKAD}, Lage.ATERTAGEN),
        "ta_emot": ({Lage.SKICKAD}, Lage.ACCEPTERAD),
        "avboj": ({Lage.SKICKAD}, Lage.AVBOJD),
        "paborja": ({Lage.ACCEPTERAD}, Lage.PABORJAD),
        "vanta_igen": ({Lage.PABORJAD}, Lage.ACCEPTERAD),
    }

    class Kanal(models.TextChoices):
        SYSTEMET = "systemet", "I systemet"
        PAPPER = "papper", "På papper"

    class UtanNummer(models.TextChoices):
        SAKNAR = "saknar", "Har inget svenskt nummer än"
        OKANT = "okant", "Numret är inte känt"

    class Program(models.TextChoices):
        AF = "af", "Program hos Arbetsförmedlingen"
        SAMVERKAN = "samverkan", "Samverkan mellan Arbetsförmedlingen och Försäkringskassan"
        ARBETSPROVNING = "arbetsprovning", "Arbetsprövning hos Försäkringskassan"

    class Onskad(models.TextChoices):
        UTVECKLINGSPLATS = "utvecklingsplats", "Utvecklingsplats, pre-rehab"
        BAS = "bas", "Bedömning av arbetsförmåga, bas"
        KOMPLETT = "komplett", "Bedömning av arbetsförmåga, komplett"

    class Kontakter(models.TextChoices):
        SOCIALTJANST = "socialtjanst", "Socialtjänsten"
        AF = "af", "Arbetsförmedlingen"
        FK = "fk", "Försäkringskassan"
        FRIVARDEN = "frivarden", "Frivården"
        ANNAN = "annan", "Annan"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    insats = models.ForeignKey(Insats, on_delete=models.PROTECT, related_name="+", verbose_name="insats")
    lage = models.CharField("läge", max_length=14, choices=Lage, default=Lage.UTKAST, editable=False)
    kanal = models.CharField("kanal", max_length=10, choices=Kanal, default=Kanal.SYSTEMET, editable=False)
    avsandare = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="var du arbetar")
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    skapad = models.DateTimeField("skapad", auto_now_add=True)
    andrad = models.DateTimeField("ändrad", auto_now=True)
    skickad = models.DateTimeField("skickad", null=True, editable=False)
    besvarad = models.DateTimeField("besvarad", null=True, editable=False)
    besvarad_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    avbojande = models.ForeignKey(
        Avbojandeorsak, on_delete=models.PROTECT, null=True, related_name="+", editable=False, verbose_name="orsak"
    )
    motivering = KrypteratFalt("motivering")
    deltagare = models.ForeignKey(Deltagare, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    # Deltagare (M152-M156). The sender's copy: from the start the insats has its own, on Deltagande (beslut.md 3).
    fornamn = KrypteratFalt("förnamn")
    efternamn = KrypteratFalt("efternamn")
    personnummer = KrypteratFalt("personnummer")
    utan_nummer = models.CharField("varför numret saknas", max_length=10, choices=UtanNummer, blank=True)
    fodelsear = models.PositiveSmallIntegerField("födelseår", null=True, blank=True)
    kon = models.CharField("kön", max_length=1, choices=Kon, blank=True)
    adress = KrypteratFalt("adress")
    kommun = models.CharField("folkbokföringskommun", max_length=4, blank=True)
    telefon = KrypteratFalt("telefon")
    epost = KrypteratFalt("e-post")

    # Aktualiserande handläggare (M157-M160)
    handlaggare = models.CharField("ditt namn", max_length=120, blank=True)
    handlaggare_telefon = models.CharField("din telefon", max_length=30, blank=True)
    handlaggare_epost = models.EmailField("din e-post", blank=True)

    # Situation och försörjning (M161-M179). `situation` is {code: "2024-03"}, the month it began.
    situation = models.JSONField("situation", default=dict, blank=True)
    situation_annat = KrypteratFalt("annan situation")
    nyanland = models.BooleanField("nyanländ", default=False)
    ensamkommande = models.BooleanField("ensamkommande barn", default=False)
    forsorjning = ArrayField(models.CharField(max_length=30), default=list, blank=True, verbose_name="försörjning")
    inskriven_af = models.BooleanField("inskriven på Arbetsförmedlingen", null=True, blank=True)
    program = ArrayField(models.CharField(max_length=20, choices=Program), default=list, blank=True)

    # Önskad insats och kontakter (M180-M181). Which contacts may tell of crime (article 10), so they are encrypted.
    onskad = ArrayField(models.CharField(max_length=20, choices=Onskad), default=list, blank=True)
    kontakter = KrypteratFalt("pågående kontakter", help_text="Koder med komma emellan.")
    kontakt_annan = KrypteratFalt("annan kontakt")

    # Syfte och behov (M182, M184, M185)
    fragestallning = KrypteratFalt("frågor till insatsen")
    mal = KrypteratFalt("mål")
    ovrigt = KrypteratFalt("övrig information")
    tolk = models.BooleanField("behöver tolk", null=True, blank=True)
    sprak = models.ForeignKey(
        Sprak, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="språk"
    )
    trepartssamtal = models.BooleanField("trepartssamtal önskas", null=True, blank=True)

    objects = RemissQuerySet.as_manager()

    class Meta:
        verbose_name = "remiss"
        verbose_name_plural = "remisser"
        indexes = [
            models.Index(fields=["insats", "lage", "-skickad"], name="remiss_inkorg"),
            models.Index(fields=["skapad_av", "-andrad"], name="remiss_mina"),
            models.Index(fields=["andrad"], condition=Q(lage="utkast"), name="remiss_utkast"),
        ]
        constraints = [
            models.CheckConstraint(
                name="remiss_avbojd_har_orsak",
                condition=~Q(lage="avbojd") | Q(avbojande__isnull=False),
                violation_error_message="En avböjd remiss har en orsak.",
            ),
            models.CheckConstraint(
                name="remiss_skickad_har_deltagare",
                condition=Q(lage="utkast") | Q(skickad__isnull=False, deltagare__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Remiss R-{self.pk}"

    @property
    def namn(self):
        return f"{self.fornamn} {self.efternamn}".strip()

    @property
    def kontaktkoder(self):
        return [kod for kod in self.kontakter.split(",") if kod]

    @property
    def utkast_tas_bort(self):
        """The day on which a draft is removed."""
        return localdate(self.andrad + UTKAST_LEVER)

    @property
    def svara_senast(self):
        return lagg_till_arbetsdagar(localdate(self.skickad), SVARSTID)

    @property
    def ar_forsenad(self):
        return self.lage == self.Lage.SKICKAD and self.svara_senast < idag()

    def aldersgrupp(self, dag=None):
        """The age class of 7.2 that the insats sees before it accepts (RA5): 30–44."""
        if self.fodelsear is None:
            return "okänd ålder"
        alder = (dag or idag()).year - self.fodelsear
        for granser in ((16, 19), (20, 24), (25, 29), (30, 44), (45, 54), (55, 64)):
            if alder <= granser[1]:
                return "under 16 år" if alder < 16 else f"{granser[0]}–{granser[1]} år"
        return "65 år eller äldre"

    @property
    def ar_oppen_for_mottagaren(self):
        """The insats has said yes, so it sees who it is (RA5)."""
        return self.lage in (self.Lage.ACCEPTERAD, self.Lage.PABORJAD, self.Lage.KOM_ALDRIG)

    def _overga(self, namn, *, av, **falt):
        """A transition is an event too: `andrad` is the day that lists count from."""
        super()._overga(namn, av=av, andrad=nu(), **falt)

    def skicka(self, *, av, deltagare):
        self._overga("skicka", av=av, skickad=nu(), deltagare=deltagare)

    def aterta(self, *, av):
        self._overga("aterta", av=av)

    def ta_emot(self, *, av):
        self._overga("ta_emot", av=av, besvarad=nu(), besvarad_av=av)

    def avboj(self, *, av, orsak, motivering=""):
        self._overga("avboj", av=av, besvarad=nu(), besvarad_av=av, avbojande=orsak, motivering=motivering)

    def paborja(self, *, av):
        """The first day of activity is registered; only `uppfoljning.inskrivning` calls it."""
        self._overga("paborja", av=av)

    def vanta_igen(self, *, av):
        """It was somebody else who began; the person of the remiss still waits. Only `uppfoljning.inskrivning` too."""
        self._overga("vanta_igen", av=av)


class Samtycke(models.Model):
    """A consent as data (RA4): what, between whom, how and when. Withdrawal is a date, never a deletion."""

    class Slag(models.TextChoices):
        SEKRETESS = "sekretess", "Lämna uppgifter trots sekretess"
        NATIONELL = "nationell", "Nationell uppföljning"

    class Satt(models.TextChoices):
        PAPPER = "papper", "Underskrift på papper"
        MUNTLIGT = "muntligt", "Muntligt"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    remiss = models.ForeignKey(Remiss, on_delete=models.CASCADE, related_name="samtycken")
    slag = models.CharField("vad", max_length=12, choices=Slag)
    parter = KrypteratFalt("mellan vilka", help_text="Namn med radbrytning emellan, som de var den dagen.")
    satt = models.CharField("hur", max_length=10, choices=Satt)
    givet = models.DateField("givet den")
    atertaget = models.DateField("återtaget den", null=True, blank=True)

    class Meta:
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        constraints = [
            models.UniqueConstraint(name="samtycke_ett_per_slag", fields=["remiss", "slag"]),
            models.CheckConstraint(
                name="samtycke_atertaget_efter_givet",
                condition=Q(atertaget=None) | Q(atertaget__gte=models.F("givet")),
                violation_error_message="Samtycket kan inte återtas innan det gavs.",
            ),
        ]

    def __str__(self):
        return f"{self.get_slag_display()}, {self.givet}"
