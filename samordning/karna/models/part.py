"""Parties as a tree with membership dates, and the people one calls there."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samordning.karna.kalender import idag


class SvenskOrdning(models.Func):
    """Sort key for Swedish order: `order_by(SvenskOrdning("namn"))`."""

    template = "translate(lower(%(expressions)s),'åäöæøéèüáà','{|}|}eeyaa') COLLATE \"C\""
    output_field = models.TextField()


class PartQuerySet(models.QuerySet):
    def forbund(self):
        """The association itself; made by a data migration, so it always exists."""
        return self.get(slag=Part.Slag.FORBUND)

    def medlemmar(self, dag=None):
        """Parties that are members on a day (today unless given)."""
        dag = dag or idag()
        return self.filter(Q(medlem_till__gte=dag) | Q(medlem_till=None), medlem_fran__lte=dag)

    def for_konton(self, user):
        """The rule of `policies.can_manage_uppdrag` as a filter: where a kontoansvarig gives and ends roles."""
        if user.ar_kontoansvarig_for_alla:
            return self
        parter = user.parter_som("kontoansvarig")
        return self.filter(Q(pk__in=parter) | Q(del_av__in=parter))

    def for_val(self):
        """In the order of a drop-down."""
        return self.select_related("del_av").order_by(SvenskOrdning("namn"))


class Part(models.Model):
    """An organisation or a unit of one. An AME is an `enhet` under its municipality, a vårdcentral under the region."""

    class Slag(models.TextChoices):
        FORBUND = "forbund", "Samordningsförbund"
        FK = "fk", "Försäkringskassan"
        AF = "af", "Arbetsförmedlingen"
        REGION = "region", "Region"
        KOMMUN = "kommun", "Kommun"
        ENHET = "enhet", "Enhet"
        UTFORARE = "utforare", "Utförare"
        ANNAN = "annan", "Annan"

    namn = models.CharField("namn", max_length=120, unique=True)
    slag = models.CharField("slag", max_length=10, choices=Slag)
    del_av = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="enheter", verbose_name="del av"
    )
    privat = models.BooleanField("privat", default=False)
    kommunkod = models.CharField("kommunkod", max_length=4, blank=True)
    telefon = models.CharField("telefon", max_length=30, blank=True)
    epost = models.EmailField("e-post", blank=True)
    medlem_fran = models.DateField("medlem från", null=True, blank=True)
    medlem_till = models.DateField("medlem till", null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        constraints = [
            models.UniqueConstraint(name="part_ett_forbund", fields=["slag"], condition=Q(slag="forbund")),
            models.CheckConstraint(
                name="part_medlem_till_efter_fran",
                condition=Q(medlem_till=None) | Q(medlem_till__gte=models.F("medlem_fran")),
                violation_error_message="Medlemskapet kan inte sluta innan det börjar.",
            ),
            models.CheckConstraint(
                name="part_enhet_har_moder",
                condition=~Q(slag="enhet") | Q(del_av__isnull=False),
                violation_error_message="En enhet hör till en annan part. Välj vilken.",
            ),
            models.CheckConstraint(
                name="part_inte_del_av_sig_sjalv",
                condition=~Q(del_av=models.F("pk")),
                violation_error_message="En part kan inte vara del av sig själv.",
            ),
        ]

    def __str__(self):
        return self.namn

    @property
    def medlemspart(self):
        """The party at the top of this one's branch: the municipality of an AME."""
        part = self
        while part.del_av_id:
            part = part.del_av
        return part


class Kontakt(models.Model):
    """Somebody one can call: contact persons, members, guests. Never participants."""

    namn = models.CharField("namn", max_length=120)
    alias = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name="andra stavningar")
    titel = models.CharField("titel", max_length=120, blank=True)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="kontakter", verbose_name="part")
    telefon = models.CharField("telefon", max_length=30, blank=True)
    epost = models.EmailField("e-post", blank=True)
    anvandare = models.OneToOneField(
        "karna.Anvandare", on_delete=models.PROTECT, null=True, blank=True, related_name="kontakt"
    )

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"

    def __str__(self):
        return self.namn
