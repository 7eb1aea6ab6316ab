"""The bodies of the association, who sits in them, and the days on which they meet."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from moten import kedja
from samordning.karna.kalender import idag
from samordning.karna.models import Installning, Kontakt, Part
from samordning.karna.models.part import SvenskOrdning

TILLBAKA = timedelta(days=2 * kedja.STORSTA)  # meetings that may belong to a coming board


class Organ(models.Model):
    """A body that treats cases: the board, its working committee (AU) or a preparation group."""

    class Slag(models.TextChoices):
        BEREDNING = "beredning", "Beredningsgrupp"
        AU = "au", "Arbetsutskott"
        STYRELSE = "styrelse", "Styrelse"

    namn = models.CharField("namn", max_length=80, unique=True)
    slag = models.CharField("slag", max_length=10, choices=Slag)
    upphorde = models.DateField("finns till och med", null=True, blank=True)

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organ"
        ordering = [SvenskOrdning("namn")]

    def __str__(self):
        return self.namn


class LedamotskapQuerySet(models.QuerySet):
    def pagaende(self, dag=None):
        """Seats that hold on a day (today unless given)."""
        dag = dag or idag()
        return self.filter(Q(till__gte=dag) | Q(till=None), fran__lte=dag)


class Ledamotskap(models.Model):
    """A person of the contact register sits in a body for a party. It opens no door: that is an `Uppdrag`."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="ledamotskap")
    kontakt = models.ForeignKey(Kontakt, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="för")
    ersattare = models.BooleanField("ersättare", default=False)
    fran = models.DateField("från och med", default=idag)
    till = models.DateField("till och med", null=True, blank=True)

    objects = LedamotskapQuerySet.as_manager()

    class Meta:
        verbose_name = "ledamot"
        verbose_name_plural = "ledamöter"
        constraints = [
            models.CheckConstraint(
                name="ledamotskap_slut_efter_start",
                condition=Q(till=None) | Q(till__gte=F("fran")),
                violation_error_message="Uppdraget kan inte sluta innan det börjar.",
            ),
            models.UniqueConstraint(
                name="ledamotskap_en_gang",
                fields=["organ", "kontakt", "fran"],
                violation_error_message="Personen är redan ledamot från den dagen.",
            ),
        ]

    def __str__(self):
        return str(self.kontakt)


class MoteQuerySet(models.QuerySet):
    def kommande(self, dag=None):
        """From a day on (today unless given), the nearest first."""
        return self.filter(dag__gte=dag or idag()).order_by("dag", "pk")

    def ansokningstider(self, dag=None):
        """[kedja.Ansokningstid] for each coming meeting of the board, the nearest first. Three queries."""
        dag = dag or idag()
        rader = {slag: [] for slag in Organ.Slag.values}
        for mote in self.filter(dag__gte=dag - TILLBAKA).select_related("organ").order_by("dag", "pk"):
            rader[mote.organ.slag].append(mote)
        beredning = {}
        for mote in rader[Organ.Slag.BEREDNING]:
            beredning.setdefault(mote.organ_id, []).append(mote.dag)
        au_finns = Organ.objects.filter(Q(upphorde=None) | Q(upphorde__gte=dag), slag=Organ.Slag.AU).exists()
        tider = kedja.rakna(
            [(mote.dag, mote.plats) for mote in rader[Organ.Slag.STYRELSE]],
            beredning,
            [mote.dag for mote in rader[Organ.Slag.AU]] if au_finns else None,
            Installning.objects.varden(kedja.REGLER, dag=dag),
        )
        return [tid for tid in tider if tid.styrelse >= dag]

    def nasta_ansokningstid(self, dag=None):
        """The first one whose last day to apply has not passed, or None when no such meeting of the board is set."""
        dag = dag or idag()
        return next((tid for tid in self.ansokningstider(dag) if not tid.har_passerat(dag)), None)


class Mote(models.Model):
    """A day on which a body meets."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="moten")
    dag = models.DateField("dag")
    plats = models.CharField("plats", max_length=120, blank=True)

    objects = MoteQuerySet.as_manager()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["dag"]
        constraints = [
            models.UniqueConstraint(
                name="mote_ett_om_dagen",
                fields=["organ", "dag"],
                violation_error_message="Det finns redan ett möte den dagen.",
            )
        ]

    def __str__(self):
        return f"{self.organ} {self.dag}"
