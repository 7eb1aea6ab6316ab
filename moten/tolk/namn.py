"""Which known person a written name may be. Guesses for a person to confirm: two that fit equally well are no guess."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

LIKA, STAVAT, DELVIS, INITIAL, FORNAMN = 1.0, 0.95, 0.85, 0.7, 0.6
MINST = 0.6  # below this it is another person
ORD_LIKA = 0.8  # two words that are one word spelled in two ways; Larsson and Persson have 0.71
MELLANRUM = 0.05  # the best must be this much better than the next
SAMMA_PART, ANNAN_PART = 0.04, -0.08


def ordmangd(text):
    """The words of a text as a set."""
    return frozenset(text.split())


PARTIKLAR = ordmangd(
    """
    von af de van der den del della di da dos el al la le bin ibn zu ter ten du av mac mc
    """
)

# Spellings of one sound: Annica and Annika, Christel and Kristel, Bengtzing and Bengtsing, Wiik and Vik.
_LJUD = [
    (re.compile(monster), med)
    for monster, med in (
        ("ch(?=[rl])", "k"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("ph", "f"), ("th", "t"), ("w", "v"),
        ("z", "s"), ("x", "ks"), ("q", "k"), ("dt", "t"), ("hj|gj", "j"), ("(?<=[aeo])ij|ey|ei", "ej"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@dataclass(frozen=True)
class Kand:
    """A person of the register. `alias`: other spellings, as confirmed before."""

    id: object
    namn: str
    alias: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Gissning:
    """`saker` only when a name or an alias is exactly what is written and nobody else has it."""

    id: object
    likhet: float
    saker: bool
    via: str = field(default="")  # the name or alias that fitted


@lru_cache(maxsize=8192)
def normalisera(namn):
    """Small letters, single spaces, no dots; accents stay away but å, ä and ö are letters of their own."""
    namn = unicodedata.normalize("NFC", namn).casefold().replace("’", "'")
    namn = "".join(
        tecken if tecken in "åäö" else unicodedata.normalize("NFD", tecken)[:1] for tecken in namn
    )  # fmt: skip
    return " ".join(re.sub(r"[^\w' -]", " ", namn).replace("-", " ").split())


@lru_cache(maxsize=8192)
def ljud(ordet):
    """A word of a normalised name as it sounds, roughly."""
    ordet = ordet.translate(str.maketrans("åäö", "aao"))
    for monster, med in _LJUD:
        ordet = monster.sub(med, ordet)
    return ordet


@lru_cache(maxsize=8192)
def _ord(namn):
    ord_ = tuple(ordet for ordet in normalisera(namn).split() if ordet not in PARTIKLAR)
    return ord_, tuple(map(ljud, ord_))


@lru_cache(maxsize=65_536)
def likhet(a, b):
    """0-1: how likely two written names are one person's."""
    if normalisera(a) == normalisera(b):
        return LIKA if normalisera(a) else 0.0
    (ord_a, ljud_a), (ord_b, ljud_b) = _ord(a), _ord(b)
    if not ljud_a or not ljud_b:
        return 0.0
    if ljud_a == ljud_b:
        return STAVAT
    kort, lang = sorted((ljud_a, ljud_b), key=len)
    if len(kort) == 1:
        return FORNAMN if len(lang) > 1 and kort[0] == lang[0] else 0.0
    if kort[0] == lang[0]:
        # Heidi Hansen and Heidi Hansen Steijer: a name that came with marriage, or one that is not always written.
        if len(lang) > len(kort) and set(kort) <= set(lang):
            return DELVIS
        if len(lang) > len(kort) and all(any(_lika(x, y) for y in lang) for x in kort):
            return DELVIS - 0.05
    if ord_a[-1] == ord_b[-1] or ljud_a[-1] == ljud_b[-1]:
        x, y = sorted((ord_a[0], ord_b[0]), key=len)
        if len(x) == 1 and y.startswith(x):
            return INITIAL
    # Anna-Karin V is Anna-Karin Vester.
    if len(kort) == len(lang) and ljud_a[:-1] == ljud_b[:-1]:
        x, y = sorted((ord_a[-1], ord_b[-1]), key=len)
        if len(x) == 1 and y.startswith(x):
            return INITIAL
    if len(ljud_a) == len(ljud_b) and all(_lika(x, y) for x, y in zip(ljud_a, ljud_b, strict=True)):
        return 0.9 * min(SequenceMatcher(None, x, y).ratio() for x, y in zip(ljud_a, ljud_b, strict=True))
    return 0.0


def _lika(x, y):
    if x == y:
        return True
    if abs(len(x) - len(y)) > 2 or min(len(x), len(y)) < 4:
        return False
    return SequenceMatcher(None, x, y).ratio() >= ORD_LIKA


def gissa(namn, kanda, part=""):
    """The one person of `kanda` who this may be, as a `Gissning`, or None when nobody is or several may be."""
    basta = []
    for kand in kanda:
        lika, via = max((likhet(namn, annat), annat) for annat in (kand.namn, *kand.alias))
        if lika < MINST:
            continue
        if part and kand.part and lika < LIKA:
            lika += SAMMA_PART if normalisera(part) == normalisera(kand.part) else ANNAN_PART
        basta.append((min(lika, LIKA), kand, via))
    basta.sort(key=lambda rad: rad[0], reverse=True)
    exakta = [rad for rad in basta if rad[0] == LIKA]
    if len(exakta) > 1:  # two people of one name: only their parties can tell them apart
        samma = [rad for rad in exakta if part and normalisera(part) == normalisera(rad[1].part)]
        return Gissning(samma[0][1].id, LIKA, False, samma[0][2]) if len(samma) == 1 else None
    if not basta or basta[0][0] < MINST or (len(basta) > 1 and basta[0][0] - basta[1][0] < MELLANRUM):
        return None
    lika, kand, via = basta[0]
    return Gissning(kand.id, round(lika, 2), lika == LIKA, via)


def gissa_alla(personer, kanda):
    """A guess, or None, for each of `personer` ((name, party) of one meeting). Nobody is guessed to be two of them."""
    gissningar = [gissa(namn, kanda, part) for namn, part in personer]
    ut = []
    for gissning in gissningar:
        samma = [annan for annan in gissningar if annan and gissning and annan.id == gissning.id]
        ensam_bast = samma and [annan.likhet for annan in samma].count(max(annan.likhet for annan in samma)) == 1
        ut.append(gissning if gissning and ensam_bast and gissning.likhet == max(a.likhet for a in samma) else None)
    return ut
