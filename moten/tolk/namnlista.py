"""Names out of the lines of an attendance: who, for which party, in whose place."""

import re
from dataclasses import replace
from functools import lru_cache

from moten.tolk.namn import PARTIKLAR, normalisera, ordmangd
from moten.tolk.typer import Person
from samordning.karna.kommuner import KOMMUNER

INGEN = frozenset({"inga", "ingen", "ingenting", "alla", "samtliga", "övriga", "vakant", "vakans", "se", "enligt"})
FLEST_ORD = 6  # in a name
LANGSTA = 200  # signs of one person with party, role and substitution
PARTER = ordmangd(
    """
    komvux vuxenutbildningen kommun kommunen region regionen staten länsstyrelsen kansli kansliet vården
    primärvården psykiatrin öppenvården elevhälsan vårdcentral socialtjänsten socialförvaltningen
    arbetsförmedlingen försäkringskassan samordningsförbundet samordningsförbund förbundet arbetsmarknadsenheten
    kriminalvården frivården polisen folkhögskola folktandvården rehab närhälsan habiliteringen myndigheten
    arbetsgivarna styrgruppen beredningsgruppen styrelsen
    """
)
# Told apart by their capitals: "af" is also a part of a name, and "L" an initial.
FORKORTADE = ordmangd(
    """
    AF FK AME VGR IFO LSS BUP FSN SF HVB VUX VC SOC KD MP SD SKR ESF RSMH FINSAM
    """
)
BOKSTAVER = frozenset({"S", "M", "C", "L", "V"})  # parties, only when they stand alone
ROLLER = ordmangd(
    """
    ordförande ordf ordföranden vice v. ledamot ledamöter ersättare suppleant sekreterare protokollförare
    mötessekreterare mötesordförande justerare justeringsperson adjungerad adj föredragande förbundschef
    verksamhetschef enhetschef avdelningschef sektionschef socialchef chef tjänstgörande tjg ers led revisor
    utredare processledare projektledare samordnare processtödjare verksamhetsutvecklare utvecklingsledare
    kommunikatör administratör ekonom handläggare koordinator kurator gäst inbjuden digitalt rektor kommunalråd
    kommunstyrelseordförande regionråd sekr
    """
)
_PART_SLUT = re.compile(
    r"(kommuns?|kommunen|regionen|kassan|förmedlingen|förbundet|förbund|förvaltning(en)?|nämnd(en)?|vården|central(en)?|"
    r"hälsan|kliniken|mottagning(en)?|kansliet|enheten|verket|styrelsen|myndigheten|universitet|högskolan?|psykiatrin|"
    r"diakoni|stiftelsen|landstinget|sjukhus(et)?|verksamheten|avdelningen)$"
)
_ROLL_SLUT = re.compile(
    r"(chef(en)?|ledare|samordnare|handläggare|sekreterare|ordförande|strateg|ansvarig|stödjare|coach|konsulent|"
    r"utvecklare|representant|terapeut|läkare|sköterska|specialist|controller)$"
)
_ERSATTER = re.compile(
    r"(?:,\s*)?\b(?:(?:tjg|tgj|tjänstgörande)\.?\s+)?(?:ersätter|ersättare\s+för|ers\.?\s+för|ers\.|i\s?stället\s+för|"
    r"vikarierar\s+för|vikarie\s+för)\s+",
    re.I,
)
BORTA = re.compile(
    r"(?:har\s+)?(?:(?:anmält|anmäld|meddelat)\s+)?(?:förhinder|frånvarande|frånvaro|förhindrad|återbud|ej\s+närvarande|"
    r"inte\s+närvarande|sjuk(?!\s+fr))\b",
    re.I,
)
_KRYSS = re.compile(r"[\s,]+[xX✓√]$")
_FORE = re.compile(r"^(?:[-–•*·▪○●☐☒✓✔]\s*|\(?\d{1,2}[.)]\s*|[xX]\s+(?=[A-ZÅÄÖ]))+")
_SVANS = re.compile(
    r"^(via|på|del|från|till|t\.?o\.?m|fr\.?o\.?m|deltog|deltar|delvis|digitalt|per|§|punkt|kl|kl\.|tjänstgör|anslöt|"
    r"lämnade|endast|tom|from|samt|vid|för|under|ej|i|teams)(?!\w)", re.I,
)  # fmt: skip
_IHOP = re.compile(r"(?<=[a-zåäöé]{2})(?=[A-ZÅÄÖÉ][a-zåäöé]{2})")
_IHOP_BORJAN = re.compile(r"^(mac|mc|de|la|le|di|da|von|van|fitz)$", re.I)
_KOMMUNER = frozenset(map(normalisera, KOMMUNER.values()))


@lru_cache(maxsize=2048)
def utan_marken(text):
    """Without the marks of Markdown and of lists before a name."""
    text = re.sub(r"^\s*(?:>\s*)?#{1,6}\s+", "", text).replace("**", "").replace("__", "").strip(" \t|")
    return text.strip()


