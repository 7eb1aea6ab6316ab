"""Every cell of the outcome report in plain Swedish: its name, how it is counted, and what it is a share of.

The rules themselves are rapportdefinitioner.md 7.1; `utfall.py` counts by them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A row: the cell, the part of it (`del_`), its words, the kind of figure, and the cell it is a share of (`av`).

    `slag`: antal, andel (0-1), decimal, veckor (days shown as weeks), intervall (two shares), ord.
    """

    cell: str
    text: str
    raknas: str
    slag: str = "antal"
    av: str = ""
    del_: str = ""

    @property
    def id(self):
        return f"{self.cell}.{self.del_}" if self.del_ else self.cell


D = Definition
OMRADEN = (
    ("Deltaganden", (
        D("P1", "I perioden", "Startade senast periodens sista dag och var inte avslutade före den första."),
        D("P2", "Pågick redan", "I perioden, startade före den första dagen."),
        D("P3", "Tog emot", "Startade i perioden."),
        D("P4", "Avslutade", "Avslutade i perioden, båda dagarna inräknade."),
        D("P5", "Pågår vid periodens slut", "I perioden och inte avslutade på sista dagen."),
        D("P6", "Neutrala avslut", "Avslutade för att personen flyttat eller avlidit. De räknas inte i andelarna."),
        D("P7", "Avslut som räknas", "Avslutade utom de neutrala. Nämnare för alla andelar av avslut."),
        D("X5", "Andel avslutade", "Avslutade delat med alla i perioden.", "andel"),
    )),
    ("Personer", (
        D("U1", "Personer", "Olika personer i perioden. En person med två insatser är en person."),
        D("U2", "Minst en insats pågår", "Personer med minst ett deltagande som pågår vid periodens slut."),
        D("U3", "Alla insatser avslutade", "Personer vars alla deltaganden i perioden är avslutade."),
        D("U4", "Nya i förbundet", "Personer vars första start någonsin, i vilken insats som helst, är i perioden."),
        D("U5", "Kom tillbaka", "Personer som startade i perioden i en insats som de redan har lämnat en gång."),
        D("U6", "I flera insatser", "Personer i minst två av rapportens insatser. I en enda insats är talet 0."),
    )),
    ("Avslut", (
        D("X1", "Positiva avslut", "Avslut till arbete, studier, jobbsökande eller nästa steg.", av="P7"),
        D("X2", "Till arbete, studier eller jobbsökande", "De positiva avslut som ledde direkt dit.", av="P7"),
        D("X3", "På grund av försämrad hälsa", "Avslut med den orsaken.", av="P7"),
        D("X4", "Orsak saknas", "Avslut utan angiven orsak. De räknas som avslut men aldrig som positiva.", av="P7"),
    )),
    ("Hälsa", (
        D("H1", "Skattade hälsan två gånger", "Svar 1–10 vid start och avslut, båda inom fönstret.", av="P7"),
        D("H2", "Mår bättre", "Skillnaden är minst m steg uppåt.", av="H1"),
        D("H3", "Oförändrat", "Skillnaden är mindre än m steg.", av="H1"),
        D("H4", "Mår sämre", "Skillnaden är minst m steg nedåt.", av="H1"),
        D("H5", "Ville inte svara", "Någon av skattningarna har svaret vill ej svara.", av="P7"),
        D("H6", "Svar saknas", "En skattning saknas och ingen har svaret vill ej svara.", av="P7"),
        D("H7", "Utanför fönstret", "Båda svaren finns, men minst ett är för långt från start eller avslut.", av="P7"),
        D("H8", "Svarsandel", "Skattade två gånger, delat med avslut som räknas.", "andel"),
        D("H2_m2", "Mår bättre, minst 2 steg", "Samma sak med m = 2.", av="H1"),
        D("H3_m2", "Oförändrat, mindre än 2 steg", "Samma sak med m = 2.", av="H1"),
        D("H4_m2", "Mår sämre, minst 2 steg", "Samma sak med m = 2.", av="H1"),
    )),
    ("Timmar i veckan", (
        D("T1", "Deltagare med två uppgifter", "Timmar vid start och avslut, båda inom fönstret.", del_="par"),
        D("T1", "Vid start, medel", "Timmar i veckan i arbete, studier eller praktik.", "decimal", del_="start_medel"),
        D("T1", "Vid avslut, medel", "Samma personer vid avslut.", "decimal", del_="slut_medel"),
        D("T1", "Förändring, median", "Medianen av varje persons skillnad.", "decimal", del_="median_andring"),
    )),
    ("Egen försörjning", (
        D("F3", "Deltagare med två uppgifter", "Försörjning känd vid start och avslut.", del_="par"),
        D("F3", "Lön eller studiemedel vid start", "Andel av dem.", "andel", del_="start"),
        D("F3", "Lön eller studiemedel vid avslut", "Andel av dem.", "andel", del_="slut"),
        D("F3", "Nya", "De som inte hade det vid start, delat med dem som har det vid avslut.", "andel", del_="nya"),
    )),
    ("Bemötande", (
        D("S1", "Svarade vid avslut", "Svar 1–10 inom fönstret vid avslut.", av="P7"),
        D("S2", "Nöjda", "Svarade minst t.", av="S1"),
        D("S3", "95 % säkerhet", "Wilsons intervall för andelen nöjda.", "intervall", del_="ki"),
        D("S3", "Mot målet 80 %", "Osäkert betyder att slumpen kan avgöra.", "ord", del_="omdome"),
        D("S3", "Nöjda, t ett lägre", "Andelen om gränsen vore ett steg lägre.", "andel", del_="andel_t_minus_1"),
        D("S3", "Nöjda, t ett högre", "Andelen om gränsen vore ett steg högre.", "andel", del_="andel_t_plus_1"),
        D("S3", "Svarsandel", "Svarade, delat med avslut som räknas.", "andel", del_="svarsandel"),
    )),
    ("Tid", (
        D("L1", "Veckor i insatsen, avslutade, medel", "Från start till avslut.", "veckor", del_="medel"),
        D("L1", "Veckor i insatsen, avslutade, median", "Från start till avslut.", "veckor", del_="median"),
        D("L2", "Veckor hittills, pågående, medel", "Från start till periodens slut.", "veckor", del_="medel"),
        D("L2", "Veckor hittills, pågående, median", "Från start till periodens slut.", "veckor", del_="median"),
        D("V1", "Deltagarveckor", "Dagar i perioden för alla deltaganden, delat med sju.", "decimal"),
    )),
)  # fmt: skip

# In versions for styrelse and publik the three are one count (beslut.md 27).
UTAN_PAR = D("H5_7", "Utan par", "Ville inte svara, saknas eller utanför fönstret.", av="P7")


def omraden(celler):
    """OMRADEN for the cells at hand: H5, H6 and H7, or their sum."""
    if UTAN_PAR.cell not in celler:
        return OMRADEN
    return tuple((omrade, _utan_par(rader)) for omrade, rader in OMRADEN)


def _utan_par(rader):
    return tuple(UTAN_PAR if d.cell == "H5" else d for d in rader if d.cell not in ("H6", "H7"))
