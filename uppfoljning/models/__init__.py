"""Stays in insatser (Deltagande), facts about them (Lage) and the participants' own answers (Skattning)."""

from uppfoljning.models.deltagande import Avslutsorsak, Deltagande, Forsorjningsandel, Lage, Tillfalle
from uppfoljning.models.rapportmedlem import Rapportmedlem
from uppfoljning.models.sammanslagning import Sammanslagning
from uppfoljning.models.skattning import Formular, Parnyckel, Skattning
from uppfoljning.models.svarskod import Svarskod

__all__ = [
    "Avslutsorsak", "Deltagande", "Formular", "Forsorjningsandel", "Lage", "Parnyckel", "Rapportmedlem",
    "Sammanslagning", "Skattning", "Svarskod", "Tillfalle",
]  # fmt: skip
