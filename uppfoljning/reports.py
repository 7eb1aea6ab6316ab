"""The door to the figures for the roof and for apps above."""

from samordning.karna.kalender import Period
from uppfoljning.utfall import utfall


def utfallsrapport(period: Period, insatser: list[str] | None = None) -> dict:
    """The internal outcome report as format.md's dict; see `utfall.utfall`."""
    return utfall(period.fran, period.till, insatser)
