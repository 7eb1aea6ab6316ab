"""Users, and the dated roles that say what they may do."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property

from samordning.karna.kalender import idag
from samordning.karna.models.part import Part, SvenskOrdning


class Roll(models.TextChoices):
    """The closed list of roles. Rights are the union of a user's roles today; nobody "switches" role."""

    KANSLI = "kansli", "Kansli"
    FORBUNDSCHEF = "forbundschef", "Förbundschef"
    KONTOANSVARIG = "kontoansvarig", "Kontoansvarig"
    BEREDNING = "beredning", "Beredningsgrupp"
    STYRELSE = "styrelse", "Styrelse"
    REMITTENT = "remittent", "Remittent"
    INSATSPERSONAL = "insatspersonal", "Insatspersonal"
    PARTSFORETRADARE = "partsforetradare", "Partsföreträdare"
    EKONOM = "ekonom", "Ekonom"
    REVISOR = "revisor", "Revisor"
    DRIFT = "drift", "Drift"


class AnvandareQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_konto` as a filter: kontoansvarig sees the accounts of its own parts."""
        if user.ar_kontoansvarig_for_alla:
            return self
        return self.filter(pk__in=Uppdrag.objects.visible_to(user).values("anvandare"))

    def med_roll(self, *roller, parter=None):
        """Open accounts that have any of the roles today; `parter` (parts or keys): at any of these."""
        uppdrag = Uppdrag.objects.pagaende().filter(roll__in=roller)
        if parter is not None:
            uppdrag = uppdrag.filter(part__in=parter)
        return self.filter(is_active=True, pk__in=uppdrag.values("anvandare"))

    def for_lista(self, user):
        """In order of name, with today's roles as far as `user` looks after them. Three queries in all."""
        roller = Uppdrag.objects.visible_to(user).pagaende().select_related("part").order_by("fran", "pk")
        return (
            self.select_related("inbjudan")
            .prefetch_related(models.Prefetch("uppdrag", roller, to_attr="uppdrag_nu"))
            .order_by(SvenskOrdning("namn"), "pk")
        )


class AnvandareManager(BaseUserManager.from_queryset(AnvandareQuerySet)):
    def get_by_natural_key(self, epost):
        return self.get(epost__iexact=epost)

    def skapa(self, epost, namn, losenord=None):
        """A user without roles. Without a password nobody can log in until an invitation is redeemed."""
        anvandare = self.model(epost=epost.strip().lower(), namn=namn)
        if losenord:
            anvandare.set_password(losenord)
        else:
            anvandare.set_unusable_password()
        anvandare.save()
        return anvandare


class Anvandare(AbstractBaseUser):
    """A person who can log in. What they may do is their `Uppdrag`."""

    epost = models.EmailField("e-post", unique=True)
    namn = models.CharField("namn", max_length=120)
    is_active = models.BooleanField("aktiv", default=True)
    skapad = models.DateTimeField("skapad", auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "epost"
    REQUIRED_FIELDS = ["namn"]

    objects = AnvandareManager()

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = [
            models.CheckConstraint(
                name="anvandare_epost_med_gemener", condition=Q(epost=Func(F("epost"), function="lower"))
            )
        ]

    def __str__(self):
        return self.namn

    @cached_property
    def pagaende_uppdrag(self):
        """Today's roles; one query a request, since `request.user` is one object."""
        return list(self.uppdrag.pagaende().select_related("part"))

    @property
    def roller(self):
        return {uppdrag.roll for uppdrag in self.pagaende_uppdrag}

    def har_roll(self, *roller):
        """True when today's roles hold any of these."""
        return not self.roller.isdisjoint(roller)

    def parter_som(self, *roller):
        """Primary keys of the parts where the user has any of these roles today."""
        return {uppdrag.part_id for uppdrag in self.pagaende_uppdrag if uppdrag.roll in roller}

    def enheter(self, roll):
        """The parts where the user has this role today, for a drop-down."""
        return Part.objects.filter(pk__in=self.parter_som(roll)).for_val()

    @property
    def ar_kansli(self):
        """The förbundschef counts as kansli."""
        return self.har_roll(Roll.KANSLI, Roll.FORBUNDSCHEF)

    @property
    def ar_forbundschef(self):
        return self.har_roll(Roll.FORBUNDSCHEF)

    @property
    def ar_kontoansvarig_for_alla(self):
        """kontoansvarig at the association itself looks after everybody's account."""
        return any(
            uppdrag.roll == Roll.KONTOANSVARIG and uppdrag.part.slag == Part.Slag.FORBUND
            for uppdrag in self.pagaende_uppdrag
        )


class UppdragQuerySet(models.QuerySet):
    def pagaende(self, dag=None):
        """Roles that hold on a day (today unless given)."""
        dag = dag or idag()
        return self.filter(Q(till__gte=dag) | Q(till=None), fran__lte=dag)

    def inte_slut(self):
        """Roles that hold today or begin later."""
        return self.filter(Q(till__gte=idag()) | Q(till=None))

    def visible_to(self, user):
        """The rule of `policies.can_manage_uppdrag` as a filter: the roles that a kontoansvarig looks after."""
        if user.ar_kontoansvarig_for_alla:
            return self
        return self.filter(part__in=Part.objects.for_konton(user))


class TsDag(Func):
    """The days of a role, both ends included, as a Postgres range."""

    function = "daterange"
    output_field = DateRangeField()


UPPDRAGETS_DAGAR = TsDag("fran", "till", Value("[]"))


class Uppdrag(models.Model):
    """A user has a role at a part from one day to another (or until further notice)."""

    anvandare = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="uppdrag", verbose_name="användare")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="uppdrag", verbose_name="organisation")
    roll = models.CharField("roll", max_length=20, choices=Roll)
    fran = models.DateField("från och med", default=idag)
    till = models.DateField("till och med", null=True, blank=True)

    objects = UppdragQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        indexes = [models.Index(fields=["part", "roll"])]
        constraints = [
            models.CheckConstraint(
                name="uppdrag_slut_efter_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Uppdraget kan inte sluta innan det börjar.",
            ),
            # Whoever hands out accounts does not handle participants (doman.md 1.2, the register's own rule).
            ExclusionConstraint(
                name="uppdrag_kontoansvarig_utan_insatspersonal",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("roll", RangeOperators.NOT_EQUAL),
                    (UPPDRAGETS_DAGAR, RangeOperators.OVERLAPS),
                ],
                condition=Q(roll__in=["kontoansvarig", "insatspersonal"]),
                violation_error_message="Samma person kan inte vara både kontoansvarig och insatspersonal samtidigt.",
            ),
            ExclusionConstraint(
                name="uppdrag_inte_dubbelt",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    ("roll", RangeOperators.EQUAL),
                    (UPPDRAGETS_DAGAR, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen har redan den rollen där under de dagarna.",
            ),
        ]

    def __str__(self):
        return f"{self.get_roll_display()}, {self.part}"


class Inbjudan(models.Model):
    """An invitation to choose a password. Only a hash of its code is kept; a new invitation replaces the old."""

    anvandare = models.OneToOneField(Anvandare, on_delete=models.CASCADE, related_name="inbjudan")
    kod_sha256 = models.BinaryField(unique=True, null=True)
    giltig_till = models.DateTimeField(null=True)
    skapad_av = models.ForeignKey(Anvandare, on_delete=models.PROTECT, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"

    def __str__(self):
        return f"Inbjudan till {self.anvandare}"
