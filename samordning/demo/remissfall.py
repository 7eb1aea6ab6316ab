"""What the demo's remisser are about. The people are invented; `personer` gives them names and numbers."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fall:
    """One remiss. `situation` is {code: months ago that it began}; without `fragor` it is a draft half written."""

    kon: str
    alder: int
    kommun: str
    situation: dict
    forsorjning: tuple
    fragor: str = ""
    mal: str = ""
    ovrigt: str = ""
    ovriga: dict = field(default_factory=dict)  # other fields of Remiss


# slug -> state -> what it is about. "forsenad" is sent, and the answer is late.
FALL = {
    "rorsas-lantliv": {
        "utkast": Fall("K", 41, "1493", {"SJUKSKRIVEN": 14}, ("FK",)),
        "skickad": Fall(
            "K", 36, "1493", {"SJUKSKRIVEN": 19}, ("FK",),
            "Hur många timmar i veckan fungerar utan att tröttheten blir värre? Vilka uppgifter ger ork?",
            "Komma hemifrån regelbundet två dagar i veckan och sedan prova fyra.",
            "Tål inte stark lukt av djur inomhus. Åker buss och behöver börja efter klockan nio.",
            {"kontakter": "fk", "onskad": ["utvecklingsplats"]},
        ),
        "forsenad": Fall(
            "M", 52, "1493", {"SJUKSKRIVEN": 31, "ARBETSLOS": 40}, ("FK", "FORS"),
            "Hur ser orken ut under en hel halvdag? Går det att öka i små steg?",
            "Kunna söka ett arbete på halvtid.",
            "Har ont i ryggen och behöver byta ställning ofta.",
            {"kontakter": "socialtjanst,fk", "onskad": ["bas"]},
        ),
        "accepterad": Fall(
            "K", 29, "1447", {"PERIODVIS": 9}, ("FK", "AF"),
            "Vad behöver vara på plats för att det ska hålla över tid?",
            "Gå vidare till studier till hösten.",
            "Vill gärna arbeta med växter. Hälsar helst på en gång innan starten.",
            {"kontakter": "af", "program": ["samverkan"], "inskriven_af": True},
        ),
        "avbojd": Fall(
            "M", 24, "1473", {"ARBETSLOS": 16}, ("FORS",),
            "Klarar deltagaren att passa tider och att ta emot instruktioner i grupp?",
            "Fasta rutiner fem dagar i veckan.",
            ovriga={"inskriven_af": True, "program": ["af"]},
        ),
        "atertagen": Fall(
            "K", 58, "1493", {"SJUKSKRIVEN": 26}, ("FK",),
            "Vilka arbetsuppgifter fungerar med nedsatt rörlighet?",
            "Veta om halva arbetstiden är möjlig.",
            ovriga={"kontakter": "fk"},
        ),
    },
    "mofalla-lantgard": {
        "utkast": Fall("M", 33, "1472", {"ARBETSLOS": 27}, ("FORS",)),
        "skickad": Fall(
            "K", 47, "1472", {"SJUKSKRIVEN": 11}, ("FK",),
            "Mår deltagaren bättre av att vara ute och arbeta med händerna? Hur mycket stöd behövs?",
            "Tio timmar i veckan efter tre månader.",
            ovriga={"kontakter": "fk"},
        ),
        "forsenad": Fall(
            "K", 27, "1493", {"ARBETSLOS": 30}, ("FORS",),
            "Hur går det att förstå och följa muntliga instruktioner på svenska?",
            "Prova ett yrke och få en referens.",
            "Har barn på förskola och behöver sluta klockan tre.",
            {"kontakter": "socialtjanst", "nyanland": True, "tolk": True, "sprak": "ti"},
        ),
        "accepterad": Fall(
            "M", 39, "1472", {"SJUKSKRIVEN": 22}, ("FK",),
            "Vad händer med sömnen och orken när dagarna får en struktur?",
            "Återgå till arbete på deltid.",
            "Har körkort och egen bil.",
            {"kontakter": "fk,annan", "kontakt_annan": "Smärtenheten"},
        ),
        "avbojd": Fall(
            "K", 45, "1493", {"SJUKSKRIVEN": 8, "ARBETSLOS": 8}, ("AKASSA",),
            "Finns det uppgifter som går att göra sittande?",
            "Få veta vilken sorts arbete som är möjligt.",
            ovriga={"inskriven_af": True},
        ),
        "atertagen": Fall(
            "M", 21, "1472", {"ARBETSLOS": 13}, ("INGEN",),
            "Vad väcker intresse, och vad gör att det tar stopp?",
            "Börja en folkhögskolekurs i januari.",
        ),
    },
}  # fmt: skip
