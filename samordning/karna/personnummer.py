"""Personnummer and samordningsnummer: ten or twelve digits in, twelve out (doman.md 5.5, beslut.md 25)."""

import datetime
import re
from dataclasses import dataclass

FORM = re.compile(r"(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)(\d{3})(\d)", re.ASCII)
YNGST, ALDST = 15, 99
FORMEN = "Skriv tolv siffror (ÅÅÅÅMMDD-NNNN) eller tio (ÅÅMMDD-NNNN)."


@dataclass(frozen=True)
class Personnummer:
    """A checked number. `tolv` is the form that look-up is made of; nothing prints it."""

    tolv: str
    kon: str
    fodelsedatum: datetime.date
    samordning: bool

    @property
    def fodelsear(self):
        return self.fodelsedatum.year

    def __repr__(self):
        return "Personnummer(…)"


def kontrollsiffra(nio):
    """The tenth digit of a number's first nine (Luhn, modulus 10)."""
    summa = 0
    for plats, siffra in enumerate(nio):
        varde = int(siffra) * (1 if plats % 2 else 2)
        summa += varde - 9 if varde > 9 else varde
    return str(-summa % 10)


def ser_ut_som(text):
    """True for what has a number's form, right or wrong."""
    return bool(FORM.fullmatch(_utan_mellanrum(text)))


def ser_ut_som_datum(text):
    """True for a number's form that begins with a possible date: what is more than a pseudonym of ten digits."""
    traff = FORM.fullmatch(_utan_mellanrum(text))
    return bool(traff) and 1 <= int(traff[3]) <= 12 and (1 <= int(traff[4]) <= 31 or 61 <= int(traff[4]) <= 91)


def tolka(text, idag):
    """The number that `text` is. ValueError, in Swedish and without the number itself, when it is none."""
    if not (traff := FORM.fullmatch(_utan_mellanrum(text))):
        raise ValueError(f"Det är inte ett personnummer eller samordningsnummer. {FORMEN}")
    sekel, ar, manad, dag, tecken, lopnr, kontroll = traff.groups()
    samordning = int(dag) > 60
    if kontrollsiffra(ar + manad + dag + lopnr) != kontroll:
        raise ValueError("Numrets sista siffra stämmer inte med de andra. Kontrollera numret.")
    ar = int(sekel + ar) if sekel else _helt_ar(int(ar), int(manad), int(dag) % 60, tecken, idag)
    try:
        fodd = datetime.date(ar, int(manad), int(dag) - 60 * samordning)
    except ValueError:
        raise ValueError("Numret börjar inte med ett datum som finns. Kontrollera numret.") from None
    if ar < 1850 or fodd > idag:
        raise ValueError("Numrets födelsedatum är orimligt. Kontrollera numret.")
    tolv = f"{ar:04}{manad}{dag}{lopnr}{kontroll}"
    return Personnummer(tolv, "M" if int(lopnr) % 2 else "K", fodd, samordning)


def _helt_ar(ar, manad, dag, tecken, idag):
    """The year of a number with two digits of it: the one that gives 15 to 99 years of age, 100 or more with a plus."""
    if tecken == "+":
        senast = idag.year - 100
        return senast - (senast - ar) % 100
    for helt in (idag.year // 100 * 100 + ar, idag.year // 100 * 100 - 100 + ar):
        alder = idag.year - helt - ((idag.month, idag.day) < (manad, dag))
        if YNGST <= alder <= ALDST:
            return helt
    raise ValueError(
        f"Med tio siffror går det inte att se vilket århundrade numret hör till, för åldern blir inte {YNGST}–{ALDST} "
        "år. Skriv alla tolv siffrorna."
    )


def _utan_mellanrum(text):
    return "".join(text.replace("–", "-").split())
