"""Participations from a file (format.md): `granska` reads and checks everything, `spara` writes it or nothing."""

from uppfoljning.importering.granskning import STANDARDKALLA, Granskning, granska
from uppfoljning.importering.lasning import Filfel
from uppfoljning.importering.skrivning import spara

__all__ = ["STANDARDKALLA", "Filfel", "Granskning", "granska", "spara"]
