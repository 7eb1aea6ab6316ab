"""The file against itself: vouchers balance, and what they sum to is what the file's own balances say (MC3).

What differs is told of by line; a comparison that the file gives no figures for is None and not true.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from ekonomi.sie.typer import Bok

NOLL = Decimal()
BALANS = ("1", "2")  # first digit of accounts for assets and debts, in EU-BAS and Kommun-Bas


@dataclass(frozen=True, slots=True)
class Avvikelse:
    """`vad` is ver, ub, res, psaldo or oub. `i_filen` and `beraknat` in kronor; None for a voucher's debit."""

    vad: str
    rad: int
    text: str
    skillnad: Decimal


@dataclass(frozen=True, slots=True)
class Avstamning:
    """True: compared and right. False: `avvikelser` tells where not. None: the file has nothing to compare with."""

    ver_i_balans: bool | None
    ub_stammer: bool | None
    res_stammer: bool | None
    psaldo_stammer: bool | None
    avvikelser: tuple[Avvikelse, ...]


def stam_av(bok: Bok) -> Avstamning:
    """Compare all that the file lets be compared, for its own financial year (number 0)."""
    jamforelser = [_ver(bok), _ub(bok), _res(bok), _psaldo(bok), _oub(bok)]
    stammer = [None if rader is None else not rader for rader in jamforelser]
    return Avstamning(*stammer[:4], tuple(rad for rader in jamforelser for rad in rader or ()))


def belopp_i_ord(belopp):
    """12 400,00"""
    return f"{belopp:,.2f}".replace(",", "\u00a0").replace(".", ",")


def _ver(bok):
    if not bok.verifikationer:
        return None
    return [
        Avvikelse(
            "ver", ver.rad,
            f"Verifikation {' '.join(filter(None, (ver.serie, ver.nr))) or 'utan nummer'} {ver.datum} balanserar "
            f"inte: det skiljer {belopp_i_ord(ver.skillnad)} kr. Rätta den i bokföringen och exportera igen.",
            ver.skillnad,
        )
        for ver in bok.verifikationer
        if ver.skillnad
    ]  # fmt: skip


def _rorelser(bok, nyckel):
    """Sum of the year's rows by `nyckel(row)`."""
    ar = bok.ar.get(0)
    summor = defaultdict(Decimal)
    for ver, rad in bok.transaktioner():
        if ar is None or ar.fran <= ver.datum <= ar.till:
            for plats in nyckel(rad):
                summor[plats] += rad.belopp
    return summor


def _per_konto(bok):
    return _rorelser(bok, lambda rad: (rad.konto,))


def ar_balans(bok, konto):
    """Whether the account belongs to the balance sheet: as the file says, else by its first digit."""
    typ = bok.konton[konto].typ if konto in bok.konton else ""
    return typ in ("T", "S") if typ in ("T", "S", "K", "I") else konto.startswith(BALANS)


def _av_aret(saldon):
    return {konto: saldo for (ar, konto), saldo in saldon.items() if ar == 0}


def _ub(bok):
    """Opening balance and the year's vouchers are the closing balance, account by account. A file of months instead
    of vouchers is compared by its months."""
    ub, ib = _av_aret(bok.ub), _av_aret(bok.ib)
    rorelser = _per_konto(bok) if bok.verifikationer else _ur_manader(bok)
    if not ub or rorelser is None:
        return None
    konton = sorted(ub.keys() | {konto for konto in ib.keys() | rorelser.keys() if ar_balans(bok, konto)})
    return [
        rad
        for konto in konton
        if (rad := _skillnad(
            "ub", f"Utgående saldo på konto {konto}", ub.get(konto), _ibs(ib, konto) + rorelser.get(konto, NOLL)
        ))
    ]  # fmt: skip


def _ibs(ib, konto):
    return ib[konto].belopp if konto in ib else NOLL


def _res(bok):
    """The year's vouchers are the result, account by account."""
    res = _av_aret(bok.res)
    rorelser = _per_konto(bok) if bok.verifikationer else _ur_manader(bok)
    if not res or rorelser is None:
        return None
    ub = _av_aret(bok.ub)
    egna = {konto for konto in rorelser if konto not in ub and not ar_balans(bok, konto)}
    return [
        rad
        for konto in sorted(res.keys() | egna)
        if (rad := _skillnad("res", f"Resultatet på konto {konto}", res.get(konto), rorelser.get(konto, NOLL)))
    ]


def _ur_manader(bok):
    """Sum of the months' totals by account; None when there are none. Object rows repeat the total (doman.md 4.4)."""
    summor = defaultdict(Decimal)
    for (ar, _period, konto, objekt), saldo in bok.psaldo.items():
        if ar == 0 and not objekt:
            summor[konto] += saldo.belopp
    return summor or None


def _psaldo(bok):
    """Months: the vouchers' rows against the total, and against each single object where the file gives it."""
    if not bok.verifikationer or not bok.psaldo:
        return None
    summor = _rorelser(
        bok,
        lambda rad: [
            (f"{rad.datum:%Y%m}", rad.konto, ()),
            *((f"{rad.datum:%Y%m}", rad.konto, (par,)) for par in rad.objekt),
        ],
    )
    givna = {(period, konto, objekt): saldo for (ar, period, konto, objekt), saldo in bok.psaldo.items() if ar == 0}
    ut = []
    for nyckel in sorted(givna.keys() | {nyckel for nyckel in summor if not nyckel[2]}):
        period, konto, objekt = nyckel
        if len(objekt) > 1:
            continue  # a combination of objects is no sum of its own
        om = f" på {objekt[0][0]} {objekt[0][1]}" if objekt else ""
        text = f"Månad {period} på konto {konto}{om}"
        if rad := _skillnad("psaldo", text, givna.get(nyckel), summor.get(nyckel, NOLL)):
            ut.append(rad)
    return ut


def _oub(bok):
    if not bok.verifikationer or not bok.oub:
        return None
    summor = _rorelser(bok, lambda rad: [(rad.konto, (par,)) for par in rad.objekt])
    ut = []
    for (ar, konto, objekt), saldo in sorted(bok.oub.items()):
        if ar != 0 or len(objekt) != 1:
            continue
        ib = bok.oib.get((0, konto, objekt))
        text = f"Utgående saldo på konto {konto}, objekt {objekt[0][1]}"
        beraknat = (ib.belopp if ib else NOLL) + summor.get((konto, objekt), NOLL)
        if rad := _skillnad("oub", text, saldo, beraknat):
            ut.append(rad)
    return ut


def _skillnad(vad, text, saldo, beraknat):
    """None when they agree. A balance that the file does not give is zero."""
    i_filen = saldo.belopp if saldo else NOLL
    if i_filen == beraknat:
        return None
    sagt = belopp_i_ord(i_filen) + " kr i filen" if saldo else "inte i filen"
    return Avvikelse(
        vad, saldo.rad if saldo else 0,
        f"{text}: {sagt}, men {belopp_i_ord(beraknat)} kr enligt raderna.", i_filen - beraknat,
    )  # fmt: skip
