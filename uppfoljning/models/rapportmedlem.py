"""Which stays a report counted, so that what has changed since can be told (rapportdefinitioner.md 7.3, late data)."""

from django.db import models
from django.db.models import F, Q


class Rapportmedlem(models.Model):
    """One stay as a report counted it: what decides in which cells it stands. Nothing that names the person."""

    rapport = models.ForeignKey("karna.Rapportversion", on_delete=models.CASCADE, related_name="+")
    deltagande = models.ForeignKey("uppfoljning.Deltagande", on_delete=models.PROTECT, related_name="+")
    insats = models.ForeignKey("insatser.Insats", on_delete=models.PROTECT, related_name="+")
    deltagare = models.ForeignKey("remisser.Deltagare", on_delete=models.PROTECT, related_name="+")
    kon = models.CharField(max_length=1)
    start = models.DateField()
    slut = models.DateField(null=True)
    avslutsorsak = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name = "medlem i rapport"
        verbose_name_plural = "medlemmar i rapport"
        constraints = [
            models.UniqueConstraint(name="rapportmedlem_en_gang", fields=["rapport", "deltagande"]),
            models.CheckConstraint(
                name="rapportmedlem_slut_efter_start", condition=Q(slut=None) | Q(slut__gte=F("start"))
            ),
        ]

    def __str__(self):
        return f"{self.rapport_id}: {self.deltagande_id}"
