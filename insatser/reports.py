"""The door to the agreements for the apps above: the next option, what a year more would cost, and what its
application says while there are no results."""

from insatser import optioner
from insatser.avsnitt import UTAN_SIFFROR

__all__ = ["UTAN_SIFFROR", "belopp_for", "mojliga_belopp", "nasta_period", "perioder", "sista_aret_i_ord"]


def nasta_period(avtal):
    """The agreement's next option that is not decided (`optioner.Avtalsperiod`); None when none is left."""
    return optioner.nasta_period(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)


def belopp_for(avtal, period):
    """{budget year: kronor} for the months of an option: what is agreed for it, otherwise at what the agreement costs a
    month in its last year."""
    alla = optioner.perioder(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)
    return optioner.belopp_for(period, alla, {rad.ar: rad.kronor for rad in avtal.belopp.all()})


def perioder(avtal):
    """The agreement's first period and each option (`optioner.Avtalsperiod`), in order."""
    return optioner.perioder(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)


def mojliga_belopp(avtal):
    """{budget year: kronor} that the options that are left could bind; without an agreed sum, counted by months."""
    return optioner.mojliga_belopp(perioder(avtal), {rad.ar: rad.kronor for rad in avtal.belopp.all()})


def sista_aret_i_ord(avtal):
    """ "från september 2024 sista år"; empty without options."""
    return optioner.sista_aret_i_ord(perioder(avtal))
