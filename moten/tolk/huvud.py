"""The head of minutes: what kind they are, of which body, when, where, and who led and wrote."""

import re
from dataclasses import dataclass

from moten.tolk import datum
from moten.tolk.namnlista import ar_part, dela, personer, utan_marken
from moten.tolk.typer import Varning

HUVUDRADER = 40

_TITEL = re.compile(r"minnesanteckning|mötesanteckning|\banteckningar\b|protokoll", re.I)
# Body -> the words for it; the first that the head, the name of the file or the text says.
ORGAN = (
    ("arbetsutskott", re.compile(r"\barbetsutskott\w*|\bau\b(?!-)|\bau[-_ ]|presidi\w*", re.I)),
    ("beredningsgrupp", re.compile(r"beredningsgrupp\w*|\bberedning(?:en)?\b", re.I)),
    ("styrgrupp", re.compile(r"styrgrupp\w*", re.I)),
    ("medlemsrad", re.compile(r"medlemsråd\w*|medlemsrad", re.I)),
    ("styrelse", re.compile(r"\b(?:förbunds)?styrelse\w*", re.I)),
)
_I_TEXT = re.compile(r"\b(beredningsgruppen|styrgruppen|medlemsrådet|arbetsutskottet)\b", re.I)
_DATUMRAD = re.compile(
    r"^(?:mötes|sammanträdes|protokolls)?(?:datum|dag|tid)\b|^(?:tid|datum|dag|när)\b|^tid\s+och\s+plats|^plats\s+och\s+tid",
    re.I,
)
_INTE_DATUM = re.compile(
    r"\bnästa\b|\bjuster\w*|\bförra\b|\bföregående\b|\butskick\w*|\bsenast\b|\bdnr\b|\bdiarie\w*", re.I
)
_PLATSRAD = re.compile(
    r"^(?:tid\s+och\s+plats|plats\s+och\s+tid|(?:mötes|sammanträdes)?plats|lokal|var)\b\s*(?::|\t|\||\s{2,}|\s)\s*(.*)$",
    re.I,
)
_ROLL = r"(?::|\t|\||\s{2,}|\s[–-]\s)\s*(.+)$"
_ORDF = re.compile(rf"^(?:mötes)?(?:ordförande|ordf\.?)\s*(?:vid\s+mötet\s*)?{_ROLL}", re.I)
_SEKR = re.compile(
    rf"^(?:(?:mötes)?sekreterare|protokollförare|vid\s+(?:protokollet|pennan|anteckningarna)|antecknat\s+av|"
    rf"anteckningar\s+(?:av|förda\s+av)|antecknare)\s*(?:vid\s+mötet\s*)?{_ROLL}",
    re.I,
)
_JUST = re.compile(
    rf"^(?:justerare|justeringsperson(?:er)?|att\s+justera|justeras\s+av|utses\s+att\s+justera)\s*{_ROLL}", re.I
)
_ENSAM = {
    "ordforande": re.compile(r"^(?:mötes)?ordförande\W*$", re.I),
    "sekreterare": re.compile(r"^(?:(?:mötes)?sekreterare|protokollförare|vid\s+(?:protokollet|pennan))\W*$", re.I),
    "justerare": re.compile(r"^(?:justerare|justeras|justeringsperson)\W*$", re.I),
}
_VALD = re.compile(
    r"(?:utse|utser|utsåg|utses|väljs|valdes|väljer|utsågs)\s+(?:\w+\s+){0,3}?(?P<namn>[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+){1,2})"
    r"|(?P<fore>[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+){1,2})\s+(?:utses|utsågs|väljs|valdes)"
)


@dataclass
class Huvud:
    titel: str = ""
    typ: str = "minnesanteckningar"
    organ: str | None = None
    datum: str | None = None
    fran: str | None = None
    till: str | None = None
    plats: str | None = None
    ordforande: str | None = None
    sekreterare: str | None = None
    justerare: tuple = ()
    varningar: tuple = ()

    @property
    def beslutar(self):
        """True when a decision in the text is the body's own; else it is news of another body."""
        return self.typ == "protokoll" or self.organ in ("styrelse", "arbetsutskott")


