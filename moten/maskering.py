"""Words that a published record does not show (MA20): the text is made anew without them, never covered."""

import re
import unicodedata

from moten.models import Maskering

DOLT = "[dolt]"
# Keys of a record as JSON whose values the page uses and nobody typed.
EJ_TEXT = frozenset({"pk", "id", "slag", "typ", "symbol", "arende_pk"})
STRECK = "-\u2010\u2011\u2012\u2013\u2014\u2212"  # people and programs choose among them
CITAT = "'’´`"
MELLAN = rf"[{STRECK}\s.+]*"  # between the digits of a number
KORTASTE_NUMMER = 6


def maskera(blad, ord_):
    """The record as JSON with each of `ord_` replaced wherever it stands: in capitals or not, over line breaks, with a
    genitive s, a number however it is divided. What was there cannot be told from what is left, nor how long it was."""
    monster = [ett for ett in map(_monster, ord_) if ett]
    return _byt(blad, monster) if monster else blad


def dolda_ord(moten):
    """{meeting: [word]} of what the published records of the meetings (or their primary keys) hide. One query."""
    ord_ = {}
    for mote, text in Maskering.objects.filter(mote__in=moten).values_list("mote", "text"):
        ord_.setdefault(mote, []).append(text)
    return ord_


def delar(text, ord_):
    """[(text, is it hidden)] of a text, in its order; what is hidden as it was typed."""
    text = _rensad(text)
    bitar, slut = [], 0
    for fran, till in _spann(text, [ett for ett in map(_monster, ord_) if ett]):
        bitar += [(text[slut:fran], False), (text[fran:till], True)]
        slut = till
    return [bit for bit in (*bitar, (text[slut:], False)) if bit[0]]


def finns(blad, ett):
    """Does the word stand anywhere in the record?"""
    monster = _monster(ett)
    return monster is not None and any(_spann(_rensad(text), [monster]) for text in texter(blad))


def texter(blad):
    """Every text of a record as JSON that somebody may have typed."""
    if isinstance(blad, dict):
        for namn, varde in blad.items():
            if namn not in EJ_TEXT:
                yield from texter(varde)
    elif isinstance(blad, list | tuple):
        for varde in blad:
            yield from texter(varde)
    elif isinstance(blad, str):
        yield blad


def _rensad(text):
    """One form of each letter, and no signs that nobody sees: they could stand in the middle of a word."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return "".join(tecken for tecken in text if unicodedata.category(tecken) != "Cf")


def _gemen(text):
    return text.casefold().replace("ı", "i")  # as re.IGNORECASE has it


def _monster(ett):
    """(what the text must hold in lower case, the pattern, is it a number) of a word; None when it says nothing."""
    ett = " ".join(_rensad(ett).split())
    siffror = re.sub(r"\D", "", ett)
    if len(siffror) >= KORTASTE_NUMMER and not re.search(r"[^\W\d_]", ett):
        if len(siffror) == 12 and siffror[:2] in ("19", "20"):
            siffror = siffror[2:]  # with the century or without it is the same number
        return "", re.compile(MELLAN.join(siffror)), True
    if not any(tecken.isalnum() for tecken in ett):
        return None
    monster = r"\s+".join(map(_ordet, ett.split()))
    fore = r"(?<!\w)" if ett[0].isalnum() else ""
    efter = r"(?::?s)?(?!\w)" if ett[-1].isalnum() else ""
    # Inside a look ahead, so that one place that overlaps another is found too.
    forst = re.split(rf"[{STRECK}{CITAT}]", ett.split()[0])[0]
    return _gemen(forst), re.compile(f"(?={fore}({monster}{efter}))", re.IGNORECASE), False


def _ordet(ord_):
    tecken = {**dict.fromkeys(STRECK, f"[{STRECK}]"), **dict.fromkeys(CITAT, f"[{CITAT}]")}
    return "".join(tecken.get(ett) or re.escape(ett) for ett in ord_)


def _spann(text, monster):
    """[(from, to)] of what is hidden, those that touch or overlap as one: not even how many words is told."""
    gemen, funna = _gemen(text), []
    for forst, uttryck, nummer in monster:
        if forst not in gemen:
            continue
        till = 0
        for traff in uttryck.finditer(text):
            if nummer and traff.start() < till:
                continue
            fran, till = traff.span(0 if nummer else 1)
            if nummer:  # and the digits that it stands among
                while fran and text[fran - 1].isdigit():
                    fran -= 1
                while till < len(text) and text[till].isdigit():
                    till += 1
            funna.append((fran, till))
    ihop = []
    for fran, till in sorted(funna):
        if ihop and (fran <= ihop[-1][1] or not text[ihop[-1][1] : fran].strip()):
            ihop[-1] = ihop[-1][0], max(till, ihop[-1][1])
        else:
            ihop.append((fran, till))
    return ihop


def _byt(rad, monster):
    if isinstance(rad, dict):
        return {namn: varde if namn in EJ_TEXT else _byt(varde, monster) for namn, varde in rad.items()}
    if isinstance(rad, list | tuple):
        return [_byt(varde, monster) for varde in rad]
    if isinstance(rad, str):
        rad, ut, slut = _rensad(rad), [], 0
        for fran, till in _spann(rad, monster):
            ut += [rad[slut:fran], DOLT]
            slut = till
        return "".join([*ut, rad[slut:]])
    return rad
