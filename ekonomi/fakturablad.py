"""The basis of the members' invoices as an Excel file: a row for each member with sums, and one for each invoice."""

from ekonomi.medlemsfaktura import Faktura
from samordning.karna import kalkylblad
from samordning.karna.kalender import idag
from samordning.karna.kalkylblad import Formel, Kr

FASTA = [("Medlem", 44), ("Slag", 14), ("Organisation", 40), ("E-post", 30)]


def gor(ar, faktura: Faktura, vald) -> bytes:
    """Three sheets. One query."""
    om = [
        ("Uttaget", str(idag())),
        ("Innehåll", f"Vad varje medlem ska faktureras för {ar}, till den som sköter bokföringen. Belopp i kronor."),
        ("Dagarna", f"{vald.beslut_text}." if vald else "Ett förslag: inget är bestämt för året än."),
    ]  # fmt: skip
    return kalkylblad.gor(f"Fakturaunderlag {ar}", om, [_medlemmar(faktura), _fakturor(ar, faktura)])


def _medlemmar(faktura):
    from openpyxl.utils import get_column_letter

    kolumner = [*FASTA, *((f"{namn}, {dag}", 20) for namn, dag in faktura.kolumner), ("Hela bidraget", 18)]
    forsta, sista = get_column_letter(len(FASTA) + 1), get_column_letter(len(FASTA) + len(faktura.dagar))
    rader = [
        [
            rad.medlem, rad.slag, rad.part or None, rad.epost or None, *(Kr(del_) for del_ in rad.delar),
            Formel(f"=SUM({forsta}{nr}:{sista}{nr})"),
        ]
        for nr, rad in enumerate(faktura.rader, 2)
    ]  # fmt: skip
    if rader:
        bokstaver = [get_column_letter(len(FASTA) + nr) for nr in range(1, len(faktura.dagar) + 2)]
        rader.append(["Summa", None, None, None, *(Formel(f"=SUM({b}2:{b}{len(rader) + 1})") for b in bokstaver)])
    return kalkylblad.Blad("Medlemmar", kolumner, rader)


def _fakturor(ar, faktura):
    rader = [
        [str(dag), rad.medlem, rad.part or None, f"Bidrag till samordningsförbundet {ar}, {namn.lower()}", Kr(belopp)]
        for nr, (namn, dag) in enumerate(faktura.kolumner)
        for rad in faktura.rader
        if (belopp := rad.delar[nr])
    ]
    kolumner = [("Förfaller", 12), ("Medlem", 44), ("Organisation", 40), ("Avser", 56), ("Kronor", 18)]
    return kalkylblad.Blad("Fakturor", kolumner, rader)
