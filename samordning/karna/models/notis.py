"""Notices, and the two guards of every form: against sending twice and against overwriting a colleague."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import ExpressionWrapper, F, Q, Value

from samordning.karna.kalender import nu


class NotisQuerySet(models.QuerySet):
    def olasta(self, user):
        return self.filter(mottagare=user, last=None).order_by("-skapad", "-pk")

    def osanda(self):
        """Notices whose mail has not left and is due again: the pauses grow, so that all attempts take a day."""
        vantan = ExpressionWrapper(F("mejl_forsok") * F("mejl_forsok") * Value(Notis.MEJL_PAUS), models.DurationField())
        nasta = ExpressionWrapper(F("skapad") + vantan, models.DateTimeField())
        return self.filter(mejlat=None, mejl_forsok__lt=Notis.MEJL_FORSOK).alias(nasta=nasta).filter(nasta__lte=nu())


class Notis(models.Model):
    """A notice to one user: a row in the app and a mail without personal data. The text comes from `mall`."""

    MEJL_FORSOK = 50
    MEJL_PAUS = timedelta(seconds=30)

    mottagare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notiser")
    mall = models.CharField(max_length=60, help_text="The template's name under templates/mejl/, without .txt.")
    rubrik = models.CharField(max_length=200)
    lank = models.CharField(max_length=200, blank=True)
    skapad = models.DateTimeField(auto_now_add=True)
    last = models.DateTimeField(null=True)
    mejlat = models.DateTimeField(null=True)
    mejl_forsok = models.PositiveSmallIntegerField(default=0)

    objects = NotisQuerySet.as_manager()

    class Meta:
        verbose_name = "notis"
        verbose_name_plural = "notiser"
        indexes = [
            models.Index(fields=["mottagare", "-skapad"], condition=Q(last=None), name="notis_olasta"),
            models.Index(fields=["id"], condition=Q(mejlat=None), name="notis_osanda"),
        ]

    def __str__(self):
        return self.rubrik


class Inskick(models.Model):
    """One sending of one form. The second sending of the same form gives the first one's result."""

    uuid = models.UUIDField(primary_key=True)
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    objekt_typ = models.CharField(max_length=60)
    objekt_id = models.CharField(max_length=40)
    tid = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "inskick"
        verbose_name_plural = "inskick"

    def __str__(self):
        return f"Inskick {self.uuid}"

    @classmethod
    def en_gang(cls, uuid, user, modell, skapa):
        """Run `skapa()` once for this form and return (object, True), or the first sending's object and False.

        Two at the same moment: the second waits on the primary key and then gets the first one's object.
        """
        try:
            with transaction.atomic():
                inskick = cls.objects.create(uuid=uuid, anvandare=user, objekt_typ=modell._meta.label_lower)
                objekt = skapa()
                inskick.objekt_id = str(objekt.pk)
                inskick.save(update_fields=["objekt_id"])
                return objekt, True
        except IntegrityError:
            tidigare = cls.objects.filter(uuid=uuid, anvandare=user, objekt_typ=modell._meta.label_lower).first()
            if tidigare is None:
                raise
            return modell._base_manager.get(pk=tidigare.objekt_id), False


class Versionerad(models.Model):
    """Counts its saves from a form, so that two people who edit at once do not overwrite each other."""

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
