"""The ledger as it was read in from SIE files: imports, accounts, balances, vouchers and their rows (MC3).

Vouchers are only added, and only an undone import takes its own away. What a later file says of a voucher that is here
already is a correction: a new voucher with the difference and the reason. Triggers see to it (0007).
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from ekonomi.models.budget import Verksamhetsar
from ekonomi.models.rekvisition import SER_ALLA
from samordning.karna.flode import Flode
from samordning.karna.kalender import nu
from samordning.karna.models import Fil, Importkorning

# A file may give more decimals than öre; nothing is rounded when it is stored.
BELOPP = {"max_digits": 21, "decimal_places": 6}


class BokQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_bok` as a filter: the texts of vouchers may name persons."""
        return self if user.har_roll(*SER_ALLA) else self.none()


class Bokimport(Flode):
    """A file on its way into a year's ledger: looked through, then saved, thrown away or undone."""

    class Lage(models.TextChoices):
        UPPLADDAD = "uppladdad", "Granskas"
        GRANSKAD = "granskad", "Väntar på att sparas"
        SPARAD = "sparad", "Sparad"
        AVVISAD = "avvisad", "Inte inläst"
        ANGRAD = "angrad", "Ångrad"

    OVERGANGAR = {
        "granska": ({Lage.UPPLADDAD, Lage.GRANSKAD}, Lage.GRANSKAD),
        "avvisa": ({Lage.UPPLADDAD, Lage.GRANSKAD}, Lage.AVVISAD),
        "spara": ({Lage.GRANSKAD}, Lage.SPARAD),
        "angra": ({Lage.SPARAD}, Lage.ANGRAD),
    }

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="bokimporter")
    # Kept as it came, encrypted: the vouchers' texts may name persons.
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="+")
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.UPPLADDAD, editable=False)
    # What the look through found (bok_granskning.py); no text of any voucher.
    granskning = models.JSONField(default=dict, editable=False)
    # Why vouchers were corrected, or written in a year that is closed.
    skal = models.TextField("skäl", blank=True, default="", db_default="")
    korning = models.OneToOneField(Importkorning, on_delete=models.PROTECT, null=True, related_name="+")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField(default=nu, editable=False)

    objects = BokQuerySet.as_manager()

    class Meta:
        verbose_name = "importen"
        verbose_name_plural = "importer av bokföring"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="bokimport_sparad_har_korning",
                condition=Q(lage__in=["sparad", "angrad"], korning__isnull=False)
                | Q(lage__in=["uppladdad", "granskad", "avvisad"], korning=None),
            )
        ]

    def __str__(self):
        return f"Import {self.pk}"


class Bokkonto(models.Model):
    """An account of a year, by the name that the latest file gives it."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="konton")
    nr = models.TextField("konto")
    namn = models.TextField("namn", blank=True)
    typ = models.CharField("typ", max_length=1, blank=True)  # T, S, K or I, where the file says it
    # Belongs to the balance sheet and not to the result (ekonomi.sie.avstamning).
    balans = models.BooleanField("balanskonto")
    bokimport = models.ForeignKey(Bokimport, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konton"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="bokkonto_en_gang", fields=["verksamhetsar", "nr"])]

    def __str__(self):
        return f"{self.nr} {self.namn}".strip()


class Bokobjekt(models.Model):
    """A project, a cost centre or another thing that rows are marked with."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="objekt")
    dimension = models.TextField("dimension")
    dimension_namn = models.TextField("dimensionens namn", blank=True)
    nr = models.TextField("objekt")
    namn = models.TextField("namn", blank=True)
    bokimport = models.ForeignKey(Bokimport, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "objekt"
        verbose_name_plural = "objekt"
        ordering = ["dimension", "nr"]
        constraints = [models.UniqueConstraint(name="bokobjekt_en_gang", fields=["verksamhetsar", "dimension", "nr"])]

    def __str__(self):
        return f"{self.nr} {self.namn}".strip()


class Boksaldo(models.Model):
    """A balance as a file gives it, for its own year. Kept with its import: the ledger is compared with the latest."""

    class Slag(models.TextChoices):
        IB = "ib", "Ingående"
        UB = "ub", "Utgående"
        RES = "res", "Resultat"
        OIB = "oib", "Ingående per objekt"
        OUB = "oub", "Utgående per objekt"
        PSALDO = "psaldo", "Månad"

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="saldon")
    bokimport = models.ForeignKey(Bokimport, on_delete=models.PROTECT, related_name="saldon")
    slag = models.CharField(max_length=6, choices=Slag)
    konto = models.TextField("konto")
    period = models.CharField("månad", max_length=6, blank=True)
    objekt = ArrayField(models.TextField(), default=list, blank=True)  # "6:P1"; empty in the row of the total
    belopp = models.DecimalField("belopp", **BELOPP)

    class Meta:
        verbose_name = "saldo"
        verbose_name_plural = "saldon"
        constraints = [
            models.UniqueConstraint(name="boksaldo_en_gang", fields=["bokimport", "slag", "konto", "period", "objekt"])
        ]

    def __str__(self):
        return f"{self.get_slag_display()} {self.konto}"


