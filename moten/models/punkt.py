"""What a meeting takes up: items, what came of each, who left the room, and what is wished for the next."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper

from moten.models.arende import Arende
from moten.models.beslut import Beslut
from moten.models.mote import Mote, Narvaro
from moten.models.organ import Fastpunkt, Organ
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Fil, Kontakt, Part, Versionerad

INUTI = ("rubrik", "text")  # words are looked for inside others here: Swedish writes them together


class PunktQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the meetings that the user may see and whose agenda is out: `policies.can_view_punkt`."""
        egna = self.filter(mote__in=Mote.objects.visible_to(user))
        if user.ar_kansli:
            return egna
        ute = egna.exclude(mote__lage__in=(Mote.Lage.PLANERAT, Mote.Lage.INSTALLT))
        # A case that the user may not see is not told of before the record is published.
        arenden = Arende.objects.visible_to(user)
        return ute.filter(Q(arende=None) | Q(arende__in=arenden) | Q(mote__publicerat__isnull=False))

    def att_fora_vidare(self):
        """Items that no later item goes on with, although they were not finished (MA4). One on a cancelled meeting
        does not go on with anything."""
        vidare = Punkt.objects.filter(fortsattning_pa=OuterRef("pk")).exclude(mote__lage=Mote.Lage.INSTALLT)
        return self.filter(
            ~Exists(vidare), status__in=Punkt.INTE_KLARA, mote__lage__in=Mote.AVSLUTADE, avford=""
        )  # fmt: skip


