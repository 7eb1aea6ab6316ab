"""The questions of Bilaga 2 as the participant meets them: texts in Swedish and easy Swedish, and their order.

`Formular` bilaga2, version 1, is these questions. A published form is never edited: a change that alters what is asked
is a new version with a new list here.
"""

from dataclasses import dataclass, field

from remisser.models import Forsorjning
from uppfoljning.models import Tillfalle

KOD, VERSION = "bilaga2", 1
SPRAK = {"sv": "Svenska", "sv-lattlast": "Lättläst svenska"}
HALSA, BEMOTANDE, TIMMAR, PENGAR, OVRIGT = "halsa", "bemotande", "timmar", "pengar", "ovrigt"
ANDELAR = "andelar"
ORDNING = {Tillfalle.START: (HALSA, TIMMAR, PENGAR), Tillfalle.SLUT: (BEMOTANDE, HALSA, TIMMAR, PENGAR, OVRIGT)}
SKALA = range(1, 11)


@dataclass(frozen=True)
class Text:
    """A wording in both kinds of Swedish; easy Swedish is the same where nothing else is said."""

    sv: str
    lattlast: str = ""

    def pa(self, sprak):
        return self.lattlast or self.sv if sprak == "sv-lattlast" else self.sv


@dataclass(frozen=True)
class Fraga:
    """One question. `kort` is its line on the page where the answers are read before they are sent."""

    rubrik: Text
    hjalp: Text
    kort: Text
    lagst: str = ""
    hogst: str = ""
    exempel: Text = field(default=Text(""))


FRAGOR = {
    (Tillfalle.START, HALSA): Fraga(
        Text("Hur mår du just nu?", "Hur mår du nu?"),
        Text("Tänk på både kroppen och hur du känner dig.", "Tänk på din kropp. Tänk också på hur du känner dig."),
        Text("Så mår du"),
        "mycket dåligt",
        "mycket bra",
    ),
    (Tillfalle.START, TIMMAR): Fraga(
        Text("Hur många timmar ska du vara här varje vecka?", "Hur många timmar ska du vara här på en vecka?"),
        Text("Räkna alla dagar i veckan.", "Räkna ihop alla dagar."),
        Text("Timmar i veckan"),
    ),
    (Tillfalle.START, PENGAR): Fraga(
        Text("Vad lever du på just nu?", "Var kommer dina pengar ifrån?"),
        Text("Välj en eller flera.", "Du kan välja en. Du kan också välja flera."),
        Text("Pengar"),
    ),
    (Tillfalle.SLUT, BEMOTANDE): Fraga(
        Text("Hur tycker du att det har varit här?", "Hur har det varit här?"),
        Text(
            "Tänk på hur du har blivit bemött, om det har varit lätt att få hjälp och hur bra hjälpen har varit.",
            "Tänk på hur personalen har varit mot dig. Var det lätt att få hjälp? Var hjälpen bra?",
        ),
        Text("Så har det varit här"),
        "mycket dåligt",
        "mycket bra",
    ),
    (Tillfalle.SLUT, TIMMAR): Fraga(
        Text("Hur många timmar i veckan klarar du nu?", "Hur många timmar orkar du på en vecka nu?"),
        Text(
            "Räkna timmar med aktivitet, arbete eller studier, alla dagar i veckan.",
            "Räkna tid med aktivitet, jobb och skola. Räkna ihop alla dagar.",
        ),
        Text("Timmar i veckan"),
    ),
    (Tillfalle.SLUT, PENGAR): Fraga(
        Text("Vad lever du på?", "Var kommer dina pengar ifrån?"),
        Text(
            "Tänk på hur det är nu, eller hur det blir inom två månader om det är bestämt. Välj en eller flera.",
            "Tänk på hur det är nu. Får du jobb eller börjar skolan inom två månader? Välj det. Du kan välja flera.",
        ),
        Text("Pengar"),
    ),
    (Tillfalle.SLUT, OVRIGT): Fraga(
        Text("Vill du säga något mer?"),
        Text(
            "Skriv med egna ord, till exempel vad insatsen har betytt för dig. Skriv inte namn, varken ditt eget eller "
            "någon annans.",
            "Skriv vad du vill. Till exempel vad som har blivit bättre. Skriv inte ditt namn. Skriv inga andra namn.",
        ),
        Text("Med egna ord"),
    ),
}
FRAGOR[Tillfalle.SLUT, HALSA] = FRAGOR[Tillfalle.START, HALSA]

