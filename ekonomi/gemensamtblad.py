"""The settlement of shared costs as an Excel file: the costs with each party's part, and who pays whom."""

from ekonomi.gemensamt import Avrakning
from samordning.karna import kalkylblad
from samordning.karna.kalender import idag
from samordning.karna.kalkylblad import Formel, Kr

FORSTA = 2  # row 1 is the heading


def gor(ar, avrakning: Avrakning, overenskommelse) -> bytes:
    """Three sheets. One query."""
    om = [
        ("Uttaget", str(idag())),
        ("Innehåll", f"Kostnader som flera förbund delar, enligt budgeten för {ar}. Belopp i kronor."),
        ("Andelar", f"{overenskommelse.beslut_text}, från {overenskommelse.giltig_fran}." if overenskommelse
         else "De andra förbundens andelar är inte inskrivna."),
        ("Ej fördelat", "Den del av kostnaden som inget förbund har fått. Den är inte med i det som ska betalas."),
    ]  # fmt: skip
    return kalkylblad.gor(f"Gemensamma kostnader {ar}", om, [_kostnader(avrakning), _skulder(avrakning)])


def _kostnader(avrakning):
    kolumner = [
        ("Kostnad", 44), ("Hela kostnaden i budgeten", 18), ("Hela kostnaden som delas", 18), ("Betalar först", 30),
        *((namn, 20) for namn in avrakning.namn), ("Ej fördelat", 16), ("På vår rad i budgeten", 18),
        ("Utfall i vår bokföring", 18),
    ]  # fmt: skip
    rader = [
        [
            rad.kostnad.namn, Kr(rad.kostnad.budget), Kr(rad.kostnad.totalt), forst,
            *(Kr(del_) for _, _, del_ in delar), Kr(rad.kvar), Kr(rad.kostnad.radens),
            None if rad.kostnad.utfall is None else Kr(rad.kostnad.utfall),
        ]
        for rad, forst, delar in avrakning.tabell
    ]  # fmt: skip
    if rader:
        rader.append(_summa(rader, len(kolumner)))
    return kalkylblad.Blad("Kostnader", kolumner, rader)


def _summa(rader, antal):
    from openpyxl.utils import get_column_letter

    ut = ["Summa"]
    for nr in range(2, antal + 1):
        bokstav = get_column_letter(nr)
        har_tal = any(isinstance(rad[nr - 1], Kr) for rad in rader)
        ut.append(Formel(f"=SUM({bokstav}{FORSTA}:{bokstav}{len(rader) + 1})") if har_tal else None)
    return ut


def _skulder(avrakning):
    rader = [[rad.fran, rad.till, Kr(rad.belopp)] for rad in avrakning.skulder]
    return kalkylblad.Blad("Avräkning", [("Betalar", 40), ("Till", 40), ("Kronor", 18)], rader)
