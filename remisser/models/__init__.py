"""Who takes part (Deltagare), and how a person comes to an insats (Remiss)."""

from remisser.kommuner import KOMMUNER
from remisser.kommuner import val as kommunval
from remisser.models.deltagare import Deltagare, Kon
from remisser.models.koder import Avbojandeorsak, Forsorjning, Situation, Sprak
from remisser.models.remiss import SVARSTID, UTKAST_LEVER, Enhetsinstallning, Remiss, Samtycke

__all__ = [
    "Avbojandeorsak", "Deltagare", "Enhetsinstallning", "Forsorjning", "KOMMUNER", "Kon", "Remiss", "SVARSTID",
    "Samtycke", "Situation", "Sprak", "UTKAST_LEVER", "kommunval",
]  # fmt: skip
