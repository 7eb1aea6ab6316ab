"""The meetings of the demo as texts: what was taken up, what came of it, who came. In our own words; invented people.

A meeting's day is so many days before today (later than today: negative).
"""

from dataclasses import dataclass

from samordning.demo.arendefall import SAMVERKANSTEAM

NORRA, VASTRA, STYRELSEN = "Norra beredningsgruppen", "Västra beredningsgruppen", "Styrelsen"


@dataclass(frozen=True)
class Utfallstext:
    """`typ` is one of Utfall.Typ; `ansvarig` a contact's name, `senast` days before today, `beslut` a case's § ."""

    typ: str
    text: str
    ansvarig: str = ""
    senast: int | None = None
    lage: str = "ej_startad"
    beslut: str = ""


@dataclass(frozen=True)
class Punkttext:
    rubrik: str
    text: str = ""
    slag: str = "vanlig"
    status: str = "behandlad"
    arende: str = ""  # the title of a case
    utfall: tuple[Utfallstext, ...] = ()
    underlag: str = ""
    varfor: str = ""
    nummer: int | None = None  # a board's §


@dataclass(frozen=True)
class Motestext:
    organ: str
    dag: int
    lage: str
    punkter: tuple[Punkttext, ...]
    plats: str = ""
    franvarande: tuple[str, ...] = ()
    ersatter: tuple[tuple[str, str], ...] = ()  # deputy, whom
    ordforande: str = ""
    justerare: tuple[str, ...] = ()