def las_huvud(rader, forsta, ovriga, lista, fil, paragrafer):
    """`Huvud`. `forsta`: index of the first item; `ovriga`: indices of page headers and signatures."""
    forsta_raderna = [rad for rad in rader[: min(forsta, HUVUDRADER)] if not rad.tom]
    kant = [rader[i] for i in ovriga if not rader[i].tom]
    huvud = Huvud()
    titlar = [utan_marken(rad.text) for rad in forsta_raderna if _TITEL.search(rad.text) and len(rad.text) < 150]
    titlar = titlar or [utan_marken(rad.text) for rad in kant if _TITEL.search(rad.text) and len(rad.text) < 150]
    forst = next((utan_marken(rad.text) for rad in forsta_raderna if rad.nr - 1 not in lista.agda), "")
    huvud.titel = (titlar[0] if titlar else forst if len(forst) < 120 else "")[:150]
    ar_protokoll = any(re.search(r"protokoll", titel, re.I) for titel in titlar) and not any(
        re.search(r"anteckning", titel, re.I) for titel in titlar
    )
    huvud.typ = "protokoll" if ar_protokoll or (paragrafer and not titlar) else "minnesanteckningar"
    utanfor = [rad for rad in forsta_raderna if rad.nr - 1 not in lista.agda]
    huvud.organ, sagt = _organ([*utanfor, *kant], fil, rader, huvud)
    _nar_och_var(huvud, utanfor, kant, fil)
    _personer(huvud, rader, [*forsta_raderna, *rader[forsta : forsta + 25], *kant], lista)
    huvud.varningar = tuple(_varningar(huvud, sagt))
    return huvud


def _organ(huvudrader, fil, rader, huvud):
    """(body or None, whether the head says it)."""
    titel = [huvud.titel] if huvud.titel else []
    for text in (*titel, "\n".join(rad.text for rad in huvudrader if len(rad.text) < 200), re.sub(r"[_\W]+", " ", fil)):
        text = re.sub(r"(?i)samordningsförbund\w*s\s+styrelse\b", "styrelse", text)
        funna = [(traff.start(), organ) for organ, monster in ORGAN if (traff := monster.search(text))]
        if funna:
            return min(funna)[1], True
    antal = {}
    for rad in rader:
        for ord_ in _I_TEXT.findall(rad.text[:2000]):
            antal[ord_.lower()] = antal.get(ord_.lower(), 0) + 1
    mest = sorted(antal.items(), key=lambda par: -par[1])
    if mest and mest[0][1] >= 3 and (len(mest) == 1 or mest[0][1] >= 2 * mest[1][1]):
        return next(organ for organ, monster in ORGAN if monster.search(mest[0][0])), False
    return None, True


def _nar_och_var(huvud, utanfor, kant, fil):
    rader = [(utan_marken(rad.text), rad) for rad in [*utanfor, *kant]]
    med_etikett = [par for par in rader if _DATUMRAD.match(par[0])]
    resten = [par for par in rader if not _DATUMRAD.match(par[0]) and not _INTE_DATUM.search(par[0])]
    fran_fil = datum.hitta(re.sub(r"[_]|\.\w+$", " ", fil))
    for text, _ in [*med_etikett, *resten]:
        funna = datum.hitta(text)
        if not funna and huvud.datum is None and _DATUMRAD.match(text):
            huvud.fran, huvud.till = datum.tid(text) if huvud.fran is None else (huvud.fran, huvud.till)
        if funna and (
            huvud.datum is None or (not huvud.datum[:1].isdigit() and funna[0].text.endswith(huvud.datum[1:]))
        ):
            ny = huvud.datum is None
            huvud.datum = funna[0].text
            if ny and huvud.fran is None:
                huvud.fran, huvud.till = datum.tid(text)
    if fran_fil and (
        huvud.datum is None or (huvud.datum.startswith("--") and fran_fil[0].text.endswith(huvud.datum[1:]))
    ):
        huvud.datum = fran_fil[0].text
    if huvud.datum is None:
        huvud.datum = next(
            (manad for text in (huvud.titel, fil.replace("_", " ")) if (manad := datum.manad(text))), None
        )
    if huvud.fran is None:
        huvud.fran, huvud.till = next(
            (tid for text, _ in rader if _DATUMRAD.match(text) and (tid := datum.tid(text))[0]), (None, None)
        )
    for text, _ in rader:
        traff = _PLATSRAD.match(text)
        if traff and huvud.plats is None:
            huvud.plats = _plats(traff.group(1))


