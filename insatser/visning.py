"""What the pages say about an insats, in words. Empty in the sheet is empty here, and the templates leave it out."""

from dataclasses import dataclass

from django.utils.formats import date_format

from insatser import optioner
from insatser.linjekarta import avtalstid
from insatser.models import Insats
from samordning.karna.kalender import idag

REMITTENT_I_TEXT = {
    "vard": "vården",
    "af": "Arbetsförmedlingen",
    "fk": "Försäkringskassan",
    "kommun": "kommunerna",
}
# What the plan's form says to who fills it in; left in a sheet by mistake it reads as nonsense.
MALLENS_HJALPTEXTER = (
    "förklara vad du är särskilt bra på",
    "vad är utmärkande för dig",
    "använd ditt eget språk",
    "klicka här för att ange text",
    "klicka eller tryck här för att ange text",
    "lorem ipsum",
)
LANGA_TEXTER = (
    "sammanfattning", "beskrivning", "metod", "bakgrund", "malgrupp", "mal", "omfattning", "tid_i_insats",
    "hitta_hit", "ovrigt",
)  # fmt: skip


def upprakning(delar):
    """a, b och c"""
    delar = list(delar)
    return " och ".join([", ".join(delar[:-1]), delar[-1]] if len(delar) > 1 else delar)


def alder(insats):
    fran, till = insats.alder_fran, insats.alder_till
    if fran is not None and till is not None:
        return f"{fran} år" if fran == till else f"{fran}–{till} år"
    if fran is not None:
        return f"Från {fran} år"
    return "" if till is None else f"Till och med {till} år"


def tid(insats):
    """The time in the insats: as the sheet words it, otherwise from the weeks."""
    if insats.tid_i_insats:
        return insats.tid_i_insats
    kort, lang = insats.min_veckor, insats.max_veckor
    if kort and lang:
        return f"{lang} veckor" if kort == lang else f"{kort}–{lang} veckor"
    if lang:
        return f"Högst {lang} veckor"
    return f"Minst {kort} veckor" if kort else ""


def orter(insats):
    return ", ".join(insats.orter) or ("Hela Skaraborg" if insats.skaraborgsgemensam else "")


def valda(val, varden):
    """The texts of chosen values, in the order of the choices; a value that is no longer a choice is left out."""
    return [text for varde, text in val.choices if varde in varden]


def grupper(insats):
    return valda(Insats.Grupp, insats.grupper)


def upplagg(insats):
    return valda(Insats.Upplagg, insats.upplagg)


def fakta(insats):
    """The band over the page: [(label, value, small line)]."""
    typ = insats.get_inriktning_display()
    if insats.aven_strukturell and insats.inriktning == Insats.Inriktning.INDIVID:
        typ += ", även strukturell"
    ort = "Gemensam för hela Skaraborg" if insats.skaraborgsgemensam and insats.orter else ""
    rader = [
        ("Omfattning", insats.omfattning, tid(insats)) if insats.omfattning else ("Tid i insatsen", tid(insats), ""),
        ("Ålder", alder(insats), ""),
        ("Kommun", orter(insats), ort),
        ("Typ", typ, ", ".join(upplagg(insats)).capitalize()),
    ]
    return [rad for rad in rader if rad[1]]


def fakta_i_listan(insats):
    """The line under a hit; of a long text only the first sentence."""
    omfattning = insats.omfattning.split(". ")[0].rstrip(".") or tid(insats)
    rader = [("Kommun", orter(insats)), ("Omfattning", omfattning), ("Ålder", alder(insats))]
    return [rad for rad in rader if rad[1]]


def remittenter(insats):
    vilka = [REMITTENT_I_TEXT[varde] for varde in Insats.Remittent.values if varde in insats.remittenter]
    if not vilka:
        return ""
    if len(vilka) == len(REMITTENT_I_TEXT):
        return f"Alla parter kan remittera: {upprakning(vilka)}."
    return f"De som kan remittera är {upprakning(vilka)}."


@dataclass(frozen=True)
class Platslage:
    """The state of the places as a mark, and small lines under it. Without `text` there is nothing to say."""

    text: str = ""
    typ: str = ""
    symbol: str = ""
    rader: tuple = ()


