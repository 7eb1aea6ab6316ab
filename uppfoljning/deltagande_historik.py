"""What happened to a stay, and what is missing in it, in words."""

from dataclasses import dataclass

from samordning.karna.models import Handelse
from uppfoljning.deltagande_forms import FelregistreraForm
from uppfoljning.models import Avslutsorsak, Sammanslagning, Tillfalle

HANDELSER = {
    "startad": "Registrerade starten",
    "avslutad": "Registrerade avslutet",
    "avslut_andrat": "Ändrade avslutet",
    "andrad": "Ändrade uppgifter",
    "lage": "Skrev in timmar och försörjning",
    "lage_av_deltagaren": "Deltagaren svarade själv om timmar och försörjning",
    "blankett": "Skrev in svar från papper",
    "felregistrerad": "Markerade som felregistrerat",
    "skyddad": "Tog bort uppgifterna, för de är skyddade",
    "svarskod": "Skapade en svarskod",
    "sammanslagen": "Slog ihop två rader om samma person",
    "uppdelad": "Delade upp i två personer igen",
}
FALT = {
    "namn": "namn", "personnummer": "personnummer", "adress": "adress", "telefon": "telefon", "epost": "e-post",
    "kommun": "kommun", "remittentslag": "vem som hänvisade", "start": "första dagen", "lokal_kod": "egen kod",
}  # fmt: skip
VID = {Tillfalle.START: "vid start", Tillfalle.SLUT: "vid avslut"}
NEUTRALA = {Avslutsorsak.Grupp.NEUTRALT, Avslutsorsak.Grupp.FEL}


@dataclass(frozen=True)
class Rad:
    handelse: Handelse
    text: str


def rader(handelser):
    """[Rad] of the events of one stay."""
    return [Rad(handelse, f"{_vad(handelse)}{_mer(handelse)}") for handelse in handelser]


def _vad(handelse):
    return HANDELSER.get(handelse.namn, handelse.namn.replace("_", " ").capitalize())


def _mer(handelse):
    """What the event says of itself: names of fields and occasions, never a value."""
    data = handelse.data
    if falt := data.get("falt"):
        return f": {', '.join(FALT.get(namn, namn) for namn in falt)}"
    if (vid := data.get("tillfalle") or data.get("halva")) in VID:
        return f" {VID[vid]}"
    if skal := dict((*FelregistreraForm.SKAL, *Sammanslagning.Skal.choices)).get(data.get("skal")):
        return f": {skal[:1].lower()}{skal[1:]}"
    return ""


def saknas(deltagande, besvarade):
    """[words] of what the figures lack of a stay. `besvarade` are its answered occasions (`gallande.besvarade`)."""
    if deltagande.felregistrerad:
        return []
    lagen = {lage.tillfalle: lage for lage in deltagande.lagen.all()}
    tillfallen = [Tillfalle.START]
    brister = []
    if deltagande.slut:
        orsak = deltagande.avslutsorsak
        if orsak is None:
            brister.append("avslutsorsak")
        # Who died or moved is in no share, so nothing is asked of the exit.
        if orsak is None or orsak.grupp not in NEUTRALA:
            tillfallen.append(Tillfalle.SLUT)
    for tillfalle in tillfallen:
        lage, vid = lagen.get(tillfalle), VID[tillfalle]
        if tillfalle not in besvarade:
            brister.append(f"skattning {vid}")
        if lage is None or lage.timmar is None:
            brister.append(f"timmar {vid}")
        if lage is None or not lage.forsorjning:
            brister.append(f"försörjning {vid}")
    return brister
