"""The cases of the demo as texts: an application with five groups' opinions, three new ones, one rejected and
reworked, one whose insats has ended, one with all of its life. What they say is in our own words."""

import datetime
from dataclasses import dataclass, field

FK, AF, VGR = "Försäkringskassan", "Arbetsförmedlingen", "Västra Götalandsregionen"


@dataclass(frozen=True)
class Yttrandetext:
    """`av` is a group's name or, when it is one of the demo's parties, the party; no `stallning`: not in yet."""

    av: str
    stallning: str = ""
    text: str = ""


@dataclass(frozen=True)
class Fall:
    """One case. A day is a date, or so many days before today (later than today: negative). None: has not happened."""

    rubrik: str
    slag: str
    parter: tuple[str, ...]  # the first is huvudpart
    inkom: int | datetime.date
    lage: str
    texter: dict
    kronor: int  # for twelve months
    manader: int = 12
    optioner: int = 0
    platser: int | None = None
    beredd: int | datetime.date | None = None
    avslutad: int | None = None
    start: datetime.date | None = None  # three months after it came in, unless given
    insats: str = ""  # slug of the insats whose agreement from `start` came of the decision
    villkor: tuple[tuple[str, str, datetime.date, str], ...] = ()  # text, measure, last day, what was seen
    runda: tuple | None = None  # asked, last day, closed
    yttranden: tuple[Yttrandetext, ...] = ()
    sammanfattning: str = ""
    beslut: tuple | None = None  # day, §, outcome, words
    komplettering: tuple[int, int, str, str] | None = None  # asked, last day, section, text
    omarbetning_av: str = ""
    utan_handlaggare: bool = False
    star_inte_bakom: tuple[str, ...] = field(default=())
    handling: tuple[str, str] | None = None  # title, text


SAMVERKANSTEAM = Fall(
    rubrik="Strukturella samverkansteam",
    slag="struktur",
    parter=(AF, "Gullspångs kommun", "Falköpings kommun", "Tibro kommun", "Vara kommun"),
    inkom=45, lage="styrelse", beredd=30, runda=(30, 16, 14), kronor=1_380_000, manader=24,
    texter={
        "behov": "Många som behöver stöd från flera håll får vänta mellan kontakterna. Parterna träffas i dag mest när "
        "något redan har kört fast.",
        "malgrupp": "Handläggare och chefer hos parterna. De som får nytta av det är personer som behöver stöd från "
        "flera myndigheter på en gång, också de som har aktivitetsersättning.",
        "mal": "I varje kommun finns ett team som möts tillsammans med personen minst var fjärde vecka. Efter två år "
        "ska tiden från första kontakt till gemensam plan ha halverats.",
        "genomforande": "Fyra lokala team med en gemensam samordnare. Teamen kartlägger och följer upp med BIP och "
        "samordnar sig med Cresco+.",
        "samverkan": "Arbetsförmedlingen leder och står för samordnaren. Kommunerna deltar med personal från "
        "arbetsmarknadsenhet och socialtjänst. Fler kommuner bjuds in efter hand.",
        "uppfoljning": "Enkät till teamen varje halvår och tiden till gemensam plan i varje kommun.",
        "implementering": "Arbetssättet skrivs in i parternas lokala överenskommelser. Efter perioden bär varje part "
        "sin egen kostnad.",
        "budgettext": "En samordnare på heltid, lokaler och gemensam utbildning i BIP.",
    },
    yttranden=(
        Yttrandetext("Grupp 1", "medskick", "Vi är positiva, men vården behöver vara med på något sätt. Vi vill gärna "
                     "se om arbetssättet ger effekt."),
        Yttrandetext("Grupp 2", "medskick", "Det är viktigt att få med vården, framför allt psykiatrin."),
        Yttrandetext("Grupp 3", "medskick", "Vi är positiva. Kommunerna och Arbetsförmedlingen måste hitta nya sätt "
                     "att samverka nu. Ta med psykiatrin."),
        Yttrandetext("Grupp 4", "medskick", "Försäkringskassan borde vara med. De har tackat nej, eftersom de inte ser "
                     "vilken roll de skulle ha, men kommer på SIP-möten som de bjuds in till."),
        Yttrandetext("Grupp 5", "tillstyrker", "Vi är positiva och tänker ungefär som grupp 1. Utvärdera om det "
                     "fungerar, så hoppar vi gärna på."),
    ),
    sammanfattning="Beredningsgruppen är nyfiken på om arbetssättet kan fungera och står bakom ansökan. Fyra av fem "
    "grupper skickar med att vården eller Försäkringskassan behöver vara med.",
)  # fmt: skip


