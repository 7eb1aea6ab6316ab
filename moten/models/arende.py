"""The case register (diarium): one row for everything that a body is asked to treat, with its papers."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q

from samordning.karna.flode import Flode
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Fil, Handelse, Kontakt, Part, Rapportversion, Roll

# Who reads a case that has come as far as to the preparation groups.
LASARE = frozenset({Roll.BEREDNING, Roll.STYRELSE, Roll.EKONOM, Roll.REVISOR})


class ArendeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_arende` as a filter."""
        if user.ar_kansli:
            return self
        villkor = Q(pk__in=self.model.parter.through.objects.filter(
            part__in=user.parter_som(Roll.PARTSFORETRADARE)).values("arende"))  # fmt: skip
        if user.har_roll(*LASARE):
            villkor |= Q(beredd__isnull=False)
        return self.filter(villkor)

    def oppna(self):
        """Not yet ended."""
        return self.exclude(lage__in=Arende.SLUTLAGEN)

    def om(self, objekt):
        """The cases that treat an object of a higher app."""
        return self.filter(objekt_typ=objekt._meta.label_lower, objekt_id=objekt.pk)

    def for_lista(self):
        """Everything a row of the diarium shows, newest first. Two queries at any length."""
        return self.select_related("handlaggare").prefetch_related("parter").order_by("-ar", "-lopnummer")


class ArendeManager(models.Manager.from_queryset(ArendeQuerySet)):
    @transaction.atomic
    def registrera(self, *, slag, rubrik, parter, objekt, av, inkom=None, huvudpart=None):
        """A new case with the year's next number. One at a time, so that no number is missing or used twice.

        `huvudpart`: the one of `parter` (an instance or a primary key) that may withdraw it; None: only the kansli may.
        """
        Part.objects.select_for_update().forbund()
        ar = (inkom := inkom or idag()).year
        sista = self.filter(ar=ar).aggregate(sista=Max("lopnummer"))["sista"] or 0
        arende = self.create(
            ar=ar, lopnummer=sista + 1, slag=slag, rubrik=rubrik, inkom=inkom,
            objekt_typ=objekt._meta.label_lower, objekt_id=objekt.pk,
            huvudpart_id=getattr(huvudpart, "pk", huvudpart),
        )  # fmt: skip
        arende.parter.set(parter)
        Handelse.logga(arende, "registrerad", av=av, till=arende.lage)
        return arende


class Arende(Flode):
    """A case. It points up to what it is about by (objekt_typ, objekt_id); its road is `lage` (beslut.md 32)."""

    class Lage(models.TextChoices):
        INKOMMEN = "inkommen", "Inkommen"
        KOMPLETTERING = "komplettering", "Under komplettering"
        BEREDNING = "beredning", "I beredningsgruppen"
        AU = "au", "I arbetsutskottet"
        STYRELSE = "styrelse", "Hos styrelsen"
        BEVILJAD = "beviljad", "Beviljad"
        AVSLAGEN = "avslagen", "Avslagen"
        AVSLUTAD = "avslutad", "Avslutad"
        ATERKALLAD = "aterkallad", "Återkallad"

    class Slag(models.TextChoices):
        ANSOKAN = "ansokan", "Ansökan"
        FORLANGNING = "forlangning", "Förlängning"
        OVRIGT = "ovrigt", "Övrigt"

    SLUTLAGEN = (Lage.AVSLAGEN, Lage.AVSLUTAD, Lage.ATERKALLAD)
    FORE_BESLUT = (Lage.INKOMMEN, Lage.KOMPLETTERING, Lage.BEREDNING, Lage.AU, Lage.STYRELSE)
    OVERGANGAR = {
        "begar_komplettering": ({Lage.INKOMMEN, Lage.BEREDNING, Lage.AU}, Lage.KOMPLETTERING),
        "komplettera": ({Lage.KOMPLETTERING}, Lage.INKOMMEN),
        "till_beredning": ({Lage.INKOMMEN}, Lage.BEREDNING),
        "till_au": ({Lage.INKOMMEN, Lage.BEREDNING}, Lage.AU),
        "till_styrelse": ({Lage.INKOMMEN, Lage.BEREDNING, Lage.AU}, Lage.STYRELSE),
        "bevilja": ({Lage.STYRELSE}, Lage.BEVILJAD),
        "avsla": ({Lage.STYRELSE}, Lage.AVSLAGEN),
        "aterremittera": ({Lage.STYRELSE, Lage.AU}, Lage.INKOMMEN),
        "aterkalla": (set(FORE_BESLUT), Lage.ATERKALLAD),
        "avsluta": ({Lage.BEVILJAD}, Lage.AVSLUTAD),
    }

    ar = models.PositiveSmallIntegerField("år", editable=False)
    lopnummer = models.PositiveIntegerField("löpnummer", editable=False)
    slag = models.CharField("slag", max_length=15, choices=Slag)
    rubrik = models.CharField("rubrik", max_length=200)
    inkom = models.DateField("kom in")
    objekt_typ = models.CharField(max_length=60)
    objekt_id = models.BigIntegerField()
    parter = models.ManyToManyField(Part, related_name="+", verbose_name="parter")
    huvudpart = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="huvudpart"
    )
    handlaggare = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="handläggare",
    )  # fmt: skip
    lage = models.CharField("läge", max_length=15, choices=Lage, default=Lage.INKOMMEN, editable=False)
    beredd = models.DateTimeField("gick till beredning", null=True, editable=False)
    andrad = models.DateTimeField("läget ändrades", default=nu, editable=False)

    objects = ArendeManager()

    class Meta:
        verbose_name = "ärendet"
        verbose_name_plural = "ärenden"
        indexes = [
            models.Index(fields=["-ar", "-lopnummer"], name="arende_diarium"),
            models.Index(fields=["lage"], name="arende_lage"),
        ]
        constraints = [
            models.UniqueConstraint(name="arende_diarienummer", fields=["ar", "lopnummer"]),
            models.UniqueConstraint(name="arende_ett_per_objekt", fields=["objekt_typ", "objekt_id"]),
        ]

    def __str__(self):
        return f"{self.diarienummer} {self.rubrik}"

    @property
    def diarienummer(self):
        """2026/14, as it is written on papers."""
        return f"{self.ar}/{self.lopnummer}"

    def flytta(self, overgang, *, av):
        """One of the steps without other content: komplettera, till_beredning, till_au, till_styrelse, aterkalla ..."""
        falt = {"andrad": nu()}
        if self.beredd is None and overgang in ("till_beredning", "till_au", "till_styrelse"):
            falt["beredd"] = falt["andrad"]
        self._overga(overgang, av=av, **falt)


class HandlingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_handling` as a filter."""
        egna = self.filter(arende__in=Arende.objects.visible_to(user))
        return egna if user.ar_kansli else egna.exclude(krets=Handling.Krets.INTERN)


class Handling(models.Model):
    """A paper of a case: a file, or a text that the system wrote. Never changed; a wrong one is marked as withdrawn."""

    class Krets(models.TextChoices):
        ALLA = "alla", "Alla som ser ärendet"
        INTERN = "intern", "Bara kansliet"

    class Riktning(models.TextChoices):
        IN = "in", "Inkommen"
        UT = "ut", "Utgående"
        UPPRATTAD = "upprattad", "Upprättad här"

    arende = models.ForeignKey(Arende, on_delete=models.PROTECT, related_name="handlingar")
    riktning = models.CharField(
        "inkommen eller utgående", max_length=10, choices=Riktning, default=Riktning.UPPRATTAD,
        db_default=Riktning.UPPRATTAD,
    )  # fmt: skip
    motpart = models.CharField("från eller till", max_length=150, blank=True, default="", db_default="")
    rubrik = models.CharField("rubrik", max_length=200)
    datum = models.DateField("datum", default=idag)
    krets = models.CharField("vem som ser den", max_length=10, choices=Krets, default=Krets.ALLA)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("text", blank=True)
    # Figures in a case come from a released version only, and say which (beslut.md 9).
    rapportversion = models.ForeignKey(Rapportversion, on_delete=models.PROTECT, null=True, related_name="+")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)
    makulerad = models.CharField("makulerad för att", max_length=200, blank=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        ordering = ["-datum", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handling_har_innehall",
                condition=Q(fil__isnull=False) | ~Q(text=""),
                violation_error_message="Välj en fil eller skriv en text.",
            )
        ]

    def __str__(self):
        return self.rubrik


class Jav(models.Model):
    """Somebody who does not take part when the case is treated (MB14): a conflict of interest, or another reason."""

    class Slag(models.TextChoices):
        JAV = "jav", "Jäv"
        DELTAR_INTE = "deltar_inte", "Deltar inte"

    arende = models.ForeignKey(Arende, on_delete=models.PROTECT, related_name="jav")
    kontakt = models.ForeignKey(Kontakt, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    slag = models.CharField("varför", max_length=15, choices=Slag, default=Slag.JAV)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "jäv"
        verbose_name_plural = "jäv"
        constraints = [
            models.UniqueConstraint(
                name="jav_en_gang",
                fields=["arende", "kontakt"],
                violation_error_message="Personen är redan antecknad.",
            )
        ]

    def __str__(self):
        return f"{self.kontakt}: {self.get_slag_display()}"
