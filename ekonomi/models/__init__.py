"""Budget years with lines and forecasts, requisitions, scenarios, the ledger, documents, and the annual wheel."""

from ekonomi.models.bok import Bokimport, Bokkonto, Bokobjekt, Boksaldo, Verifikation, Verifikationsrad
from ekonomi.models.budget import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from ekonomi.models.dokument import Dokument, Dokumenttext
from ekonomi.models.hjul import Arshjul, Hjulpost, Hjulregel, Ring
from ekonomi.models.kontering import Bokkoppling, Konteringsregel
from ekonomi.models.prognos import Planbelopp, Planram, Prognos, Prognosrad
from ekonomi.models.rekvisition import Rekvisition, Rekvisitionsrad
from ekonomi.models.scenario import Scenario, Scenariorad

__all__ = [
    "Arshjul",
    "Bokimport",
    "Bokkonto",
    "Bokkoppling",
    "Bokobjekt",
    "Boksaldo",
    "Budgetpost",
    "Budgetversion",
    "Dokument",
    "Dokumenttext",
    "Hjulpost",
    "Hjulregel",
    "Konteringsregel",
    "Medlemsbidrag",
    "Planbelopp",
    "Planram",
    "Prognos",
    "Prognosrad",
    "Rekvisition",
    "Rekvisitionsrad",
    "Ring",
    "Scenario",
    "Scenariorad",
    "Verifikation",
    "Verifikationsrad",
    "Verksamhetsar",
]
