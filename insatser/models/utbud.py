"""What an insats offers just now: groups with a start, the state of its implementation, and events to sign up for."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from insatser.models.insats import PLATSER_GALLER, Insats
from samordning.karna.kalender import idag
from samordning.karna.models import Part, Versionerad


class InsatsgruppQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the insatser that a user sees."""
        return self.filter(insats__in=Insats.objects.visible_to(user))

    def inte_slut(self, dag=None):
        """Coming ones, and those that have begun and not ended."""
        dag = dag or idag()
        return self.filter(Q(start__gte=dag) | Q(slut=None) | Q(slut__gte=dag), insats__in=Insats.objects.pagaende(dag))

    def for_alla(self, dag=None):
        """What the public pages show: one that has begun without a last day is shown while somebody confirms it."""
        dag = dag or idag()
        farsk = Q(bekraftad__gte=dag - PLATSER_GALLER)
        return self.inte_slut(dag).filter(Q(start__gte=dag) | Q(slut__gte=dag) | farsk)

    def att_bekrafta(self, dag=None):
        """Those whose free places nobody has confirmed lately."""
        return self.inte_slut(dag).filter(bekraftad__lt=(dag or idag()) - PLATSER_GALLER)


class Insatsgrupp(Versionerad):
    """A group of participants with a start and open places (M337, M341). Places are typed, never computed."""

    insats = models.ForeignKey(Insats, on_delete=models.CASCADE, related_name="insatsgrupper")
    namn = models.CharField("gruppens namn", max_length=120)
    beskrivning = models.CharField("för vem", max_length=300, blank=True)
    plats = models.CharField("plats", max_length=120, blank=True)
    start = models.DateField("startar")
    slut = models.DateField("slutar", null=True, blank=True)
    platser = models.PositiveSmallIntegerField("platser")
    lediga = models.PositiveSmallIntegerField("lediga platser")
    bekraftad = models.DateField("lediga platser bekräftade", default=idag, editable=False)

    objects = InsatsgruppQuerySet.as_manager()

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="insatsgrupp_lediga_ryms",
                condition=Q(lediga__lte=F("platser")),
                violation_error_message="De lediga platserna kan inte vara fler än platserna.",
            ),
            models.CheckConstraint(
                name="insatsgrupp_slut_efter_start",
                condition=Q(slut=None) | Q(slut__gte=F("start")),
                violation_error_message="Gruppen kan inte sluta innan den startar.",
            ),
        ]

    def __str__(self):
        return self.namn

    @property
    def har_startat(self):
        return self.start < idag()

    @property
    def ar_gammal(self):
        """As for the places of an insats: nobody has confirmed them lately."""
        return self.bekraftad < idag() - PLATSER_GALLER


