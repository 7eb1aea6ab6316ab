"""Budget years with their lines, requisitions against agreements, and scenarios of what applications would cost."""

from ekonomi.models.budget import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from ekonomi.models.rekvisition import Rekvisition, Rekvisitionsrad
from ekonomi.models.scenario import Scenario, Scenariorad

__all__ = [
    "Budgetpost",
    "Budgetversion",
    "Medlemsbidrag",
    "Rekvisition",
    "Rekvisitionsrad",
    "Scenario",
    "Scenariorad",
    "Verksamhetsar",
]