M = Utfallstext
BEREDNINGEN = Motestext(
    organ=NORRA, dag=14, lage="publicerat", plats="Mariestad, stadshuset", ordforande="David Åkesson",
    franvarande=("Nils Ekwall", "Sofia Rask"), ersatter=(("Katarina Lund", "Nils Ekwall"),),
    punkter=(
        Punkttext("Välkommen och incheckning", "Förbundschefen hälsade alla välkomna. Mötet började med en runda om "
                  "vad vi är nyfikna på i höst.", slag="incheckning"),
        Punkttext("Rapport från styrelsen", "Styrelsen har antagit planen för intern kontroll, gått igenom "
                  "budgetprognosen och sagt ja till ett samarbete med ett universitet om forskning.\n\n"
                  "Hela protokollet finns på webbplatsen.", slag="rapport"),
        Punkttext("Vårens utbildningar", "I höst fanns 40 platser på grundkursen i lösningsfokus och lika många på "
                  "fortsättningen. 27 platser användes i var och en. Gruppen vill fortsätta till våren, men det räcker "
                  "med 20–25 platser.\n\nSeminariet om jämställd remittering delas i två: ett för den som remitterar "
                  "och ett för personal på arbetsmarknadsenheterna. Gruppen röstade om vad vi börjar med.",
                  utfall=(M("atgard", "Ta fram ett förslag till en heldag för den som gick grundkursen för mer än tre "
                            "år sedan.", ansvarig="Anna Lindgren", senast=-20),
                          M("atgard", "Fråga vården vilka dagar som passar för handledning på plats.",
                            ansvarig="Rebecka Holm", senast=3, lage="pagar"))),
        Punkttext("Ansökan: strukturella samverkansteam", "Arbetsförmedlingen söker tillsammans med fyra kommuner. "
                  "Parterna ska träffa personen i gemensamma team, kartlägga och följa upp med BIP och samordna sig "
                  "med Cresco+. Gruppen talade om ansökan i fem mindre grupper.", arende=SAMVERKANSTEAM.rubrik,
                  utfall=(M("medskick", "Gruppen står bakom ansökan och är nyfiken på arbetssättet. Vården, framför "
                            "allt psykiatrin, behöver vara med."),)),
        Punkttext("Två insatser kan förlängas", "Mofalla Lantgård och Rörsås Lantliv går in på sitt sista år. "
                  "Styrgrupperna står bakom en förlängning, eftersom behovet är fortsatt stort.",
                  utfall=(M("medskick", "Gruppen står bakom att båda insatserna förlängs ett år."),)),
        Punkttext("Elings Ark avslutas", "Avtalet löper ut vid årsskiftet och gården fortsätter inte som utförare. "
                  "Erfarenheterna samlas i en slutdokumentation.", utfall=(M("information", "Parterna väntar med en ny "
                  "ansökan."),)),
        Punkttext("Det goda exemplet", slag="goda_exempel", text="Kommunerna sköter utmärkelsen själva från i höst.",
                  utfall=(M("beslut", "Den som vill ha mallen till tavlan hör av sig till kansliet."),)),
        Punkttext("Integrationsnätverket", status="bordlagd", text="Föredragande hade fått förhinder."),
        Punkttext("Så tyckte ni om våra möten", slag="utvardering", text="Alla svarade i telefonen i slutet."),
        Punkttext("Laget runt", slag="laget_runt"),
        Punkttext("Nästa möte", slag="nasta_mote", text="Samverkansdagarna hålls i februari. Kallelse kommer."),
    ),
)  # fmt: skip
# fråga, prickar var, {alternativ: prickar}, [(det ena, det andra)] som slogs ihop
PRICKAR = (
    "Vad börjar vi med till våren?", 2,
    {"Vägar in": 3, "Prata gott om varandra": 1, "Konsultationsteam": 2, "Jobbskuggning": 2, "Bjuda in varandra": 1,
     "Samverkansmodell": 2, "Förebyggande arbete": 1, "Gemensamma fall": 0},
    (("Bjuda in varandra", "Jobbskuggning"),),
)  # fmt: skip
# fråga, slag, svar: stjärnor 1-5 (sex svar, som de som var med; den som hoppade över är inte med)
SVARANDE = 6
UTVARDERING = (
    ("Hur fungerar mötenas upplägg?", "stjarnor", (4, 4, 4, 5, 4, 3)),
    ("Hur ordnar och leder kansliet mötena?", "stjarnor", (5, 5, 4, 5, 4, 5)),
    ("Hur är stödet till medlemmarna?", "stjarnor", (4, 5, 4, 4, 4, 5)),
    ("Hur är nyhetsbrevet?", "stjarnor", (4, 4, 3, 4, 4)),
    ("Ska förbundet fortsätta som projektägare?", "ja_nej", (1, 1, 1, 1, 1, 0)),
    ("Ett ord om dagen", "ett_ord", ("Hoppfullt", "Energi", "Tydligt", "Samling", "Nyfiken", "Energi")),
)  # fmt: skip
# fråga, svaren i den ordning de sades
LAGET_RUNT = (
    "Ett ord som du tar med dig härifrån?",
    (("David", "konkret"), ("Helena", "hoppfullt"), ("Marie", "tydligt"), ("Katarina", "hoppfullt, vi är på väg"),
     ("Rebecka", "nyfiken"), ("Anna", "energi")),
)  # fmt: skip
INCHECKNING = (
    "Vad har gått bra sedan vi sågs?",
    (("Ulla", "alla har svarat på enkäten"), ("", "två nya deltagare har fått jobb"), ("", "nätverksträffen")),
)
ROSTAT = 3  # så många har röstat i det möte som pågår
STYRELSEN_I_VARAS = Motestext(
    organ=STYRELSEN, dag=140, lage="publicerat", plats="Mariestad, stadshuset", ordforande="Eva Hallgren",
    franvarande=("Mats Ödman",), justerare=("Eva Hallgren", "Sara Bergqvist"),
    punkter=(
        Punkttext("Mötet öppnas", "Ordföranden hälsade välkommen och öppnade mötet.", nummer=43),
        Punkttext("Val av justerare", "Sara Bergqvist valdes att justera protokollet tillsammans med ordföranden.",
                  slag="narvaro", nummer=44),
        Punkttext("Föregående protokoll", "Protokollet lades till handlingarna.", slag="foregaende", nummer=45),
        Punkttext("Plan för intern kontroll", "Förbundschefen gick igenom riskerna och hur de ska följas upp.",
                  nummer=46, utfall=(M("beslut", "Styrelsen fastställer planen för intern kontroll.",
                                       ansvarig="Birgitta Sandell", senast=20, lage="klar"),)),
        Punkttext("Ansökan: Första spåret", "Beredningsgruppen är tveksam till ansökan i den form som den har nu.",
                  arende="Första spåret", nummer=47,
                  utfall=(M("beslut", "Styrelsen avslår ansökan och uppmuntrar parterna att komma tillbaka med en "
                            "omarbetad ansökan.", beslut="§ 47"),)),
        Punkttext("Budgetprognos", "Prognosen visar ett litet överskott mot budget.", nummer=48,
                  utfall=(M("information", "Styrelsen tackar för informationen."),)),
        Punkttext("Övriga frågor", "Inga frågor anmäldes.", nummer=49),
    ),
)  # fmt: skip
STYRELSEN_NYSS = Motestext(
    organ=STYRELSEN, dag=6, lage="avslutat", plats="Mariestad, stadshuset", ordforande="Eva Hallgren",
    franvarande=("Göran Lindvall",),
    punkter=(
        Punkttext("Mötet öppnas", "Ordföranden öppnade mötet.", nummer=71),
        Punkttext("Val av justerare", "Mats Ödman valdes.", slag="narvaro", nummer=72),
        Punkttext("Uppföljning av beslut", "Planen för intern kontroll är skickad till revisorerna.",
                  slag="uppfoljning", nummer=73),
        Punkttext("Delårsrapport", "Ekonomen gick igenom delårsrapporten.", nummer=74,
                  utfall=(M("beslut", "Styrelsen godkänner delårsrapporten och lämnar den till medlemmarna.",
                            ansvarig="Birgitta Sandell", senast=-10, lage="pagar"),)),
        Punkttext("Nästa möte", slag="nasta_mote", text="Styrelsen möts igen i december.", nummer=75),
    ),
)  # fmt: skip
KALLAD = Motestext(
    organ=NORRA, dag=-9, lage="kallat", plats="Mariestad, stadshuset", ordforande="David Åkesson",
    punkter=(
        Punkttext("Välkommen och incheckning", slag="incheckning", status="", varfor="Gruppen börjar alltid så.",
                  underlag="Vad har du med dig hit i dag?"),
        Punkttext("Rapport från styrelsen", slag="rapport", status="", varfor="Fast punkt."),
        Punkttext("Ansökan: förberedande insats i Götene", status="", arende="Förberedande insats i Götene",
                  varfor="Ärendet är i beredningsgruppen.",
                  underlag="Vad vill ni skicka med till styrelsen?"),
        Punkttext("Integrationsnätverket", status="", varfor="Bordlades på förra mötet."),
        Punkttext("Nästa möte", slag="nasta_mote", status="", varfor="Fast punkt."),
    ),
)  # fmt: skip
PAGAR = Motestext(
    organ=VASTRA, dag=0, lage="pagar", plats="Lidköping, Stadshuset", ordforande="Ulla Sandin",
    punkter=(
        Punkttext("Välkommen och incheckning", slag="incheckning", status="behandlad", text="Alla sa en sak som har "
                  "gått bra i höst."),
        Punkttext("Idéer till nästa år", status="", underlag="Varje grupp skriver vad som vore mest värt att pröva."),
        Punkttext("Vad börjar vi med?", status="", underlag="Var och en har två prickar."),
        Punkttext("Utvärdering av mötet", slag="utvardering", status=""),
    ),
)  # fmt: skip
MOTEN = (STYRELSEN_I_VARAS, BEREDNINGEN, STYRELSEN_NYSS, KALLAD, PAGAR)
FRAGOR = (
    ("incheckning", "Vad har du med dig hit i dag?"),
    ("incheckning", "Vad har gått bra sedan vi sågs?"),
    ("incheckning", "Vad är du nyfiken på just nu?"),
    ("laget_runt", "Ett ord som du tar med dig härifrån?"),
    ("laget_runt", "Vad gör du först i morgon?"),
)
FORSLAG = (
    (STYRELSEN, "Mötestider för nästa år", "Kansliet"),
    (NORRA, "Studiebesök hos Mofalla Lantgård", "Lägesrapporten"),
)
