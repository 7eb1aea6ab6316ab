"""What happened (Handelse) and who saw what about a person (Atkomst). Rows are only added; triggers see to it."""

from django.conf import settings
from django.db import models

from samordning.karna.request_id import aktuellt_request_id


class HandelseQuerySet(models.QuerySet):
    def om(self, objekt):
        """The history of one object, newest first."""
        return self.filter(objekt_typ=objekt._meta.label_lower, objekt_id=str(objekt.pk)).order_by("-tid", "-pk")


class Handelse(models.Model):
    """A transition or a named event on an object. `data` never holds anything that names a participant."""

    objekt_typ = models.CharField(max_length=60)
    objekt_id = models.CharField(max_length=40)
    namn = models.CharField("händelse", max_length=40)
    fran = models.CharField(max_length=30, blank=True)
    till = models.CharField(max_length=30, blank=True)
    data = models.JSONField(default=dict, blank=True)
    av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="av"
    )
    request_id = models.CharField(max_length=32, blank=True)
    tid = models.DateTimeField("tid", auto_now_add=True)

    objects = HandelseQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        indexes = [models.Index(fields=["objekt_typ", "objekt_id", "-tid"])]

    def __str__(self):
        return f"{self.namn} {self.objekt_typ} {self.objekt_id}"

    @classmethod
    def logga(cls, objekt, namn, *, av=None, fran="", till="", data=None):
        """Write one row, in the same transaction as what it tells of. `av` None is the system."""
        return cls.objects.create(
            objekt_typ=objekt._meta.label_lower,
            objekt_id=str(objekt.pk),
            namn=namn,
            fran=fran,
            till=till,
            data=data or {},
            av=av,
            request_id=aktuellt_request_id(),
        )


class Atkomst(models.Model):
    """Somebody was shown something about a person, or took out a file with small numbers (`person` null)."""

    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uppdrag = models.ForeignKey("karna.Uppdrag", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.UUIDField(null=True, db_index=True)
    objekt_typ = models.CharField(max_length=60)
    objekt_id = models.CharField(max_length=60)
    handling = models.CharField(max_length=30)
    andamal = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    tid = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "åtkomst"
        verbose_name_plural = "åtkomster"
        indexes = [models.Index(fields=["anvandare", "-tid"])]

    def __str__(self):
        return f"{self.handling} {self.objekt_typ} {self.objekt_id}"

    @classmethod
    def logga(cls, user, handling, objekt_typ, rader, *, andamal="", uppdrag=None):
        """One bulk insert before the page is made. `rader`: (object id, person uuid or None) pairs.

        `user` None is the system.
        """
        cls.objects.bulk_create(
            [
                cls(
                    anvandare=user,
                    uppdrag=uppdrag,
                    person=person,
                    objekt_typ=objekt_typ,
                    objekt_id=str(objekt_id),
                    handling=handling,
                    andamal=andamal,
                    request_id=aktuellt_request_id(),
                )
                for objekt_id, person in rader
            ]
        )
