"""What every app stands on: parties, people and their roles, records of what happened, settings, files and jobs."""

from samordning.karna.models.anvandare import Anvandare, Inbjudan, Roll, Uppdrag
from samordning.karna.models.fil import Fil, Importkorning
from samordning.karna.models.handelse import Atkomst, Handelse
from samordning.karna.models.installning import Installning, Kodrad
from samordning.karna.models.jobb import Jobb
from samordning.karna.models.notis import Inskick, Notis, Versionerad
from samordning.karna.models.part import Kontakt, Part
from samordning.karna.models.rapportversion import Rapportversion

__all__ = [
    "Anvandare", "Atkomst", "Fil", "Handelse", "Importkorning", "Inbjudan", "Inskick", "Installning", "Jobb", "Kodrad",
    "Kontakt", "Notis", "Part", "Rapportversion", "Roll", "Uppdrag", "Versionerad",
]  # fmt: skip