def platslage(insats):
    if insats.har_avslutats:
        return Platslage("Avslutad", symbol="streck", rader=(f"Avslutades {_dag(insats.slut)}",))
    rader = [nasta_start(insats)] if insats.nasta_start else []
    if insats.slut:
        rader.append(f"Avslutas {_dag(insats.slut)}")
    if insats.lediga_platser is None:
        har_platser = insats.inriktning == Insats.Inriktning.INDIVID
        return Platslage(rader=("Uppgift om lediga platser saknas", *rader) if har_platser else tuple(rader))
    rader.append(senast_bekraftad(insats))
    # An old figure keeps its word but loses its colour.
    gammal = insats.platser_ar_gamla
    if not insats.lediga_platser:
        return Platslage("Fullt", "" if gammal else "varn", "halv", tuple(rader))
    antal = insats.lediga_platser
    text = f"{antal} {'ledig plats' if antal == 1 else 'lediga platser'}"
    return Platslage(text, "" if gammal else "bra", "ring" if gammal else "full", tuple(rader))


def nasta_start(insats):
    """When one can begin; people write `varje månad` as well as `Start varje månad`."""
    text = insats.nasta_start
    if not text or "start" in text.lower() or "börja" in text.lower() or "grupp" in text.lower():
        return text[:1].upper() + text[1:]
    if text.lower().startswith("löpande"):
        return f"Start {text[:1].lower() + text[1:]}"
    return f"Nästa start: {text[:1].lower() + text[1:]}"


def senast_bekraftad(insats):
    if insats.platser_bekraftade is None:
        return "Inte bekräftat"
    return f"Senast bekräftat {_dag(insats.platser_bekraftade)}"


def lankar(insats):
    """[(text, address or None)]; only web addresses become links."""
    rader = [rad.strip() for rad in insats.lankar.splitlines() if rad.strip()]
    return [(rad, rad if rad.startswith(("https://", "http://")) else None) for rad in rader]


def mallrester(insats):
    """The labels of texts that still hold the form's own help text."""
    rester = []
    for namn in LANGA_TEXTER:
        text = " ".join(getattr(insats, namn).lower().split())
        if any(hjalptext in text for hjalptext in MALLENS_HJALPTEXTER):
            rester.append(str(Insats._meta.get_field(namn).verbose_name).capitalize())
    return rester


# ---- Agreements


@dataclass(frozen=True)
class Avtalsvisning:
    """An agreement for the page: the picture, the same facts as text, and the marks of its periods."""

    avtal: object
    bild: str
    text: str
    marken: tuple

    @property
    def parter(self):
        return sorted(str(part) for part in self.avtal.parter.all())


def avtalsvisning(avtal):
    perioder = avtalsperioder(avtal, idag())
    marken = tuple(_periodmarke(namn, lage, fran) for namn, fran, till, lage in perioder)
    return Avtalsvisning(avtal, avtalstid(perioder, idag()), _avtalstext(avtal), marken)


def avtalsperioder(avtal, dag):
    """[(name, from, to, state)]: the agreed time, the prolongations that are decided, and those that are possible."""
    return [
        (periodnamn(period, avtal), period.fran, period.till, "nu" if lage == "kommer" else lage)
        for period in optioner.perioder(avtal.start, avtal.slut, avtal.optioner, avtal.utnyttjade)
        for lage in [period.lage(dag)]
    ]


def periodnamn(period, avtal):
    if period.nr:
        return f"Förlängning {period.nr}"
    return "Grundtid" if avtal.optioner else "Avtal"


def _periodmarke(namn, lage, fran):
    """(text, kind, symbol) of a period."""
    if lage == "mojlig":
        return (f"{namn} är möjlig från {_dag(fran)}", "varn", "ring")
    if lage == "klar":
        return (f"{namn} har gått ut" if namn == "Avtal" else f"{namn} klar", "", "full")
    if fran > idag():
        return (f"{namn} börjar {_dag(fran)}", "info", "ring")
    return (f"{namn} pågår", "info", "halv")


def _avtalstext(avtal):
    gallde = "gällde" if avtal.slut < idag() else "gäller"
    text = f"Avtalet {gallde} från {_dag(avtal.start)} till {_dag(avtal.slut)}."
    if not avtal.optioner:
        return text
    text += f" Det kan förlängas med ett år {ganger(avtal.optioner)}."
    if avtal.utnyttjade == 1:
        return f"{text} En förlängning är beslutad och ingår i tiden."
    return f"{text} {avtal.utnyttjade} förlängningar är beslutade och ingår i tiden." if avtal.utnyttjade else text


def ganger(antal):
    ord_ = ("ingen gång", "en gång", "två gånger", "tre gånger", "fyra gånger")
    return ord_[antal] if antal < len(ord_) else f"{antal} gånger"


def _dag(dag):
    return date_format(dag, "j F Y")