def _plats(text):
    """What is left of a place when date and time are taken away."""
    for ett in reversed(datum.hitta(text)):
        text = text[: ett.start] + text[ett.slut :]
    text = re.sub(
        r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?(?:\s+den)?\b|\bden\b", "", datum.utan_tid(text), flags=re.I
    )
    return " ".join(text.split()).strip(" ,.;:|–-")[:120] or None


def _personer(huvud, rader, dar, lista):
    """Chair, secretary and who approves: by labels, by roles in the attendance, by the signatures."""
    justerare = list(lista.justerare)
    for rad in dar:
        text = utan_marken(rad.text)
        for falt, monster in (("ordforande", _ORDF), ("sekreterare", _SEKR)):
            traff = monster.match(text)
            if traff and getattr(huvud, falt) is None:
                setattr(huvud, falt, _namn(traff.group(1)))
        traff = _JUST.match(text)
        if traff:
            justerare += [person.namn for person in personer(dela(traff.group(1)), 0)[0]]
    for person in lista.narvarande:
        roll = person.roll.lower()
        if re.search(r"(?<!vice )\b(?:mötes)?(?:ordförande|ordf)\b", roll) and "vice" not in roll:
            huvud.ordforande = huvud.ordforande or person.namn
        if re.search(r"sekreterare|protokollförare", roll):
            huvud.sekreterare = huvud.sekreterare or person.namn
    for falt, monster in _ENSAM.items():
        for rad in dar:
            if monster.match(utan_marken(rad.text)) and not (falt != "justerare" and getattr(huvud, falt)):
                namn = _intill(rader, rad.nr - 1)
                if namn and falt == "justerare":
                    justerare.append(namn)
                elif namn:
                    setattr(huvud, falt, namn)
    for rad in dar:
        if re.search(r"\bjustera\b|\bjusterare\b", rad.text[:300]) and (traff := _VALD.search(rad.text[:300])):
            justerare.append(traff.group("namn") or traff.group("fore"))
    huvud.justerare = tuple(dict.fromkeys(justerare))


def _namn(text):
    funna, _ = personer(dela(text), 0)
    return funna[0].namn if funna else None


def _intill(rader, i):
    """The name right after a role that stands alone, or right before it, as in signatures."""
    for steg in (1, -1):
        for j in range(i + steg, i + 4 * steg, steg):
            if not 0 <= j < len(rader):
                break
            text = utan_marken(rader[j].text).strip("_. ")
            if not text:
                continue
            funna, over = personer(dela(text), 0)
            if len(funna) == 1 and not over and len(funna[0].namn.split()) > 1 and not ar_part(text):
                return funna[0].namn
            break
    return None


def _varningar(huvud, sagt):
    if huvud.datum is None:
        yield Varning(None, "Texten säger inte vilken dag mötet var. Fyll i den.")
    elif len(huvud.datum) != 10 or huvud.datum.startswith("--"):
        yield Varning(None, "Texten säger inte hela mötesdatumet. Fyll i det som saknas.")
    if huvud.organ is None:
        yield Varning(None, "Texten säger inte vilket organ mötet var i. Välj det.")
    elif not sagt:
        yield Varning(None, "Organet är gissat efter vad texten handlar om. Kontrollera det.")
    if huvud.ordforande is None:
        yield Varning(None, "Texten säger inte vem som ledde mötet.")
    if huvud.sekreterare is None:
        yield Varning(None, "Texten säger inte vem som skrev.")
