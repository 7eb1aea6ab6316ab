"""Mails about a meeting, one row each so that none is sent twice, and who reads the calendar from outside."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q

from moten.models.mote import Kallelse, Mote, Narvaro
from samordning.karna.kalender import nu
from samordning.karna.models import Anvandare


class Motesmejl(models.Model):
    """A mail to somebody who is called, to be sent or sent. A job sends what waits; nobody gets the same one twice."""

    FORSOK = 20  # one each time the beat task runs: some hours

    class Slag(models.TextChoices):
        KALLELSE = "kallelse", "Kallelse"
        ERSATTARE = "ersattare", "Kallelse till ersättare"
        PAMINNELSE = "paminnelse", "Påminnelse"
        INSTALLT = "installt", "Inställt"

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="mejl")
    narvaro = models.ForeignKey(Narvaro, on_delete=models.CASCADE, related_name="+")
    kallelse = models.ForeignKey(Kallelse, on_delete=models.PROTECT, null=True, related_name="+")
    slag = models.CharField(max_length=10, choices=Slag)
    skapat = models.DateTimeField(default=nu)
    skickat = models.DateTimeField(null=True)
    forsok = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "mejl om ett möte"
        verbose_name_plural = "mejl om möten"
        indexes = [models.Index(fields=["mote"], condition=Q(skickat=None), name="motesmejl_osanda")]
        constraints = [
            models.UniqueConstraint(
                name="motesmejl_en_gang_per_kallelse",
                fields=["narvaro", "kallelse", "slag"],
                condition=Q(slag__in=["kallelse", "ersattare"]),
            )
        ]

    def __str__(self):
        return f"{self.get_slag_display()} {self.pk}"


class Kalenderprenumeration(models.Model):
    """How many times a user has got a new address for the calendar: the number is in the signed address, so each new
    one makes the earlier ones stop (MA18). Who has no row has the first."""

    anvandare = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    nummer = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "kalenderprenumeration"
        verbose_name_plural = "kalenderprenumerationer"

    def __str__(self):
        return f"Kalenderprenumeration {self.pk}"

    @classmethod
    def nyckel(cls, anvandare, salt):
        """The signed key of a user's calendars of one kind (`salt`): the newest one."""
        return signing.Signer(salt=salt).sign_object([anvandare.pk, cls._nummer(anvandare.pk)])

    @classmethod
    def agare(cls, text, salt):
        """The user with an open account whose newest key it is, or None."""
        try:
            pk, nummer = signing.Signer(salt=salt).unsign_object(text)
        except (signing.BadSignature, ValueError):
            return None
        anvandare = Anvandare.objects.filter(pk=pk, is_active=True).first()
        return anvandare if anvandare and nummer == cls._nummer(pk) else None

    @classmethod
    def _nummer(cls, anvandare):
        return cls.objects.filter(anvandare=anvandare).values_list("nummer", flat=True).first() or 1
