"""The demo's ledgers as SIE files: 2019 in full, with a rule for every row, and this year so far, with a rest that has
no rule yet. The outcomes are invented around the plan's lines."""

import datetime
from decimal import Decimal

from ekonomi import bok_granskning, bok_spara, kontering, matchning
from ekonomi.models import Konteringsregel, Rekvisition, Verifikationsrad, Verksamhetsar
from ekonomi.rekvirera import konteringstext
from ekonomi.sie.las import las

KONTON = {
    "1930": "Bank", "2010": "Eget kapital", "3510": "Bidrag från huvudmän", "3520": "Projektmedel",
    "4510": "Köp av verksamhet", "5010": "Löner", "5020": "Arvoden till förtroendevalda", "7050": "Resor",
    "7410": "Dataskydd", "7420": "Revision", "7430": "Ekonomitjänster", "7440": "Webb och system",
    "7610": "Samverkansdag", "7620": "Utbildning för styrelsen", "7910": "Övriga kostnader",
}  # fmt: skip
HUVUDMAN, PROJEKTMEDEL, KOP = "3510", "3520", "4510"
# line of the plan, account, project, what it came to in kronor
UTFALL_2019 = (
    ("Förbundschef och projektuppdrag Ung Arena", "5010", "", 498_240), ("Resor i tjänsten", "7050", "", 21_340),
    ("GDPR – dataskyddsombudsavtal Gullspång", "7410", "", 25_000), ("Revisionsbiträde", "7420", "", 52_500),
    ("Ekonomihantering – köp av Mariestad", "7430", "", 35_000),
    ("Utvecklingsplatser Pre-rehab/Maria Nova", KOP, "06", 1_200_000),
    ("Utvecklingsplatser Pre-rehab AMU Töreboda", KOP, "07", 450_000),
    ("Utvecklingsplatser Pre-rehab Gullspång", KOP, "08", 241_300), ("Ung Arena", KOP, "11", 187_600),
    ("Grön rehab/Pre-rehab – Rörsås Lantliv", KOP, "09", 150_000),
    ("Grönt jobbspår Pre-rehab – Sötåsen", KOP, "10", 112_500),
    ("Upprop för ett friskare Norra Skaraborg", KOP, "12", 330_000),
    ("Kompetensutveckling personal – KUR", KOP, "14", 63_900), ("Våld i nära relation", KOP, "13", 65_000),
    ("Goda exempel – utmärkelser", KOP, "15", 9_450), ("Samverkansdag MTG", "7610", "", 18_720),
    ("Styrelse", "5020", "", 137_400), ("Konferenser/utbildning styrelse", "7620", "", 22_100),
    ("Köpta externa tjänster: SUS och www.samverkanvg.se, KUR (contio), MUCF-ansökan", "7440", "", 9_800),
    ("Övrigt", "7910", "", 17_310),
)  # fmt: skip
OMAPPADE = ((5, "Kontorsmaterial", "4200.00"), (12, "Annons i lokaltidningen", "5600.00"), (19, "Porto", "2600.00"))


class Fil:
    """A SIE file that is written voucher by voucher, each against the bank."""

    def __init__(self, ar, in_, till=None):
        self.ar, self.in_, self.till = ar, Decimal(in_), till
        self.projekt, self.rader = {}, []  # [(day, text, account, project, sum)]

    def bokfor(self, dag, text, konto, belopp, projekt=""):
        """Unless it lies after the last day of the file."""
        if self.till is None or dag <= self.till:
            self.rader.append((dag, text, konto, projekt, Decimal(belopp)))

    def innehall(self):
        resultat = {}
        for _, _, konto, _, belopp in self.rader:
            resultat[konto] = resultat.get(konto, 0) + belopp
        bank = self.in_ - sum(resultat.values())
        slut = [f"#OMFATTN {self.till:%Y%m%d}"] if self.till else []
        text = [
            "#FLAGGA 0", '#PROGRAM "Bokföring" 1.0', "#FORMAT PC8", "#SIETYP 4",
            '#FNAMN "Samordningsförbundet"', f"#RAR 0 {self.ar}0101 {self.ar}1231", *slut,
            *(f'#KONTO {nr} "{namn}"' for nr, namn in KONTON.items()), '#DIM 6 "Projekt"',
            *(f'#OBJEKT 6 "{nr}" "{namn}"' for nr, namn in sorted(self.projekt.items())),
            f"#IB 0 1930 {self.in_:.2f}", f"#IB 0 2010 {-self.in_:.2f}",
            f"#UB 0 1930 {bank:.2f}", f"#UB 0 2010 {-self.in_:.2f}",
            *(f"#RES 0 {konto} {belopp:.2f}" for konto, belopp in sorted(resultat.items())),
        ]  # fmt: skip
        for nr, (dag, vad, konto, projekt, belopp) in enumerate(sorted(self.rader), 1):
            objekt = f'{{6 "{projekt}"}}' if projekt else "{}"
            text += [
                f'#VER A {nr} {dag:%Y%m%d} "{vad}"', "{", f"#TRANS {konto} {objekt} {belopp:.2f}",
                f"#TRANS 1930 {{}} {-belopp:.2f}", "}",
            ]  # fmt: skip
        return "\r\n".join([*text, ""]).replace("–", "-").encode("cp437")


