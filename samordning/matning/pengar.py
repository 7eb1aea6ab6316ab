"""A ledger of two hundred thousand rows, and a wheel of eighty days.

The floor of reading is the file's lines cut into words; that of saving is the reader, which knows no database; that of
the outcome is one statement written by hand that sums the same rows without any rule.
"""

import datetime

from django.db import connection

from ekonomi import bok_granskning, bok_spara, kontering
from ekonomi.models import Arshjul, Budgetpost, Hjulpost, Konteringsregel, Verksamhetsar
from ekonomi.sie.las import las
from samordning.matning import data

AR, RADER, DAGAR, REGLER = 2019, 200_000, 80, 40
GOLV = """
select rad.konto, sum(rad.belopp) from ekonomi_verifikationsrad rad
join ekonomi_bokkonto konto on konto.verksamhetsar_id = rad.verksamhetsar_id and konto.nr = rad.konto
where rad.verksamhetsar_id = %s and not konto.balans group by rad.konto
"""


def fil():
    """The bytes of a SIE file: vouchers of two rows on forty accounts and ten projects."""
    rader = [
        "#FLAGGA 0", '#PROGRAM "Bench" 1', "#FORMAT PC8", "#SIETYP 4", '#FNAMN "Bench"', f"#RAR 0 {AR}0101 {AR}1231",
        '#KONTO 1930 "Bank"', *(f'#KONTO {4000 + nr} "Konto {nr}"' for nr in range(REGLER)), '#DIM 6 "Projekt"',
        *(f'#OBJEKT 6 "P{nr}" "Projekt {nr}"' for nr in range(10)),
    ]  # fmt: skip
    for nr in range(RADER // 2):
        dag = datetime.date(AR, 1, 1) + datetime.timedelta(nr % 365)
        rader += [
            f'#VER "A" "{nr}" {dag:%Y%m%d} "Verifikation {nr}"', "{",
            f'#TRANS {4000 + nr % REGLER} {{6 "P{nr % 10}"}} 100.00', "#TRANS 1930 {} -100.00", "}",
        ]  # fmt: skip
    return "\n".join(rader).encode("cp437")


def bara_ord(innehall):
    return sum(len(rad.split()) for rad in innehall.decode("cp437").splitlines())


def nytt_ar():
    """The budget year, with a line and a rule for each account."""
    data.tom()
    ar = Verksamhetsar.objects.create(ar=AR, tilldelning=1)
    for nr in range(REGLER):
        post = Budgetpost.objects.create(verksamhetsar=ar, rubrik=f"Rad {nr}", kategori="individ", belopp=1)
        kontering.lagg_till(
            Konteringsregel(verksamhetsar=ar, konto_fran=str(4000 + nr), konto_till=str(4000 + nr), post=post)
        )
    return ar


def spara(innehall, ar):
    """Read, look through and save; the number of rows in the file."""
    bok = las(innehall)
    rad = bok_spara.ta_emot(innehall, "bench.se", ar)
    granskning, _ = bok_granskning.granska(bok, ar)
    rad._overga("granska", av=None, granskning=granskning)
    bok_spara.spara(rad, bok, av=None)
    return sum(len(ver.rader) for ver in bok.verifikationer)


def summor(ar):
    """The floor of the outcome."""
    with connection.cursor() as c:
        c.execute(GOLV, [ar.pk])
        return c.fetchall()


def hjul():
    """A wheel of eighty days of all kinds; its year."""
    data.tom()
    rad = Arshjul.objects.create(ar=AR)
    kopplingar, ringar = [val for val, _ in Hjulpost.Koppling.choices], list(Hjulpost._meta.get_field("ring").choices)
    Hjulpost.objects.bulk_create(
        Hjulpost(
            hjul=rad, rubrik=f"Dag nummer {nr}", ring=ringar[nr % len(ringar)][0],
            koppling=kopplingar[nr % len(kopplingar)],
            dag=datetime.date(AR, 1, 1) + datetime.timedelta(nr * 364 // DAGAR),
        )
        for nr in range(DAGAR)
    )  # fmt: skip
    return AR
