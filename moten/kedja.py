"""The last day to apply, counted from the days on which the board meets (MB8). Pure: days in, days out.

The association's own chain is about five weeks, and its parts add up to it:

    application in              35 days before the board
    papers to the preparation    7 days before its meeting
    the chief's proposal        14 days after that meeting
    dispatch to the board        7 days before the board

A meeting day that is set is used as it is, and moves the others; one that is not set is counted backwards from the
board as the latest day that works. A counted day that is no working day is moved to the working day before it.
"""

import datetime
from dataclasses import dataclass
from datetime import timedelta

from samordning.karna.kalender import arbetsdag_senast

# Settings (`Installning`) with their defaults, in days.
REGLER = {
    "ansokan_dagar_fore_styrelse": 35,
    "underlag_dagar_fore_beredning": 7,
    "forslag_dagar_efter_beredning": 14,
    "utskick_dagar_fore_styrelse": 7,
}
STORSTA = 366  # a setting above this is a slip of the pen


@dataclass(frozen=True)
class Ansokningstid:
    """The road of an application to one meeting of the board; the days stand in the order that they come.
    `bestamd` says of a meeting whether the day is set; otherwise it is the latest day that works. No AU: None."""

    sista_dag: datetime.date
    underlag: datetime.date
    beredning: tuple[datetime.date, ...]
    beredning_bestamd: bool
    forslag: datetime.date
    au: datetime.date | None
    au_bestamd: bool
    utskick: datetime.date
    styrelse: datetime.date
    plats: str = ""

    def har_passerat(self, dag):
        """Is it too late to apply?"""
        return self.sista_dag < dag


def rakna(styrelse, beredning, au, regler=REGLER):
    """[Ansokningstid], one for each day of the board, in order.

    `styrelse`: [(day, place)]. `beredning`: {group: [days]}; each group is asked once, at the last meeting that leaves
    time for the proposal, else at the first one after that. `au`: [days], or None where there is no AU.
    """
    dagar = {nyckel: min(max(int(regler[nyckel]), 0), STORSTA) for nyckel in REGLER}
    svar, forra = [], None
    for dag, plats in sorted(styrelse):
        svar.append(_till(dag, plats, forra, beredning, au, dagar))
        forra = dag
    return svar


def _till(styrelse, plats, forra, beredning, au, dagar):
    utskick = arbetsdag_senast(styrelse - timedelta(dagar["utskick_dagar_fore_styrelse"]))
    sista = styrelse - timedelta(dagar["ansokan_dagar_fore_styrelse"])
    # A meeting belongs to the next board only; with no board before it, to the one within twice the chain.
    tidigast = max(sista - (styrelse - sista), forra or datetime.date.min)
    provtid = timedelta(dagar["forslag_dagar_efter_beredning"])
    moten = [
        dag
        for gruppens in beredning.values()
        if (dag := _grupp_dag([d for d in gruppens if tidigast < d <= utskick], utskick - provtid))
    ]
    bestamd = bool(moten)
    moten = sorted(set(moten)) or [arbetsdag_senast(utskick - provtid)]
    underlag = arbetsdag_senast(moten[0] - timedelta(dagar["underlag_dagar_fore_beredning"]))
    au_moten = [d for d in au or () if moten[-1] <= d <= utskick]
    au_dag = None if au is None else max(au_moten, default=utskick)
    forslag = arbetsdag_senast(min(moten[-1] + provtid, au_dag or utskick, utskick))
    return Ansokningstid(
        sista_dag=arbetsdag_senast(min(sista, underlag)),
        underlag=underlag,
        beredning=tuple(moten),
        beredning_bestamd=bestamd,
        forslag=max(forslag, moten[-1]),
        au=au_dag,
        au_bestamd=bool(au_moten),
        utskick=utskick,
        styrelse=styrelse,
        plats=plats,
    )


def _grupp_dag(dagar, senast):
    """The group's last meeting by `senast`, else its first after it, else None."""
    i_tid = [dag for dag in dagar if dag <= senast]
    return max(i_tid) if i_tid else min(dagar, default=None)
