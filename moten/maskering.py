"""Words that a published record does not show (MA20): the text is made anew without them, never covered."""

import re
import unicodedata

DOLT = "[dolt]"
# Keys of a record as JSON whose values the page uses and nobody typed.
EJ_TEXT = frozenset({"pk", "id", "slag", "typ", "symbol", "arende_pk"})


def maskera(blad, ord_):
    """The record as JSON with each of `ord_` replaced wherever it stands, in capitals or not, over line breaks, and
    with a genitive s. What was there cannot be told from what is left, nor how long it was."""
    if not (monster := _monster(ord_)):
        return blad
    return _byt(blad, monster)


def _monster(ord_):
    delar = {" ".join(unicodedata.normalize("NFC", ett).split()) for ett in ord_} - {""}
    if not delar:
        return None
    # The longest first: a name with a surname before the name alone.
    val = "|".join(r"\s+".join(map(re.escape, ett.split())) for ett in sorted(delar, key=lambda ett: (-len(ett), ett)))
    return re.compile(rf"(?<!\w)(?:{val})s?(?!\w)", re.IGNORECASE)


def _byt(rad, monster):
    if isinstance(rad, dict):
        return {namn: varde if namn in EJ_TEXT else _byt(varde, monster) for namn, varde in rad.items()}
    if isinstance(rad, list | tuple):
        return [_byt(varde, monster) for varde in rad]
    if isinstance(rad, str):
        return monster.sub(DOLT, unicodedata.normalize("NFC", rad))
    return rad