class Verifikation(models.Model):
    """A voucher. `avtryck` tells vouchers with the same days and rows; `rattar` is the voucher that it corrects."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="verifikationer")
    bokimport = models.ForeignKey(Bokimport, on_delete=models.PROTECT, related_name="verifikationer")
    serie = models.TextField("serie", blank=True)
    nr = models.TextField("nummer", blank=True)
    datum = models.DateField("datum")
    text = models.TextField("text", blank=True)
    avtryck = models.CharField(max_length=32)
    rattar = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="rattelser")
    skal = models.TextField("skäl", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "verifikation"
        verbose_name_plural = "verifikationer"
        indexes = [models.Index(fields=["verksamhetsar", "serie", "nr"], name="verifikation_nr")]
        constraints = [
            models.CheckConstraint(
                name="verifikation_rattelse_har_skal", condition=Q(rattar=None) | ~Q(skal="")
            )
        ]  # fmt: skip

    def __str__(self):
        return " ".join(filter(None, (self.serie, self.nr))) or "Utan nummer"


class RadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As `BokQuerySet.visible_to`."""
        return self if user.har_roll(*SER_ALLA) else self.none()

    def for_lista(self):
        """As they stand in a ledger: by day and number. One query."""
        ordning = ("datum", "verifikation__serie", Length("verifikation__nr"), "verifikation__nr", "pk")
        return self.select_related("verifikation").order_by(*ordning)


class Verifikationsrad(models.Model):
    """A row of a voucher; debit is positive. `objekt` is ["6:P1", ...] in order."""

    verksamhetsar = models.ForeignKey(Verksamhetsar, on_delete=models.PROTECT, related_name="bokrader")
    verifikation = models.ForeignKey(Verifikation, on_delete=models.PROTECT, related_name="rader")
    konto = models.TextField("konto")
    objekt = ArrayField(models.TextField(), default=list, blank=True)
    belopp = models.DecimalField("belopp", **BELOPP)
    datum = models.DateField("datum")
    text = models.TextField("text", blank=True)

    objects = RadQuerySet.as_manager()

    class Meta:
        verbose_name = "verifikationsrad"
        verbose_name_plural = "verifikationsrader"
        indexes = [
            models.Index(fields=["verksamhetsar", "konto"], name="bokrad_konto"),
            models.Index(fields=["belopp"], name="bokrad_belopp"),
        ]

    def __str__(self):
        return f"Rad {self.pk}"

    @property
    def hela_texten(self):
        """The voucher's text and the row's own, where it says something else."""
        ver = self.verifikation.text
        return f"{ver}. {self.text}" if ver and self.text and self.text != ver else ver or self.text