HUR_STOR_DEL = Fraga(
    Text("Hur stor del är det?", "Hur mycket är det?"),
    Text("Hela cirkeln är alla dina pengar.", "Hela cirkeln är alla dina pengar. Halva cirkeln är 50 %."),
    Text("Pengar"),
)


@dataclass(frozen=True)
class Grupp:
    """A plain group of support, and the codes behind it. `okand` is the code of who does not know which of them."""

    namn: str
    ikon: str
    exempel: str
    koder: tuple
    vilka: str = ""
    okand: str = ""


GRUPP_FK = Grupp(
    "Pengar från Försäkringskassan", "heart", "Till exempel sjukpenning, sjukersättning eller föräldrapenning",
    ("FK", "SJUKERS", "AKTERS", "FORALDR"), "Vilka pengar från Försäkringskassan?", "FK_SAMLAD",
)  # fmt: skip
GRUPP_AF = Grupp(
    "Pengar från Arbetsförmedlingen eller a-kassan", "briefcase", "Till exempel aktivitetsstöd",
    ("AF", "ETABL", "AKASSA"), "Vilka pengar från Arbetsförmedlingen eller a-kassan?", "AF",
)  # fmt: skip
GRUPP_KOMMUN = Grupp(
    "Pengar från kommunen", "building-library", "Försörjningsstöd, kallas också socialbidrag", ("FORS",)
)
GRUPP_INGEN = Grupp("Jag får inga pengar", "no-symbol", "", ("INGEN",))
GRUPPER = {
    Tillfalle.START: {
        "fk": GRUPP_FK,
        "af": GRUPP_AF,
        "kommun": GRUPP_KOMMUN,
        "ingen": GRUPP_INGEN,
        "annat": Grupp(
            "Något annat", "ellipsis-horizontal-circle", "Till exempel lön, studiemedel eller någon i familjen",
            ("LON", "STUDIEMEDEL", "ANNAN"), "Vad är det andra?", "ANNAN",
        ),
    },
    Tillfalle.SLUT: {
        "fk": GRUPP_FK,
        "af": GRUPP_AF,
        "kommun": GRUPP_KOMMUN,
        "lon": Grupp(
            "Lön eller pengar för studier", "banknotes", "Du arbetar, eller studerar med pengar från CSN",
            ("LON", "STUD"), "Är det lön eller studier?",
        ),
        "annat": Grupp("Något annat", "ellipsis-horizontal-circle", "Till exempel någon i familjen", ("ANNAN",)),
        "ingen": GRUPP_INGEN,
    },
}  # fmt: skip
INGEN = "ingen"

# One sentence each for who reads another language; the questions themselves are in Swedish.
ANDRA_SPRAK = (
    ("en", "ltr", "You can answer with help from staff or an interpreter."),
    ("ar", "rtl", "يمكنك الإجابة بمساعدة الموظفين أو مترجم."),
    ("uk", "ltr", "Ви можете відповісти з допомогою персоналу або перекладача."),
    ("so", "ltr", "Waxaad ku jawaabi kartaa caawimada shaqaalaha ama turjumaan."),
)


def kodtexter(sprak):
    """{code: its words}, of the codes that may be chosen today."""
    return {
        rad.kod: rad.enkel_text or rad.text if sprak == "sv-lattlast" else rad.text
        for rad in Forsorjning.objects.giltiga()
    }