def _forberedande(kommun, **mer):
    ort = kommun.removesuffix(" kommun").removesuffix("s") if kommun != "Vara kommun" else "Vara"
    return Fall(
        rubrik=f"Förberedande insats i {ort}", slag="forberedande", parter=(kommun, FK), optioner=2,
        **{"kronor": 620_000, "platser": 12} | mer,
        texter={
            "behov": f"Behovet av förberedande insatser i {ort} är fortsatt stort. Det avtal som finns i dag går ut.",
            "malgrupp": "Personer med sjukpenning eller ekonomiskt bistånd som behöver tid och trygghet innan de kan "
            "pröva arbete.",
            "mal": "Sex av tio deltagare går vidare till nästa steg: arbetsträning, studier, arbete eller en annan "
            "insats.",
            "genomforande": "Tre halvdagar i veckan i grupp och enskilda samtal, i lugna lokaler nära naturen.",
            "samverkan": f"{kommun} anställer och leder. Försäkringskassan remitterar och deltar i styrgruppen. Vården "
            "bjuds in till styrgruppen två gånger om året.",
            "uppfoljning": "Deltagarna registreras vid start och avslut, och skattar själva sin hälsa.",
            "implementering": "Metoden skrivs in i arbetsmarknadsenhetens uppdrag från det tredje året.",
            "budgettext": "En handledare på heltid, lokal och material.",
        },
    )  # fmt: skip


LIDKOPING = _forberedande(
    "Lidköpings kommun", inkom=9, lage="komplettering",
    komplettering=(4, -8, "malgrupp", "Skriv så att målgruppen också omfattar personer med aktivitetsersättning. Så "
                   "önskade beredningsgruppen."),
)  # fmt: skip
GOTENE = _forberedande(
    "Götene kommun", inkom=24, lage="beredning", beredd=11, runda=(11, -4, None),
    yttranden=(
        Yttrandetext(FK, "tillstyrker", "Vi ser ett tydligt behov och står bakom ansökan."),
        Yttrandetext("Töreboda kommun", "medskick", "Bra upplägg. Beskriv hur deltagare från grannkommunerna kan vara "
                     "med."),
        Yttrandetext("Gullspångs kommun", "tillstyrker"),
        Yttrandetext("Mariestads kommun"),
        Yttrandetext(VGR),
    ),
)  # fmt: skip
TIBRO = _forberedande("Tibro kommun", inkom=2, lage="inkommen", utan_handlaggare=True, kronor=540_000, platser=10)

