"""The bodies of the association, who sits in them, and what they always take up."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt, Part
from samordning.karna.models.part import SvenskOrdning


class Organ(models.Model):
    """A body that meets: the board, its working committee (AU, the presidium), a preparation group and others."""

    class Slag(models.TextChoices):
        BEREDNING = "beredning", "Beredningsgrupp"
        AU = "au", "Arbetsutskott"
        STYRELSE = "styrelse", "Styrelse"
        STYRGRUPP = "styrgrupp", "Styrgrupp"
        MEDLEMSRAD = "medlemsrad", "Medlemsråd"
        DAG = "dag", "Gemensam dag"

    class Numrering(models.TextChoices):
        PUNKT = "punkt", "Punkt 1, 2, 3 på varje möte"
        PARAGRAF = "paragraf", "§ som löper genom året"

    namn = models.CharField("namn", max_length=80, unique=True)
    slag = models.CharField("slag", max_length=10, choices=Slag)
    numrering = models.CharField(
        "numrering", max_length=10, choices=Numrering, default=Numrering.PUNKT, db_default=Numrering.PUNKT
    )
    kallelse_dagar = models.PositiveSmallIntegerField("kallelsen skickas så många dagar före", default=7, db_default=7)
    justeras = models.BooleanField("protokollet justeras", default=False, db_default=False)
    publikt = models.BooleanField("det som publiceras får alla läsa", default=False, db_default=False)
    upphorde = models.DateField("finns till och med", null=True, blank=True)

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organ"
        ordering = [SvenskOrdning("namn")]

    def __str__(self):
        return self.namn


class Fastpunkt(models.Model):
    """An item that a body takes up every time (MA9, MA24). `slag` says what fills it by itself."""

    class Slag(models.TextChoices):
        VANLIG = "vanlig", "Vanlig punkt"
        INCHECKNING = "incheckning", "Incheckning med en fråga"
        NARVARO = "narvaro", "Närvaro, sekreterare och justerare"
        FOREGAENDE = "foregaende", "Föregående protokoll"
        UPPFOLJNING = "uppfoljning", "Uppföljning av beslut och åtgärder"
        RAPPORT = "rapport", "Rapport från styrelsen, och vad som hände med gruppens medskick"
        GODA_EXEMPEL = "goda_exempel", "Gott exempel, från en part i tur och ordning"
        ARENDEN = "arenden", "Här kommer ärendena"
        NASTA_MOTE = "nasta_mote", "Nästa möte"
        UTVARDERING = "utvardering", "Utvärdering av mötet"
        LAGET_RUNT = "laget_runt", "Laget runt"

    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="fasta_punkter")
    ordning = models.PositiveSmallIntegerField("ordning", default=0)
    slag = models.CharField("vad punkten är", max_length=15, choices=Slag, default=Slag.VANLIG)
    rubrik = models.CharField("rubrik", max_length=200)
    underlag = models.TextField("text i dagordningen", blank=True)

    class Meta:
        verbose_name = "fast punkt"
        verbose_name_plural = "fasta punkter"
        ordering = ["ordning", "pk"]

    def __str__(self):
        return self.rubrik


class LedamotskapQuerySet(models.QuerySet):
    def pagaende(self, dag=None):
        """Seats that hold on a day (today unless given)."""
        dag = dag or idag()
        return self.filter(Q(till__gte=dag) | Q(till=None), fran__lte=dag)

    def i_ordning(self):
        """The chair first, then members by name, then deputies in the order in which they serve (2003:1210 12 §)."""
        forst = Case(When(uppdrag="ordforande", then=Value(0)), When(uppdrag="vice", then=Value(1)), default=Value(2))
        return self.order_by(F("ersattare"), forst, "ordning", SvenskOrdning("kontakt__namn"), "pk")


class Ledamotskap(models.Model):
    """A person of the contact register sits in a body for a party. It opens no door: that is an `Uppdrag`."""

    class Uppdrag(models.TextChoices):
        LEDAMOT = "ledamot", "Ledamot"
        ORDFORANDE = "ordforande", "Ordförande"
        VICE = "vice", "Vice ordförande"
        SEKRETERARE = "sekreterare", "Sekreterare"
        ADJUNGERAD = "adjungerad", "Adjungerad"

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="ledamotskap")
    kontakt = models.ForeignKey(Kontakt, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+", verbose_name="för")
    uppdrag = models.CharField(
        "uppdrag", max_length=12, choices=Uppdrag, default=Uppdrag.LEDAMOT, db_default=Uppdrag.LEDAMOT
    )
    ersattare = models.BooleanField("ersättare", default=False)
    ordning = models.PositiveSmallIntegerField("plats i turordningen", default=0, db_default=0)
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
