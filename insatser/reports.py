"""The door to the agreements for the apps above: the next option and what a year more would cost."""

from insatser import optioner

__all__ = ["belopp_for", "nasta_period"]


def nasta_period(avtal):
    """The agreement's next option that is not decided (`optioner.Avtalsperiod`); None when none is left."""
    return optioner.nasta_period(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)


def belopp_for(avtal, period):
    """{budget year: kronor} for the months of a period, at what the agreement costs a month in its last year."""
    belopp = {rad.ar: rad.kronor for rad in avtal.belopp.all()}
    return optioner.belopp_for(period, avtal.start, avtal.slut, belopp)