@lru_cache(maxsize=2048)
def ar_part(text):
    """True for an organisation, a municipality or a party's letter."""
    ord_ = [ordet.strip(".,()") for ordet in text.casefold().split()]
    if not ord_ or len(ord_) > 8:
        return False
    if any(ordet in PARTER or _PART_SLUT.search(ordet) for ordet in ord_):
        return True
    if text.strip(" .") in BOKSTAVER or any(ordet.strip(".,()/") in FORKORTADE for ordet in re.split(r"[\s/]+", text)):
        return True
    return _ar_kommun(text)


def _ar_kommun(text):
    """True for the bare name of a municipality, which may be a surname too: Berg, Lund, Salem."""
    hel = normalisera(text)
    return hel in _KOMMUNER or (hel.endswith("s") and hel[:-1] in _KOMMUNER)


@lru_cache(maxsize=2048)
def ar_roll(text):
    ord_ = [ordet.strip(".,()") for ordet in text.casefold().split()]
    return bool(ord_) and len(ord_) < 7 and any(ordet in ROLLER or _ROLL_SLUT.search(ordet) for ordet in ord_)


def _namnord(ordet):
    return ordet[:1].isupper() and not any(tecken.isdigit() or tecken in "_@/\\=<>:!?&%+" for tecken in ordet)


def ar_namn(text):
    """True when every word may be a word of a person's name, and it is no organisation and no role."""
    ord_ = text.split()
    if not 0 < len(ord_) <= FLEST_ORD or len(text) > 80 or ord_[0].casefold() in INGEN:
        return False
    if not _namnord(ord_[0]) and ord_[0] not in PARTIKLAR:
        return False
    if not all(_namnord(ordet) or ordet in PARTIKLAR for ordet in ord_) or not any(map(_namnord, ord_)):
        return False
    return not ar_part(text) and not ar_roll(text)


def _ar_post(halva):
    """True for a name, for a name with its party, and for a party after a comma."""
    if ar_namn(halva.strip()) or ar_part(halva):
        return True
    person = tolka(halva, 0)
    return person is not None and len(person.namn.split()) > 1


def dela(text):
    """The segments of a line: between commas, semicolons, columns and "och", but not inside parentheses."""
    bitar, bit, djup = [], [], 0
    stanger = text.count(")")
    for tecken in re.sub(r" {3,}", "\t", text.strip()):
        if tecken == "(" and stanger:
            djup += 1
        elif tecken == ")":
            stanger -= 1
            djup = max(0, djup - 1) if stanger else 0
        if not djup and tecken in ",;\t|":
            bitar.append("".join(bit))
            bit = []
        else:
            bit.append(tecken)
    bitar.append("".join(bit))
    ut = []
    for bit in bitar:
        fore, parentes, efter = bit.partition("(")
        halvor = re.split(r"\s+(?:och|samt|&|\+)\s+|\s*/\s*", fore)
        if len(halvor) > 1 and all(map(_ar_post, halvor)):
            ut += [*halvor[:-1], halvor[-1] + parentes + efter]
        else:
            ut.append(bit)
    ut = [re.sub(r"^(och|samt|&)\s+", "", bit.strip()) for bit in ut]
    return [bit for bit in ut if bit]


def tolka(bit, rad):
    """A `Person`, or None: one segment read as a person. What is not the name is party, role or substitution."""
    if len(bit) > LANGSTA:
        return None
    bit = _KRYSS.sub("", _FORE.sub("", utan_marken(bit)).strip(" .:"))
    ersatter, part, roll = None, [], []
    traff = _ERSATTER.search(bit)
    if traff and bit.count("(", 0, traff.start()) == bit.count(")", 0, traff.start()):
        # Before the parentheses: in "Anna Berg (S) ersätter Bo Ek (M)" the M is Bo Ek's.
        ersatter = re.sub(r"\s*\(.*", "", bit[traff.end() :]).strip(" .")
        bit = bit[: traff.start()].strip(" ,")
    while (slut := bit.rfind("(")) >= 0:
        i_parentes, efter = bit[slut + 1 :].partition(")")[::2]
        bit = (bit[:slut].strip() + " " + efter.strip()).strip()
        ersatter = _dela_parentes(i_parentes.strip(), part, roll) or ersatter
    delar = re.split(r"\s+[–—-]\s+|\s*/\s*", bit, maxsplit=1)
    if len(delar) == 2 and ar_namn(delar[0]):
        bit = delar[0]
        (roll if ar_roll(delar[1]) and not ar_part(delar[1]) else part).append(delar[1])
    bit = _utan_svans(_utan_fore(bit, roll), part, roll)
    if bit is None or not ar_namn(bit):
        return None
    return Person(bit, rad, ", ".join(filter(None, part)), ", ".join(filter(None, roll)), ersatter)


