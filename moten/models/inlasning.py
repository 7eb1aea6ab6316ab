"""Old minutes on their way in: the file, what the reader made of it, and what came of it (MA5)."""

from django.conf import settings
from django.db import models

from moten.models.mote import Mote
from samordning.karna.flode import Flode
from samordning.karna.models import Fil, Importkorning, Versionerad


class InlasningQuerySet(models.QuerySet):
    def i_lista(self):
        """Newest first, without what is large. One query."""
        utan = self.defer("tolkad", "skapat", "halva_svar")
        return utan.select_related("mote__organ", "av").order_by("-skapad", "-pk")


class Inlasning(Versionerad, Flode):
    """One file, or one pasted text. Nothing of it is a meeting before `spara`, and `angra` takes that meeting away."""

    class Lage(models.TextChoices):
        VANTAR = "vantar", "Läses"
        FRAGOR = "fragor", "Behöver svar"
        KLAR = "klar", "Klar att spara"
        INLAST = "inlast", "Sparad som möte"
        NEKAD = "nekad", "Gick inte att läsa"
        ANGRAD = "angrad", "Ångrad"

    OVERGANGAR = {
        "fraga": ({Lage.VANTAR, Lage.KLAR}, Lage.FRAGOR),
        "klarna": ({Lage.VANTAR, Lage.FRAGOR}, Lage.KLAR),
        "neka": ({Lage.VANTAR}, Lage.NEKAD),
        "spara_mote": ({Lage.FRAGOR, Lage.KLAR}, Lage.INLAST),
        "angra": ({Lage.INLAST}, Lage.ANGRAD),
    }
    OPPNA = (Lage.FRAGOR, Lage.KLAR)  # read, and waiting for somebody to look at it

    namn = models.CharField("fil", max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    lage = models.CharField("läge", max_length=10, choices=Lage, default=Lage.VANTAR, editable=False)
    tolkad = models.JSONField(default=dict, editable=False)  # the reader's `Anteckning` (inlasning_tolkad.py)
    fragor = models.JSONField(default=list, editable=False)  # [what the text does not say], in words
    # {field of the form: what was chosen} that somebody goes on with later. Nothing is checked before it is saved.
    halva_svar = models.JSONField(default=dict, db_default={}, editable=False)
    besked = models.CharField("varför inte", max_length=500, blank=True, editable=False)
    korning = models.ForeignKey(Importkorning, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    mote = models.ForeignKey(Mote, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    # What saving made beside the meeting, and what the meeting was then, so that all of it can be undone.
    skapat = models.JSONField(default=dict, editable=False)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skapad = models.DateTimeField(auto_now_add=True)

    objects = InlasningQuerySet.as_manager()

    class Meta:
        verbose_name = "inläsningen"
        verbose_name_plural = "inläsningar"
        ordering = ["-skapad", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="inlasning_en_sparad_per_fil", fields=["sha256"], condition=models.Q(lage="inlast")
            )
        ]

    def __str__(self):
        return self.namn
