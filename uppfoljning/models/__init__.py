"""Stays in insatser (Deltagande), facts about them (Lage) and the participants' own answers (Skattning)."""

from uppfoljning.models.deltagande import Avslutsorsak, Deltagande, Lage, Tillfalle
from uppfoljning.models.skattning import Formular, Parnyckel, Skattning

__all__ = ["Avslutsorsak", "Deltagande", "Formular", "Lage", "Parnyckel", "Skattning", "Tillfalle"]
