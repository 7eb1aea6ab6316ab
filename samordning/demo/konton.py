"""The demo's logins, one per role."""

from samordning.karna.models import Roll

LOSENORD = "samordning-demo-2026"
KONTON = tuple((roll.label, f"{roll.value}@example.se", LOSENORD) for roll in Roll)
