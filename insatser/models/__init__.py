"""The catalogue of insatser, their agreements, who works in them, and the applications that they come from."""

from insatser.models.ansokan import (
    Ansokan,
    Ansokansar,
    Ansokanspart,
    Ansokansversion,
    Bilaga,
    Granskningspunkt,
    Ide,
    Kompletteringspunkt,
)
from insatser.models.avtal import Avtal, Avtalsar
from insatser.models.insats import Insats, Insatskontakt, Medarbetare
from insatser.models.uppdrag import Lagesrapport, Villkor
from insatser.models.utbud import Anmalan, Implementering, Insatsgrupp, Nominering, Tillfalle

__all__ = [
    "Anmalan", "Ansokan", "Ansokansar", "Ansokanspart", "Ansokansversion", "Avtal", "Avtalsar", "Bilaga",
    "Granskningspunkt", "Ide", "Implementering", "Insats", "Insatsgrupp", "Insatskontakt", "Kompletteringspunkt",
    "Lagesrapport", "Medarbetare", "Nominering", "Tillfalle", "Villkor",
]  # fmt: skip
