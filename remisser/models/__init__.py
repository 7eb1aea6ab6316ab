"""Who takes part (Deltagare), and how a person comes to an insats (Remiss)."""

from remisser.models.deltagare import Deltagare, Kon
from remisser.models.koder import Avbojandeorsak, Forsorjning, Situation, Sprak
from remisser.models.remiss import SVARSTID, UTKAST_LEVER, Enhetsinstallning, Remiss, Samtycke

__all__ = [
    "Avbojandeorsak", "Deltagare", "Enhetsinstallning", "Forsorjning", "Kon", "Remiss", "SVARSTID",
    "Samtycke", "Situation", "Sprak", "UTKAST_LEVER",
]  # fmt: skip
