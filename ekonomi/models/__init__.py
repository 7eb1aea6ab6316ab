"""Budget years with their lines, requisitions against agreements, and scenarios of what applications would cost."""

from ekonomi.models.budget import Budgetpost, Verksamhetsar
from ekonomi.models.rekvisition import Rekvisition, Rekvisitionsrad
from ekonomi.models.scenario import Scenario, Scenariorad

__all__ = ["Budgetpost", "Rekvisition", "Rekvisitionsrad", "Scenario", "Scenariorad", "Verksamhetsar"]
