"""Which texts people write in each document: its key, heading, what to write, and whether it must be there."""

from dataclasses import dataclass

from ekonomi.models import Dokument

SKAL = "saknas"  # the text that says why something is missing; with it a document may be adopted all the same


@dataclass(frozen=True)
class Textfalt:
    """`avsnitt` is the chapter that it stands in, for the list of texts."""

    nyckel: str
    avsnitt: str
    rubrik: str
    hjalp: str
    kravs: bool = True


_VARFOR = Textfalt(
    SKAL, "Det som saknas", "Varför något saknas",
    "Behövs bara om något saknas när styrelsen fastställer. Texten trycks i dokumentet.", False,
)  # fmt: skip
TEXTER = {
    Dokument.Slag.PLAN: (
        Textfalt("styrelse", "Organisation", "Styrelsen", "Vad styrelsen gör och hur ofta den sammanträder."),
        Textfalt("forbundschef", "Organisation", "Förbundschef", "Vad förbundschefen ansvarar för."),
        Textfalt("beredningsgrupp", "Organisation", "Beredningsgrupp", "Vilka som är med och vad de ansvarar för."),
        Textfalt("vision", "Vision och uppdrag", "Vision och värdegrund", "Det ni vill nå, i några meningar."),
        Textfalt("uppdrag", "Vision och uppdrag", "Förbundets uppdrag", "Vad förbundet gör för individ och parter."),
        Textfalt("mal_overgripande", "Mål", "Övergripande mål", "Målet för all samverkan."),
        Textfalt("mal_verksamhet", "Mål", "Verksamhetsmål", "Vad samverkan och insatserna ska leda till."),
        Textfalt("mal_individ", "Mål", "Individuella mål", "Vad det ska betyda för den som deltar, gärna mätbart."),
        Textfalt("mal_ekonomi", "Mål", "Finansiellt mål", "Målet för ekonomin. Regeln om eget kapital skrivs ut ändå."),
        Textfalt("finansiering", "Ekonomi", "Finansiering", "Hur medlen fördelas. Tabellen kommer av sig själv."),
        Textfalt("gemensamt", "Ekonomi", "Gemensamma kostnader", "Hur kostnader delas med andra förbund.", False),
        Textfalt("individ", "Insatser", "Individinriktade insatser", "Behov, målgrupper och inriktning."),
        Textfalt("struktur", "Insatser", "Strukturövergripande insatser", "Vad de syftar till och vilka som är med."),
        Textfalt("uppfoljning", "Uppföljning", "Utvärdering, uppföljning och spridning", "Hur det görs."),
        _VARFOR,
    ),
    Dokument.Slag.DELAR: (
        Textfalt("sammanfattning", "Sammanfattning", "Halvåret i korthet", "Det viktigaste för styrelsen att veta."),
        Textfalt("verksamhet", "Verksamheten", "Verksamheten", "Vad som har hänt i insatserna och förbundet."),
        Textfalt("ekonomi", "Ekonomi", "Om ekonomin", "Avvikelser från budgeten, och varför."),
        Textfalt("framat", "Framåt", "Resten av året", "Vad som väntas och vad styrelsen behöver ta ställning till."),
        _VARFOR,
    ),
    Dokument.Slag.ARSREDOVISNING: (
        Textfalt("oversikt", "Förvaltningsberättelse", "Översikt över verksamheten", "Årets verksamhet i stora drag."),
        Textfalt("handelser", "Förvaltningsberättelse", "Viktiga händelser", "Under året och efter dess slut."),
        Textfalt("styrning", "Förvaltningsberättelse", "Styrning och uppföljning", "Intern kontroll, attest, risker."),
        Textfalt("personal", "Förvaltningsberättelse", "Personal", "Anställda och köpta tjänster.", False),
        Textfalt("mal_verksamhet", "Mål", "Nåddes verksamhetsmålen?", "Mål för mål: nått, delvis eller inte."),
        Textfalt("mal_individ", "Mål", "Nåddes de individuella målen?", "Använd talen i kapitlet om resultaten."),
        Textfalt("mal_ekonomi", "Mål", "Nåddes det finansiella målet?", "Eget kapital mot regeln skrivs ut ändå."),
        Textfalt("framat", "Förvaltningsberättelse", "Förväntad utveckling", "Vad som väntar de närmaste åren."),
        Textfalt("ekonomi", "Ekonomi", "Om ekonomin", "Varför utfallet skiljer sig från budgeten."),
        Textfalt("principer", "Noter", "Redovisningsprinciper", "Vilka regler som bokslutet följer."),
        _VARFOR,
    ),
}  # fmt: skip


def falten(slag: str) -> tuple[Textfalt, ...]:
    return TEXTER[Dokument.Slag(slag)]


def falt(slag: str, nyckel: str) -> Textfalt | None:
    return next((ett for ett in falten(slag) if ett.nyckel == nyckel), None)