def skriv_2019(av):
    """Every row has its line: the table is the ledger."""
    ar = Verksamhetsar.objects.get(ar=2019)
    poster = {post.rubrik: post for post in ar.poster.all()}
    fil = Fil(2019, ar.eget_kapital_in)
    for kvartal in range(4):
        fil.bokfor(_dag(2019, 3 * kvartal + 1, 2), "Bidrag från huvudmännen", HUVUDMAN, -ar.tilldelning / 4)
    fil.bokfor(_dag(2019, 6, 14), "ESF, slutredovisning Ung Arena", PROJEKTMEDEL, -ar.ovriga_intakter)
    for nr, (rubrik, konto, projekt, kronor) in enumerate(UTFALL_2019):
        if projekt:
            fil.projekt[projekt] = rubrik
        vad = "Reseräkning Birgitta Sandell" if konto == "7050" else f"Faktura {rubrik}"[:60]
        for kvartal in range(4):
            del_ = kronor // 4 if kvartal < 3 else kronor - 3 * (kronor // 4)
            fil.bokfor(_dag(2019, 3 * kvartal + 3, 3 + nr), vad, konto, del_, projekt)
    _spara(fil, ar, av)
    for rubrik, konto, projekt, _ in UTFALL_2019:
        _regel(ar, konto, projekt, post=poster[rubrik])
    _regel(ar, HUVUDMAN, mal="huvudman")
    _regel(ar, PROJEKTMEDEL, mal="ovriga")


def skriv_arets(av, dag):
    """This year up to the end of last month. A few rows have no rule yet, and of the paid requisitions one is joined
    to its voucher while the others wait."""
    ar = Verksamhetsar.objects.get(ar=dag.year)
    fil = Fil(dag.year, ar.eget_kapital_in, till=max(dag.replace(day=1), _dag(dag.year, 2, 1)) - datetime.timedelta(1))
    for kvartal in range(4):
        fil.bokfor(_dag(dag.year, 3 * kvartal + 1, 2), "Bidrag från huvudmännen", HUVUDMAN, -ar.tilldelning / 4)
    poster = {post.rubrik: post for post in ar.poster.all()}
    for manad in range(1, 13):
        fil.bokfor(_dag(dag.year, manad, 25), "Löner kansliet", "5010", "118400.00")
        if manad % 3 == 2:
            fil.bokfor(_dag(dag.year, manad, 26), "Arvoden styrelsen", "5020", "41250.00")
    for nr, text, belopp in OMAPPADE:
        fil.bokfor(_dag(dag.year, 1, nr), text, "7910", belopp)
    betalda = Rekvisition.objects.filter(ar=dag.year, lage=Rekvisition.Lage.BETALD).select_related("avtal__insats")
    for nr, rad in enumerate(betalda.order_by("pk"), 1):
        projekt = f"{nr:02}"
        fil.projekt[projekt] = rad.avtal.insats.namn
        fil.bokfor(rad.betald_dag, konteringstext(rad), KOP, rad.belopp, projekt)
        if post := poster.get(rad.avtal.insats.namn):
            _regel(ar, KOP, projekt, post=post)
    _spara(fil, ar, av)
    _regel(ar, HUVUDMAN, mal="huvudman")
    for konto, rubrik in (("5010", "Förbundschef och kansli"), ("5020", "Styrelse och revision")):
        if post := poster.get(rubrik):
            _regel(ar, konto, post=post)
    forst = betalda.order_by("pk").first()
    rad = forst and Verifikationsrad.objects.filter(verksamhetsar=ar, konto=KOP, text="", belopp=forst.belopp).first()
    if rad:
        matchning.koppla(forst, rad, av=av)


def _spara(fil, ar, av):
    innehall = fil.innehall()
    bok = las(innehall)
    rad = bok_spara.ta_emot(innehall, f"bokföring-{ar}.se", ar, av=av)
    granskning, _ = bok_granskning.granska(bok, ar)
    rad._overga("granska", av=av, granskning=granskning)
    bok_spara.spara(rad, bok, av=av)


def _regel(ar, konto, projekt="", post=None, mal="post"):
    kontering.lagg_till(
        Konteringsregel(
            verksamhetsar=ar, konto_fran=konto, konto_till=konto, dimension="6" if projekt else "", objekt=projekt,
            post=post, mal=mal,
        )
    )  # fmt: skip


def _dag(ar, manad, dag):
    return datetime.date(ar, manad, dag)
