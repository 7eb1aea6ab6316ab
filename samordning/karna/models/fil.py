"""Files by random name, and the record of every import."""

import uuid

from django.conf import settings
from django.db import models

from samordning.karna.flode import Flode
from samordning.karna.krypto import KrypteratFalt


class Fil(Flode):
    """A stored file. It has no URL of its own: each app's view loads its owner and calls `filer.svar`.

    A file about persons has its content and its name encrypted.
    """

    class Lage(models.TextChoices):
        KARANTAN = "karantan", "I karantän"
        REN = "ren", "Godkänd"
        AVVISAD = "avvisad", "Avvisad"

    OVERGANGAR = {
        "godkann": ({Lage.KARANTAN}, Lage.REN),
        "avvisa": ({Lage.KARANTAN}, Lage.AVVISAD),
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64)
    storlek = models.PositiveIntegerField()
    typ = models.CharField(max_length=20)
    namn = models.CharField(max_length=200, blank=True)
    namn_krypterat = KrypteratFalt()
    person = models.BooleanField(default=False)
    lage = models.CharField(max_length=10, choices=Lage, default=Lage.KARANTAN, editable=False)
    skapad_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"
        constraints = [
            models.CheckConstraint(
                name="fil_person_utan_namn_i_klartext", condition=models.Q(person=False) | models.Q(namn="")
            )
        ]

    def __str__(self):
        return f"Fil {self.uuid}"

    @property
    def filnamn(self):
        return self.namn_krypterat if self.person else self.namn

    def godkann(self, *, av=None):
        self._overga("godkann", av=av)

    def avvisa(self, *, av=None):
        self._overga("avvisa", av=av)


class Importkorning(models.Model):
    """One import: who, when, which file, what came of it. The rows it made point to it."""

    typ = models.CharField("typ", max_length=30)
    kalla = models.CharField("källa", max_length=60)
    filnamn = models.CharField("fil", max_length=200)
    sha256 = models.CharField(max_length=64)
    storlek = models.PositiveIntegerField()
    antal = models.JSONField("antal", default=dict)
    varningar = models.JSONField("varningar", default=list)
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        ordering = ["-tid", "-pk"]

    def __str__(self):
        return f"Import {self.pk}"
