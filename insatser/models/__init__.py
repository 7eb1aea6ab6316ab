"""The catalogue of insatser, their agreements, and who works in them."""

from insatser.models.avtal import Avtal, Avtalsar
from insatser.models.insats import Insats, Insatskontakt, Medarbetare

__all__ = ["Avtal", "Avtalsar", "Insats", "Insatskontakt", "Medarbetare"]
