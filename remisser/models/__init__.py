"""Who takes part (Deltagare), and how a person comes to an insats (Remiss)."""

from remisser.models.deltagare import Deltagare, Kon
from remisser.models.koder import Avbojandeorsak, Forsorjning, Situation, Sprak
from remisser.models.remiss import Enhetsinstallning, Remiss, Samtycke

__all__ = [
    "Avbojandeorsak", "Deltagare", "Enhetsinstallning", "Forsorjning", "Kon", "Remiss", "Samtycke", "Situation",
    "Sprak",
]  # fmt: skip