_SKOGEN = {
    "behov": "Unga som har lämnat gymnasiet utan betyg blir hemma. De vanliga insatserna börjar för snabbt.",
    "malgrupp": "Unga 16–24 år som varken arbetar eller studerar, också de som har aktivitetsersättning.",
    "mal": "Hälften av deltagarna har efter ett år en planering tillsammans med skola eller arbetsgivare.",
    "genomforande": "Dagar i skogen i liten grupp, med en handledare som också följer med på möten.",
    "samverkan": "Kommunen leder. Försäkringskassan deltar i planeringen för dem som har aktivitetsersättning.",
    "uppfoljning": "Registrering vid start och avslut, samtal efter sex månader.",
    "implementering": "Tas över av kommunens aktivitetsansvar om målen nås.",
    "budgettext": "En handledare på 75 procent, transporter och utrustning.",
}
AVSLAGEN = Fall(
    rubrik="Första spåret", slag="forberedande", parter=("Gullspångs kommun", FK), kronor=700_000, platser=8,
    inkom=190, lage="avslagen", beredd=175, runda=(175, 160, 158),
    texter=_SKOGEN | {
        "samverkan": "Kommunen leder.", "implementering": "Planeras under perioden.",
        "mal": "Deltagarna mår bättre.",
    },
    yttranden=(
        Yttrandetext("Norra beredningsgruppen", "tveksam", "Idén är bra, men målen går inte att följa upp och den "
                     "andra partens del syns inte."),
    ),
    sammanfattning="Beredningsgruppen är tveksam till ansökan i den form som den har nu.",
    beslut=(140, "§ 47", "avslag", "Styrelsen avslår ansökan och uppmuntrar parterna att komma tillbaka med en "
            "omarbetad ansökan. Kansliets processtödjare hjälper gärna till."),
)  # fmt: skip
OMARBETAD = Fall(
    rubrik="Första spåret", slag="forberedande", parter=("Gullspångs kommun", FK), kronor=640_000, platser=8,
    inkom=36, lage="au", beredd=28, runda=(28, 18, 17), texter=_SKOGEN, omarbetning_av="Första spåret",
    yttranden=(
        Yttrandetext("Norra beredningsgruppen", "tillstyrker", "Nu är målen tydliga och båda parterna bidrar. Vi står "
                     "bakom."),
    ),
    sammanfattning="Beredningsgruppen står bakom den omarbetade ansökan.",
)  # fmt: skip
ELINGS_ARK = Fall(
    rubrik="Elings Ark", slag="forberedande", parter=("Vara kommun", FK), kronor=900_000, platser=14, manader=24,
    optioner=2, inkom=2_300, lage="avslutad", beredd=2_285, avslutad=330,
    texter={
        "behov": "Förstudien visade att grön rehabilitering når personer som inte tar del av andra insatser.",
        "malgrupp": "Personer som har varit sjukskrivna länge eller har aktivitetsersättning.",
        "mal": "Deltagarna får ork, vardag och mod att gå vidare.",
        "genomforande": "Trädgård, djur, hantverk, musik och foto på en gård, i deltagarens egen takt.",
        "samverkan": "Kommunen leder, Försäkringskassan remitterar och är med i styrgruppen.",
        "uppfoljning": "Start, avslut och egen skattning av hälsan.",
        "implementering": "Kommunen tar ställning efter perioden.",
        "budgettext": "Plats hos utföraren och en samordnare på halvtid.",
    },
    beslut=(2_240, "§ 58", "bifall", "Styrelsen beviljar medel enligt ansökan."),
    handling=("Insatsen avslutas", "Elings Ark slutför sitt uppdrag enligt avtalet. Därefter finns utföraren inte "
              "kvar. Vara kommun och Försäkringskassan väntar med en ny ansökan. Utföraren sammanfattar arbetssätt och "
              "metod i en slutdokumentation, så att andra kan ta vid."),
)  # fmt: skip
MOFALLA = Fall(
    rubrik="Mofalla Lantgård", slag="forberedande", parter=("Tibro kommun", FK), kronor=480_000, platser=12,
    optioner=2, inkom=datetime.date(2022, 4, 11), beredd=datetime.date(2022, 4, 28), lage="beviljad",
    runda=(datetime.date(2022, 4, 28), datetime.date(2022, 5, 18), datetime.date(2022, 5, 20)),
    start=datetime.date(2022, 9, 1), insats="mofalla-lantgard",
    texter={
        "behov": "Personer som har varit borta länge från arbete behöver en lugn plats att börja på, nära djur och "
        "natur.",
        "malgrupp": "Personer med sjukpenning, aktivitetsersättning eller ekonomiskt bistånd, oavsett kommun.",
        "mal": "Åtta av tio deltagare mår bättre, och sex av tio går vidare till nästa steg.",
        "genomforande": "Tre dagar i veckan på gården i små grupper, med enskilda samtal.",
        "samverkan": "Tibro kommun leder. Försäkringskassan remitterar och sitter i styrgruppen.",
        "uppfoljning": "Start, avslut och deltagarnas egen skattning av hälsan, varje halvår.",
        "implementering": "Kommunen tar ställning till en egen drift under det tredje året.",
        "budgettext": "Plats hos utföraren och en samordnare på deltid.",
    },
    yttranden=(
        Yttrandetext("Grupp 1", "tillstyrker", "Behovet är stort."),
        Yttrandetext("Grupp 2", "medskick", "Hur ska vården delta?"),
        Yttrandetext("Grupp 3", "tillstyrker"),
        Yttrandetext("Grupp 4", "medskick", "Beskriv hur vården ska vara med."),
        Yttrandetext("Grupp 5", "tillstyrker", "Vi vill gärna remittera dit."),
    ),
    sammanfattning="Beredningsgruppen står bakom ansökan. Två av fem grupper vill veta hur vården ska delta.",
    beslut=(datetime.date(2022, 6, 16), "§ 34", "bifall", "Styrelsen beviljar medel för ett år, med möjlighet till "
            "förlängning ett år i taget."),
    villkor=(
        ("Insatsen lämnar en lägesrapport varje halvår.", "Rapporter i tid", datetime.date(2023, 2, 28),
         "Rapporten för hösten 2022 kom i tid."),
    ),
)  # fmt: skip
FALL = (ELINGS_ARK, MOFALLA, AVSLAGEN, SAMVERKANSTEAM, OMARBETAD, GOTENE, LIDKOPING, TIBRO)

