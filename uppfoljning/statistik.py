"""Exact arithmetic for small groups (rapportdefinitioner.md 7.8). Pure: no database, no float before the output."""

from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

Z = Decimal("1.95996398454005423552459443052055")  # the 97.5th percentile of the normal distribution
MAL = Fraction(4, 5)
PRECISION = 50

UPPNATT = "uppnått"
UPPNATT_OSAKERT = "uppnått, osäkert"
EJ_UPPNATT_OSAKERT = "ej uppnått, osäkert"
EJ_UPPNATT = "ej uppnått"


def avrunda(varde, decimaler):
    """Half up (away from zero, as decimal's ROUND_HALF_UP) on the exact int, Fraction or Decimal; None stays None."""
    if varde is None:
        return None
    skalat = abs(Fraction(varde)) * 10**decimaler + Fraction(1, 2)
    avrundat = float(Fraction(skalat.numerator // skalat.denominator, 10**decimaler))
    return -avrundat if varde < 0 and avrundat else avrundat


def andel(taljare, namnare):
    """The exact share, or None when nobody is in the denominator."""
    return Fraction(taljare, namnare) if namnare else None


def medel(summa, antal):
    """The exact mean of an int or Decimal sum, or None."""
    return Fraction(summa) / antal if antal else None


def median(varden):
    """The exact median, or None."""
    rad = sorted(Fraction(v) for v in varden)
    if not rad:
        return None
    return (rad[(len(rad) - 1) // 2] + rad[len(rad) // 2]) / 2


def wilson(taljare, namnare):
    """The 95 % interval (low, high) of a share as Decimals, or None when nobody answered."""
    if not 0 <= taljare <= namnare:
        raise ValueError(f"{taljare} av {namnare} är ingen andel.")
    if not namnare:
        return None
    with localcontext(prec=PRECISION):
        n, z2 = Decimal(namnare), Z * Z
        mitt = (taljare + z2 / 2) / (n + z2)
        halva = Z * (taljare * (n - taljare) / n + z2 / 4).sqrt() / (n + z2)
        # At the ends the bound is 0 or 1 exactly; the subtraction would leave a speck.
        lag = Decimal(0) if taljare == 0 else mitt - halva
        hog = Decimal(1) if taljare == namnare else mitt + halva
        return lag, hog


def omdome(taljare, namnare, mal=MAL):
    """One of four words on whether a target is reached; None when nobody answered."""
    if not namnare:
        return None
    lag, hog = (Fraction(grans) for grans in wilson(taljare, namnare))
    if lag >= mal:
        return UPPNATT
    if Fraction(taljare, namnare) >= mal:
        return UPPNATT_OSAKERT
    return EJ_UPPNATT_OSAKERT if hog >= mal else EJ_UPPNATT


def newcombe(taljare1, namnare1, taljare2, namnare2):
    """The 95 % interval of the difference between two shares (Newcombe's method 10), or None."""
    if not (namnare1 and namnare2):
        return None
    with localcontext(prec=PRECISION):
        (lag1, hog1), (lag2, hog2) = wilson(taljare1, namnare1), wilson(taljare2, namnare2)
        p1, p2 = Decimal(taljare1) / namnare1, Decimal(taljare2) / namnare2
        skillnad = p1 - p2
        return (
            skillnad - ((p1 - lag1) ** 2 + (hog2 - p2) ** 2).sqrt(),
            skillnad + ((hog1 - p1) ** 2 + (p2 - lag2) ** 2).sqrt(),
        )


def procent(taljare, namnare):
    """Whole per cent, half up, for running text."""
    return int((Decimal(100) * taljare / namnare + Decimal("0.5")).to_integral_value(ROUND_FLOOR))