class Implementering(models.Model):
    """Where an insats is on its way into ordinary work (M342). A new state is a new row; the latest holds."""

    class Status(models.TextChoices):
        EJ_PLANERAD = "ej_planerad", "Inte planerad"
        PLANERAD = "planerad", "Planerad"
        PAGAR = "pagar", "Pågår"
        GENOMFORD = "genomford", "Genomförd"
        AVBRUTEN = "avbruten", "Avbruten"

    insats = models.ForeignKey(Insats, on_delete=models.CASCADE, related_name="implementering")
    status = models.CharField("status", max_length=12, choices=Status)
    datum = models.DateField("datum", default=idag)
    ansvarig = models.CharField("ansvarig", max_length=120, blank=True)
    text = models.TextField("beskrivning", blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "implementering"
        verbose_name_plural = "implementering"
        ordering = ["-datum", "-pk"]

    def __str__(self):
        return self.get_status_display()


class TillfalleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the insatser that a user sees."""
        return self.filter(insats__in=Insats.objects.visible_to(user))

    def med_antal(self):
        """With `anmalda` (signed up and not withdrawn), `narvarande` (were there), and `bockade` (known if they were
        there), for "27 av 40"."""
        kvar = Q(anmalningar__id__isnull=False, anmalningar__avanmald=None)
        return self.annotate(
            anmalda=Count("anmalningar", filter=kvar),
            narvarande=Count("anmalningar", filter=kvar & Q(anmalningar__narvarade=True)),
            bockade=Count("anmalningar", filter=kvar & Q(anmalningar__narvarade__isnull=False)),
        )

    def kommande(self, dag=None):
        """The next one first; said here, since a query that counts forgets the model's order."""
        return self.filter(dag__gte=dag or idag()).order_by("dag", "pk")

    def hallna(self, dag=None):
        """Have been, and were not cancelled."""
        return self.filter(dag__lt=dag or idag(), installt=False)


class Tillfalle(Versionerad):
    """An event of a structural insats, such as a day of training for the parties' staff."""

    insats = models.ForeignKey(Insats, on_delete=models.CASCADE, related_name="tillfallen")
    rubrik = models.CharField("rubrik", max_length=200)
    beskrivning = models.TextField("beskrivning", blank=True)
    dag = models.DateField("dag")
    tid = models.CharField("tid", max_length=40, blank=True, help_text="Till exempel 9.00–16.00.")
    plats = models.CharField("plats", max_length=200, blank=True)
    platser = models.PositiveSmallIntegerField("platser")
    sista_anmalan = models.DateField("sista dag att anmäla sig", null=True, blank=True)
    installt = models.BooleanField("inställt", default=False)

    objects = TillfalleQuerySet.as_manager()

    class Meta:
        verbose_name = "tillfälle"
        verbose_name_plural = "tillfällen"
        ordering = ["dag", "pk"]
        constraints = [
            models.CheckConstraint(
                name="tillfalle_anmalan_fore_dagen",
                condition=Q(sista_anmalan=None) | Q(sista_anmalan__lte=F("dag")),
                violation_error_message="Sista dag att anmäla sig kan inte vara efter tillfället.",
            ),
            models.CheckConstraint(
                name="tillfalle_har_platser",
                condition=Q(platser__gte=1),
                violation_error_message="Skriv hur många platser som finns, minst 1.",
            ),
        ]

    def __str__(self):
        return self.rubrik


class Anmalan(models.Model):
    """Somebody of the parties' staff who has signed up. Never a participant of an insats."""

    tillfalle = models.ForeignKey(Tillfalle, on_delete=models.CASCADE, related_name="anmalningar")
    anvandare = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    namn = models.CharField("namn", max_length=120)
    epost = models.EmailField("e-post", blank=True)
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="arbetsplats"
    )
    anmald = models.DateTimeField(auto_now_add=True)
    avanmald = models.DateTimeField(null=True, editable=False)
    narvarade = models.BooleanField("var där", null=True)

    class Meta:
        verbose_name = "anmälan"
        verbose_name_plural = "anmälningar"
        ordering = ["anmald", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="anmalan_en_per_anvandare",
                fields=["tillfalle", "anvandare"],
                condition=Q(anvandare__isnull=False, avanmald=None),
                violation_error_message="Du är redan anmäld.",
            )
        ]

    def __str__(self):
        return self.namn


class Nominering(Versionerad):
    """An employer nominated for Det goda exemplet (M118)."""

    ar = models.PositiveSmallIntegerField("år")
    arbetsgivare = models.CharField("arbetsgivare", max_length=120)
    motivering = models.TextField("varför")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="nominerad av")
    vald = models.BooleanField("får utmärkelsen", default=False, editable=False)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "nominering"
        verbose_name_plural = "nomineringar"
        ordering = ["-ar", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="nominering_en_per_ar",
                fields=["ar", "arbetsgivare"],
                violation_error_message="Arbetsgivaren är redan nominerad det året.",
            )
        ]

    def __str__(self):
        return self.arbetsgivare
