"""Budget years with their lines, requisitions, scenarios of what applications would cost, and the ledger."""

from ekonomi.models.bok import Bokimport, Bokkonto, Bokobjekt, Boksaldo, Verifikation, Verifikationsrad
from ekonomi.models.budget import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from ekonomi.models.kontering import Bokkoppling, Konteringsregel
from ekonomi.models.rekvisition import Rekvisition, Rekvisitionsrad
from ekonomi.models.scenario import Scenario, Scenariorad

__all__ = [
    "Bokimport",
    "Bokkonto",
    "Bokkoppling",
    "Bokobjekt",
    "Boksaldo",
    "Budgetpost",
    "Budgetversion",
    "Konteringsregel",
    "Medlemsbidrag",
    "Rekvisition",
    "Rekvisitionsrad",
    "Scenario",
    "Scenariorad",
    "Verifikation",
    "Verifikationsrad",
    "Verksamhetsar",
]