# A draft that the demo's representative of a party has begun on; the other party has not yet ticked.
UTKAST = Fall(
    rubrik="Jobbspår på landsbygden", slag="forstudie", parter=("Gullspångs kommun", AF), inkom=5, lage="utkast",
    kronor=150_000, manader=6, star_inte_bakom=(AF,),
    texter={
        "behov": "Det finns arbete i byarna, men det går nästan inga bussar. Vi vet inte hur många som skulle kunna "
        "börja om de kom dit.",
        "mal": "Hur många skulle kunna arbeta i byarna, och vad krävs för att de ska komma dit?",
        "genomforande": "Samtal med arbetsgivare och trettio arbetssökande under våren.",
    },
)  # fmt: skip

# what, why, insats (slug), party, where it came up
IDEER = (
    ("Platser hos lokala företag", "Den som är klar på gården behöver en arbetsplats i närheten att gå vidare till.",
     "rorsas-lantliv", "Gullspångs kommun", "Beredningsgruppen i maj"),
    ("Naturnära grupp innan rehabiliteringen börjar", "Flera väntar i månader. De skulle kunna börja utomhus under "
     "tiden.", "rorsas-lantliv", VGR, "Lägesrapporten"),
    ("Gemensam utbildning i motiverande samtal", "", None, FK, ""),
)  # fmt: skip

LEDAMOTER = (
    # body, name, title, party, ersättare
    ("Styrelsen", "Eva Hallgren", "Kommunalråd", "Töreboda kommun", False),
    ("Styrelsen", "Göran Lindvall", "Kommunalråd", "Gullspångs kommun", False),
    ("Styrelsen", "Sara Bergqvist", "Enhetschef", FK, False),
    ("Styrelsen", "Mats Ödman", "Enhetschef", AF, False),
    ("Styrelsen", "Yvonne Kull", "Regionpolitiker", VGR, True),
    ("Arbetsutskottet", "Eva Hallgren", "Kommunalråd", "Töreboda kommun", False),
    ("Arbetsutskottet", "Sara Bergqvist", "Enhetschef", FK, False),
    ("Norra beredningsgruppen", "David Åkesson", "Enhetschef", "Mariestads kommun", False),
    ("Norra beredningsgruppen", "Helena Brodin", "Verksamhetschef", "Gullspångs kommun", False),
    ("Norra beredningsgruppen", "Nils Ekwall", "Samverkansansvarig", FK, False),
    ("Norra beredningsgruppen", "Rebecka Holm", "Sektionschef", AF, False),
    ("Västra beredningsgruppen", "Ulla Sandin", "Enhetschef", "Lidköpings kommun", False),
    ("Östra beredningsgruppen", "Per Almqvist", "Enhetschef", "Falköpings kommun", False),
    ("Styrelsen", "Maria Edvall", "Enhetschef", FK, True),
    ("Norra beredningsgruppen", "Katarina Lund", "Handläggare", FK, True),
    ("Norra beredningsgruppen", "Marie Tegnér", "Enhetschef", "Töreboda kommun", False),
    ("Norra beredningsgruppen", "Sofia Rask", "Verksamhetschef", VGR, False),
    ("Västra beredningsgruppen", "Jonas Berggren", "Enhetschef", "Götene kommun", False),
    ("Västra beredningsgruppen", "Emma Ström", "Verksamhetschef", "Vara kommun", False),
    ("Västra beredningsgruppen", "Lina Aspegren", "Sektionschef", AF, False),
)
# month, day: the board meets on the Thursday of that week, the others before it
STYRELSENS_DAGAR = ((2, 14), (4, 17), (6, 12), (9, 25), (12, 11))
DAGAR_FORE = {"Arbetsutskottet": 14, "Norra beredningsgruppen": 21, "Västra beredningsgruppen": 22,
              "Östra beredningsgruppen": 23}  # fmt: skip