class Punkt(Versionerad):
    """One item of one meeting: a case's treatment in one body, or anything else (MA1, MA9)."""

    class Kalla(models.TextChoices):
        FAST = "fast", "Fast punkt"
        BUREN = "buren", "Från förra mötet"
        ARENDE = "arende", "Ärende som är klart för organet"
        FORSLAG = "forslag", "Önskad punkt"
        HAND = "hand", "Tillagd för hand"
        INLAST = "inlast", "Inläst från äldre anteckningar"

    class Status(models.TextChoices):
        BEHANDLAD = "behandlad", "Behandlad"
        EJ_BEHANDLAD = "ej_behandlad", "Togs inte upp"
        BORDLAGD = "bordlagd", "Bordlagd"
        HANVISAD = "hanvisad", "Hänvisad till underlaget"
        TOM = "tom", "Inget att anteckna"

    INTE_KLARA = (Status.EJ_BEHANDLAD, Status.BORDLAGD)

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="punkter")
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    slag = models.CharField(
        "vad punkten är", max_length=15, choices=Fastpunkt.Slag, default=Fastpunkt.Slag.VANLIG
    )  # fmt: skip
    rubrik = models.CharField("rubrik", max_length=200)
    underlag = models.TextField("text i dagordningen", blank=True)
    arende = models.ForeignKey(
        Arende, on_delete=models.PROTECT, null=True, blank=True, related_name="punkter", verbose_name="ärende"
    )
    foredragande = models.ForeignKey(
        Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="föredragande"
    )
    minuter = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    kalla = models.CharField("varför den är med", max_length=10, choices=Kalla, default=Kalla.HAND, editable=False)
    varfor = models.CharField("varför den är med", max_length=200, blank=True)
    fortsattning_pa = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="vidare"
    )
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # whose turn
    # The record. `nummer` is given when the meeting closes and never again (MA8); `nummer_text` is an old one's own.
    text = models.TextField("anteckningar", blank=True)
    intern = models.TextField("kansliets egen anteckning", blank=True)
    status = models.CharField("hur punkten slutade", max_length=15, choices=Status, blank=True)
    hanvisad_till = models.CharField("hänvisad till", max_length=200, blank=True)
    avford = models.CharField("förs inte vidare för att", max_length=200, blank=True)
    nummer = models.PositiveIntegerField(null=True, editable=False)
    nummer_text = models.CharField(max_length=20, blank=True, editable=False)
    andrad = models.DateTimeField(default=nu, editable=False)
    sokvektor = models.GeneratedField(
        expression=SearchVector("rubrik", weight="A", config="swedish")
        + SearchVector("text", weight="B", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PunktQuerySet.as_manager()

    class Meta:
        verbose_name = "punkt"
        verbose_name_plural = "punkter"
        ordering = ["ordning", "pk"]
        indexes = [
            GinIndex(fields=["sokvektor"], name="punkt_sokvektor"),
            *(GinIndex(OpClass(Upper(falt), name="gin_trgm_ops"), name=f"punkt_{falt}_trigram") for falt in INUTI),
        ]
        constraints = [
            models.UniqueConstraint(name="punkt_nummer_en_gang", fields=["mote", "nummer"]),
            models.CheckConstraint(
                name="punkt_inte_fortsattning_pa_sig_sjalv", condition=~Q(fortsattning_pa=F("pk"))
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.rubrik

    @property
    def beteckning(self):
        """ "§ 34", "7" or what an old record printed; the place in the agenda before the meeting is closed."""
        if self.nummer_text:
            return self.nummer_text
        nummer = self.nummer or self.ordning
        return f"§ {nummer}" if self.nummer and self.mote.organ.numrering == Organ.Numrering.PARAGRAF else str(nummer)


class Underlag(models.Model):
    """A file that goes with a meeting or one of its items and belongs to no case. A wrong one is taken out of use."""

    mote = models.ForeignKey(Mote, on_delete=models.PROTECT, related_name="underlag")
    punkt = models.ForeignKey(Punkt, on_delete=models.SET_NULL, null=True, blank=True, related_name="filer")
    rubrik = models.CharField("rubrik", max_length=200)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="+")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapat = models.DateTimeField(default=nu, editable=False)
    utgatt = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ["skapat", "pk"]

    def __str__(self):
        return self.rubrik


class Paragraf(models.Model):
    """A number that a body has given in a year, so that none is ever given twice. Rows are only added (MA8)."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    ar = models.PositiveSmallIntegerField()
    nummer = models.PositiveIntegerField()
    punkt = models.OneToOneField(Punkt, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "paragraf"
        verbose_name_plural = "paragrafer"
        constraints = [models.UniqueConstraint(name="paragraf_en_gang", fields=["organ", "ar", "nummer"])]

    def __str__(self):
        return f"§ {self.nummer}/{self.ar}"


class UtfallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the items that the user may see."""
        return self.filter(punkt__in=Punkt.objects.visible_to(user))

    def att_gora_for(self, user):
        """What is to be carried out: of the meetings that the user may read as they stand (who reads only what is
        published, and masked, is told by the record), and the user's own wherever it is from."""
        atgarder = self.filter(Q(typ=Utfall.Typ.ATGARD) | Q(typ=Utfall.Typ.BESLUT, ansvarig__isnull=False))
        if user.ar_kansli:
            return atgarder
        lases = Punkt.objects.visible_to(user).filter(mote__in=Mote.objects.inifran(user))
        return atgarder.filter(Q(punkt__in=lases) | Q(ansvarig__anvandare=user))

    def att_folja_upp(self):
        """Actions and decisions that somebody is to carry out and has not, oldest day first (MA6)."""
        return self.filter(
            Q(typ=Utfall.Typ.ATGARD) | Q(typ=Utfall.Typ.BESLUT, ansvarig__isnull=False), lage__in=Utfall.OPPNA
        ).order_by(F("senast").asc(nulls_last=True), "pk")

    def forsenade(self, dag=None):
        """Of those, the ones whose day has passed."""
        return self.att_folja_upp().filter(senast__lt=dag or idag())


class Utfall(Versionerad):
    """What came of an item: information, a message to the board, a decision or something to do (MA1, MA6)."""

    class Typ(models.TextChoices):
        INFORMATION = "information", "Information"
        MEDSKICK = "medskick", "Medskick"
        BESLUT = "beslut", "Beslut"
        ATGARD = "atgard", "Åtgärd"

    class Lage(models.TextChoices):
        EJ_STARTAD = "ej_startad", "Inte påbörjad"
        PAGAR = "pagar", "Pågår"
        KLAR = "klar", "Klar"
        NEDPRIORITERAD = "nedprioriterad", "Nedprioriterad"

    OPPNA = (Lage.EJ_STARTAD, Lage.PAGAR)

    punkt = models.ForeignKey(Punkt, on_delete=models.CASCADE, related_name="utfall")
    ordning = models.PositiveSmallIntegerField(default=0)
    typ = models.CharField("vad det är", max_length=12, choices=Typ)
    text = models.TextField("text")
    # A decision on the item's case. `beslut` is made from it when the meeting closes.
    arendeutfall = models.CharField("beslut om ärendet", max_length=12, choices=Beslut.Utfall, blank=True)
    beslut = models.OneToOneField(
        Beslut, on_delete=models.SET_NULL, null=True, editable=False, related_name="fran_utfall"
    )
    ansvarig = models.ForeignKey(
        Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarig"
    )
    senast = models.DateField("senast", null=True, blank=True)
    lage = models.CharField("hur långt det har kommit", max_length=15, choices=Lage, default=Lage.EJ_STARTAD)
    uppfoljning = models.TextField("vad som har gjorts", blank=True)
    klart = models.DateField(null=True, editable=False)
    paminnd = models.DateTimeField(null=True, editable=False)
    sokvektor = models.GeneratedField(
        expression=SearchVector("text", config="swedish"), output_field=SearchVectorField(), db_persist=True
    )

    objects = UtfallQuerySet.as_manager()

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["ordning", "pk"]
        indexes = [
            GinIndex(fields=["sokvektor"], name="utfall_sokvektor"),
            GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="utfall_text_trigram"),
            models.Index(fields=["senast"], condition=Q(lage__in=["ej_startad", "pagar"]), name="utfall_oppna"),
        ]
        constraints = [
            models.CheckConstraint(
                name="utfall_arendeutfall_bara_pa_beslut",
                condition=Q(arendeutfall="") | Q(typ="beslut"),
                violation_error_message="Bara ett beslut kan avgöra ärendet.",
            )
        ]

    def __str__(self):
        return self.text[:80]


class Undantag(models.Model):
    """Somebody who was at the meeting but not at this item: a conflict of interest, or out of the room (MA2, MB14)."""

    class Slag(models.TextChoices):
        JAV = "jav", "Jäv"
        UTE = "ute", "Inte i rummet"

    punkt = models.ForeignKey(Punkt, on_delete=models.CASCADE, related_name="undantag")
    narvaro = models.ForeignKey(Narvaro, on_delete=models.CASCADE, related_name="undantag")
    slag = models.CharField("varför", max_length=10, choices=Slag)

    class Meta:
        verbose_name = "undantag"
        verbose_name_plural = "undantag"
        constraints = [models.UniqueConstraint(name="undantag_en_gang", fields=["punkt", "narvaro"])]

    def __str__(self):
        return f"{self.narvaro}: {self.get_slag_display()}"


class ForslagQuerySet(models.QuerySet):
    def att_ta_upp(self, organ, dag):
        """Wishes for a body that no meeting has taken up, whose first day has come on `dag`."""
        ledig = Q(punkt=None) | Q(punkt__mote__lage=Mote.Lage.INSTALLT)
        return self.filter(ledig, organ=organ, tidigast__lte=dag, avfort="").order_by("tidigast", "pk")

    def onska(self, organ, rubrik, *, tidigast=None, kalla="", lank="", nyckel="", text="", av=None):
        """A wish that a body takes something up, from a day on (beslut.md 32). With a `nyckel` it is made once: asked
        again, the first one comes back, whether it has been taken up or not."""
        falt = {
            "rubrik": rubrik[:200], "tidigast": tidigast or idag(), "kalla": kalla[:120], "lank": lank, "text": text,
            "av": av,
        }  # fmt: skip
        if nyckel:
            return self.get_or_create(organ=organ, nyckel=nyckel, defaults=falt)[0]
        return self.create(organ=organ, **falt)


class Forslag(models.Model):
    """A wish for an agenda. Anyone above may make one: `Forslag.objects.onska` (beslut.md 32)."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+", verbose_name="organ")
    tidigast = models.DateField("tidigast", default=idag)
    rubrik = models.CharField("rubrik", max_length=200)
    text = models.TextField("text i dagordningen", blank=True)
    kalla = models.CharField("varifrån", max_length=120, blank=True)  # "Årshjulet: delårsbokslut"
    lank = models.CharField(max_length=200, blank=True)  # a path in the application
    nyckel = models.CharField(max_length=80, blank=True, editable=False)  # the maker's own, so that it asks only once
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    punkt = models.ForeignKey(Punkt, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    avfort = models.CharField("tas inte upp för att", max_length=200, blank=True)
    skapat = models.DateTimeField(auto_now_add=True)

    objects = ForslagQuerySet.as_manager()

    class Meta:
        verbose_name = "önskad punkt"
        verbose_name_plural = "önskade punkter"
        ordering = ["tidigast", "pk"]
        constraints = [
            models.UniqueConstraint(name="forslag_nyckel", fields=["organ", "nyckel"], condition=~Q(nyckel=""))
        ]

    def __str__(self):
        return self.rubrik


class Samtalsfraga(models.Model):
    """A question to begin or end a meeting with; none is asked twice in a year in one body (MA24)."""

    class Slag(models.TextChoices):
        INCHECKNING = "incheckning", "Incheckning"
        LAGET_RUNT = "laget_runt", "Laget runt"

    slag = models.CharField("när den ställs", max_length=15, choices=Slag)
    text = models.CharField("fråga", max_length=200, unique=True)
    anvands = models.BooleanField("används", default=True)

    class Meta:
        verbose_name = "samtalsfråga"
        verbose_name_plural = "samtalsfrågor"
        ordering = ["slag", "text"]

    def __str__(self):
        return self.text


class Anteckning(models.Model):
    """A reader's own note on an item or a paper; nobody else reads it (MA21). It outlives new versions of the paper."""

    punkt = models.ForeignKey(Punkt, on_delete=models.CASCADE, related_name="+")
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField("min anteckning")
    andrad = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "egen anteckning"
        verbose_name_plural = "egna anteckningar"
        constraints = [models.UniqueConstraint(name="anteckning_en_gang", fields=["punkt", "anvandare"])]

    def __str__(self):
        return f"Anteckning {self.pk}"


class Lasning(models.Model):
    """When somebody last opened a meeting: "nytt sedan sist" for the reader, a count for the kansli (MA21)."""

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="lasningar")
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tid = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "läsning"
        verbose_name_plural = "läsningar"
        constraints = [models.UniqueConstraint(name="lasning_en_gang", fields=["mote", "anvandare"])]

    def __str__(self):
        return f"Läsning {self.pk}"