def _dela_parentes(text, part, roll):
    """What stands in parentheses: put where it belongs; the name when it says whom somebody replaces."""
    traff = _ERSATTER.match(text)
    if traff:
        return text[traff.end() :].strip(" .")
    for del_ in filter(None, (del_.strip() for del_ in re.split(r"[,;]", text))):
        (roll if (ar_roll(del_) or _SVANS.match(del_) or BORTA.match(del_)) and not ar_part(del_) else part).append(
            del_
        )
    return None


def _utan_fore(bit, roll):
    """Without a role before the name: "ordförande Anna Berg", "Enhetschef Bo Ek"."""
    ord_ = bit.split()
    antal = 0
    while antal < len(ord_) - 1 and ar_roll(ord_[antal]):
        antal += 1
    if antal and ar_namn(" ".join(ord_[antal:])):
        roll.append(" ".join(ord_[:antal]))
        return " ".join(ord_[antal:])
    return bit


def _utan_svans(bit, part, roll):
    """Without what follows the name, or None when it is a sentence."""
    ord_ = bit.split()
    for i in range(1, len(ord_)):
        svans = " ".join(ord_[i:])
        if BORTA.match(svans):
            roll.append(svans)
            return " ".join(ord_[:i])
        if ord_[i] in PARTIKLAR and i + 1 < len(ord_) and _namnord(ord_[i + 1]) and ord_[i] not in ("av", "der"):
            continue
        if (
            _namnord(ord_[i])
            and not (i >= 2 and ((ar_part(svans) and not _ar_kommun(svans)) or ar_roll(svans)))
            and not ar_roll(ord_[i])
        ):
            continue
        if ar_part(svans) and len(svans) < 80:
            part.append(svans)
        elif (ar_roll(ord_[i]) and _ar_rollsvans(ord_[i:])) or (_SVANS.match(svans) and len(svans) < 60):
            roll.append(svans)
        else:
            return None
        return " ".join(ord_[:i])
    return bit


def _ar_rollsvans(ord_):
    """True for "samordnare" and "chef på Grön väg", not for "handledare slutar"."""
    return len(ord_) < 7 and (ar_roll(ord_[-1]) or ord_[1] in ("för", "på", "i", "vid", "av", "från", "inom", "och"))


def personer(bitar, rad, spalt_ar_part=False):
    """([Person], [segments that are nobody]) of one line. A party or a role belongs to the name before it.

    `spalt_ar_part`: the list has one person a line, so what stands after the first comma is never another person.
    """
    ut, over = [], []
    for bit in bitar:
        ren = re.sub(r"\s+m\.?\s?fl$", "", utan_marken(bit).strip(" .:"))
        if not re.search(r"\w", ren):
            continue
        if ut and ren.startswith("(") and ren.endswith(")"):
            ren = ren.strip("()")
            ut[-1] = _med_tillagg(ut[-1], ren)
            continue
        ersatter = _ERSATTER.match(ren)
        if ut and ersatter:
            ut[-1] = replace(ut[-1], ersatter=ren[ersatter.end() :].strip())
        elif ut and not _egen(ren, spalt_ar_part) and _ar_tillagg(ren, spalt_ar_part):
            ut[-1] = _med_tillagg(ut[-1], ren)
        else:
            person = tolka(ren, rad)
            if person is None:
                over.append(ren)
            else:
                ut += _isar(person)
    return ut, over


def _ar_tillagg(ren, spalt_ar_part):
    return spalt_ar_part or ar_part(ren) or ar_roll(ren) or bool(_SVANS.match(ren) or BORTA.match(ren))


def _med_tillagg(person, ren):
    """The person with a party or a role that stands after the name, and with what is in parentheses after that."""
    part, roll, ersatter = [person.part], [person.roll], person.ersatter
    for i_parentes in re.findall(r"\(([^()]*)\)", ren):
        ersatter = _dela_parentes(i_parentes.strip(), part, roll) or ersatter
    ren = re.sub(r"\s*\([^()]*\)", "", ren).strip()
    (roll if not ar_part(ren) and (ar_roll(ren) or _SVANS.match(ren) or BORTA.match(ren)) else part).append(ren)
    return replace(person, part=", ".join(filter(None, part)), roll=", ".join(filter(None, roll)), ersatter=ersatter)


def _egen(bit, spalt_ar_part):
    """True for "Anna Berg Tibro kommun" and "sekreterare Anna Berg", which name a party or role and a person."""
    person = None if spalt_ar_part else tolka(bit, 0)
    return person is not None and len(person.namn.split()) > 1


def _isar(person):
    """Two names that lost the comma between them: "EkströmSofia Melin"."""
    delar = _IHOP.split(person.namn)
    if len(delar) == 1 or _IHOP_BORJAN.match(delar[0].split()[-1]):
        return [person]
    return [replace(person, namn=del_.strip(), part="", roll="", ersatter=None) for del_ in delar[:-1]] + [
        replace(person, namn=delar[-1].strip())
    ]
