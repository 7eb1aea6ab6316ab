"""Ledgers for the tests: small files of an invented company, and a year with one saved."""

from ekonomi import bok_granskning, bok_spara, kontering
from ekonomi.models import Bokimport, Konteringsregel, Verksamhetsar
from ekonomi.sie.las import las

HUVUD = """#FLAGGA 0
#PROGRAM "Provboken" 3.1
#FORMAT PC8
#SIETYP 4
#ORGNR 222000-0000
#FNAMN "Samordningsförbundet Påhittet"
#RAR 0 {ar}0101 {ar}1231
#KONTO 1930 "Bank"
#KONTO 2440 "Leverantörsskulder"
#KONTO 3010 "Bidrag från ägarna"
#KONTO 4010 "Köpt verksamhet"
#KONTO 5010 "Lokalhyra"
#DIM 6 "Projekt"
#OBJEKT 6 "P1" "Gården"
#OBJEKT 6 "P2" "Åkern"
"""
# (series, number, day, text, [(account, objects, sum)])
VERIFIKATIONER = (
    ("A", "1", "0115", "Bidrag från ägarna", (("1930", "", "500.00"), ("3010", "", "-500.00"))),
    ("A", "2", "0131", "Faktura Gården", (("4010", "6 P1", "100.00"), ("1930", "", "-100.00"))),
    ("A", "3", "0210", "Faktura Åkern", (("4010", "6 P2", "60.50"), ("1930", "", "-60.50"))),
    ("B", "1", "0301", "=Hyra; mars", (("5010", "", "40.00"), ("1930", "", "-40.00"))),
)  # fmt: skip


def sie(verifikationer=VERIFIKATIONER, ar=2019, mer=""):
    """The bytes of a file of a whole year, in the format's own coding."""
    text = HUVUD.format(ar=ar) + mer
    for serie, nr, dag, vertext, rader in verifikationer:
        text += f'#VER "{serie}" "{nr}" {ar}{dag} "{vertext}"\n{{\n'
        text += "".join(f"#TRANS {konto} {{{objekt}}} {belopp}\n" for konto, objekt, belopp in rader) + "}\n"
    return text.encode("cp437")


def nytt_ar(ar=2019, **falt):
    return Verksamhetsar.objects.get_or_create(ar=ar, defaults={"tilldelning": 500} | falt)[0]


def granskad(innehall=None, ar=None, av=None):
    """An import that waits for being saved."""
    ar = ar or nytt_ar()
    innehall = innehall or sie(ar=ar.ar)
    rad = bok_spara.ta_emot(innehall, "bok.se", ar, av=av)
    granskning, _ = bok_granskning.granska(las(innehall), ar)
    rad._overga("granska", av=av, granskning=granskning)
    return rad


def sparad(innehall=None, ar=None, av=None, skal=""):
    """A saved import."""
    rad = granskad(innehall, ar, av)
    ar = rad.verksamhetsar
    bok_spara.spara(rad, las(innehall or sie(ar=ar.ar)), av=av, skal=skal)
    return Bokimport.objects.get(pk=rad.pk)


def regel(ar, konto, malet, objekt="", till=""):
    """A rule to a line (Budgetpost) or another goal (str)."""
    return kontering.lagg_till(
        Konteringsregel(
            verksamhetsar=ar, konto_fran=konto, konto_till=till or konto, dimension="6" if objekt else "",
            objekt=objekt, **({"mal": malet} if isinstance(malet, str) else {"post": malet}),
        )
    )  # fmt: skip
