"""The sections of an application, as data: which fields each has, for which kinds, what is asked and what is demanded.

The step form, the check before sending, the completion (which opens named sections), the snapshot of each version and
the comparison of two versions are all drawn from this table. Kinds and questions: MB13 and MB16.
"""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format

from insatser.models import Ansokan

Slag = Ansokan.Slag
NYA = frozenset({Slag.FORBEREDANDE, Slag.STRUKTUR, Slag.FORSTUDIE})
INSATSER = frozenset({Slag.FORBEREDANDE, Slag.STRUKTUR})
FORLANGNING = frozenset({Slag.FORLANGNING})
# What a förlängning that writes itself says in the place of the results while there are none to take.
INTE_AN = "Resultatet finns inte här än"
UTAN_SIFFROR = (
    f"{INTE_AN}, eftersom ingen rapport där insatsen är med har släppts till styrelsen. När en rapport är släppt går "
    "det att hämta resultatet hit."
)
INGET_RESULTAT = (
    "I avsnittet Resultat står att resultatet inte finns än. Hämta resultatet när en rapport är släppt, eller ta bort "
    "den texten och skriv vad insatsen har gett och varför siffrorna saknas."
)


@dataclass(frozen=True)
class Avsnitt:
    """`falt`: the columns of `Ansokan` (`belopp` is the sums per year). `hjalp`: {kind or "": help for the writer}.
    `krav`: may not be empty when it is sent. `kriterium`: what the association judges by, or ""."""

    nyckel: str
    rubrik: str
    falt: tuple[str, ...]
    slag: frozenset
    hjalp: dict
    krav: bool = True
    kriterium: str = ""

    def hjalptext(self, slag):
        return self.hjalp.get(slag, self.hjalp.get("", ""))


AVSNITT = (
    Avsnitt(
        "behov", "Behov och bakgrund", ("behov",), NYA,
        {"": "Vad är det som inte fungerar i dag, för vilka, och hur vet ni det?"},
        kriterium="Behovet är beskrivet och gemensamt för parterna",
    ),
    Avsnitt(
        "malgrupp", "Målgrupp", ("malgrupp",), INSATSER,
        {
            "": "Vilka är deltagarna? Skriv också hur personer med aktivitetsersättning kan delta.",
            Slag.STRUKTUR: "Vilka funktioner hos parterna gäller det, och vilka deltagare får nytta av det till slut?",
        },
        kriterium="Målgruppen är tydlig, också för personer med aktivitetsersättning",
    ),
    Avsnitt(
        "mal", "Mål", ("mal",), NYA,
        {"": "Vad ska vara annorlunda när perioden är slut? Skriv mål som går att följa upp.",
         Slag.FORSTUDIE: "Vilka frågor ska förstudien ge svar på?"},
        kriterium="Målen går att följa upp",
    ),
    Avsnitt(
        "genomforande", "Genomförande", ("genomforande",), NYA,
        {"": "Vad händer, i vilken ordning, och vem gör det?"},
    ),
    Avsnitt(
        "samverkan", "Parternas samverkan", ("samverkan",), NYA,
        {"": "Vad bidrar varje part med? Hur är vården med?"},
        kriterium="Minst två parter är med från början och bidrar",
    ),
    Avsnitt(
        "uppfoljning", "Uppföljning", ("uppfoljning",), INSATSER,
        {"": "Hur följer ni upp målen? Deltagare registreras i systemet vid start och avslut.",
         Slag.STRUKTUR: "Hur märker ni att arbetssättet har förändrats?"},
        kriterium="Uppföljningen är planerad, också den nationella",
    ),
    Avsnitt(
        "implementering", "Implementering", ("implementering",), INSATSER,
        {"": "Hur blir det en del av det vanliga arbetet efteråt? Vem tar över kostnaden?"},
        kriterium="Det finns en plan för implementering",
    ),
    Avsnitt("resultat", "Resultat", ("resultat",), FORLANGNING, {"": "Vad har insatsen gett hittills?"}),
    Avsnitt("framat", "Framåt", ("framat",), FORLANGNING, {"": "Vad planerar ni för det år som ni söker för?"}),
    Avsnitt(
        "fraga", "Fråga till beredningsgruppen", ("fraga",), FORLANGNING,
        {"": "Vad vill ni att beredningsgruppen svarar på?"}, krav=False,
    ),
    Avsnitt(
        "period", "Period och omfattning", ("start", "slut", "optioner", "platser", "deltagarveckor"),
        NYA | FORLANGNING, {"": "När ska det pågå, och hur många kan vara med?"},
    ),
    Avsnitt(
        "budget", "Budget", ("belopp", "budgettext"), NYA | FORLANGNING,
        {"": "Hur mycket söker ni per år, och vad går pengarna till?"},
        kriterium="Budgeten är rimlig och förklarad",
    ),
)  # fmt: skip
EFTER_NYCKEL = {avsnitt.nyckel: avsnitt for avsnitt in AVSNITT}


def for_slag(slag):
    """The sections of a kind, in the order that they are read."""
    return [avsnitt for avsnitt in AVSNITT if slag in avsnitt.slag]


def falt_for(avsnitt, slag):
    """The fields of a section that a kind has: only what receives participants has places, only new ones options."""
    utan = set()
    if slag != Slag.FORBEREDANDE:
        utan |= {"platser", "deltagarveckor"}
    if slag in (Slag.FORSTUDIE, Slag.FORLANGNING):
        utan.add("optioner")
    return tuple(falt for falt in avsnitt.falt if falt not in utan)


def saknas(ansokan):
    """[(section, what is missing)] that must be there before it is sent, in order. One query (the sums)."""
    brister = []
    for avsnitt in for_slag(ansokan.slag):
        if not avsnitt.krav:
            continue
        if avsnitt.nyckel == "period":
            if not (ansokan.start and ansokan.slut):
                brister.append((avsnitt, "Skriv när insatsen ska börja och sluta."))
        elif avsnitt.nyckel == "budget":
            if not ansokan.belopp.exists():
                brister.append((avsnitt, "Skriv hur mycket ni söker för varje år."))
        elif not getattr(ansokan, avsnitt.falt[0]).strip():
            brister.append((avsnitt, f"{avsnitt.rubrik} är inte ifyllt."))
        elif avsnitt.nyckel == "resultat" and INTE_AN in ansokan.resultat:
            brister.append((avsnitt, INGET_RESULTAT))
    return brister


def som_text(ansokan):
    """{section: its text as it is read}, for a version that is kept and for comparing two. One query (the sums)."""
    return {avsnitt.nyckel: _text(ansokan, avsnitt) for avsnitt in for_slag(ansokan.slag)}


def _text(ansokan, avsnitt):
    rader = []
    for falt in falt_for(avsnitt, ansokan.slag):
        if falt == "belopp":
            rader += [f"{rad.ar}: {kronor(rad.kronor)}" for rad in ansokan.belopp.all()]
            continue
        varde = getattr(ansokan, falt)
        if varde in (None, ""):
            continue
        if len(avsnitt.falt) == 1 or falt == "budgettext":
            rader.append(varde)
        else:
            namn = ansokan._meta.get_field(falt).verbose_name
            rader.append(f"{namn[0].upper()}{namn[1:]}: {_varde(varde)}")
    return "\n".join(rader)


def _varde(varde):
    return date_format(varde, "j F Y") if hasattr(varde, "year") else str(varde)


def kronor(belopp):
    """1200000 -> "1 200 000 kr", with öre only when there is any."""
    return f"{number_format(belopp, 0 if belopp == int(belopp) else 2, force_grouping=True)} kr"
