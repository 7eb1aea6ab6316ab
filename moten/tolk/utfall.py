"""How an item ended, by what its text says. Guesses that a person confirms."""

import re

from moten.tolk.typer import Utfall

KORT = 400  # signs: a text in which one sentence speaks for the whole item

_GRUPPER = (
    r"(?:beredningsgrupp(?:en|erna)?|beredningen|styrgruppen|arbetsutskottet|au|presidiet|medlemsrådet|gruppen|"
    r"parterna)"
)
_MEDSKICK = re.compile(
    rf"\b{_GRUPPER}\b[^.]{{0,80}}\b(?:står\s+bakom|ställer\s+sig|samtycker|föreslår|rekommenderar|förordar|tillstyrker|"
    r"avstyrker|önskar|ser\s+(?:positivt|fortsatt)|skickar\s+med|vill\s+skicka)|\bvi\s+(?:står|ställer\s+oss)\s+bakom\b|\bmedskick\b\s*:",
    re.I,
)
_GRUPP = re.compile(r"^(grupp(?:erna)?\s+\d+(?:\s*(?:,|och)\s*\d+)*)\b[:\s]", re.I)
_BESLUT = re.compile(
    r"^\W*(?:beslut(?:\W*$|\s*:)|(?:styrelsen|arbetsutskottet|au|presidiet|mötet|styrgruppen|förbundsstyrelsen|ordföranden)"
    r"\s+(?:beslutar|beslutade|beslöt|godkänner|fastställer|godkände|fastställde)|det\s+beslutas|beslutades|"
    r"beslutas\s+att|(?:samordningsförbundets\s+)?styrelse(?:n)?\s+beslutar)",
    re.I,
)
_BESLUT_RUBRIK = re.compile(
    r"^\W*(?:styrelsens\s+|arbetsutskottets\s+|au:s\s+)?beslut\W*$|^\W*(?:\w+\s+)?(?:styrelsen?|arbetsutskottet|au|presidiet|"
    r"mötet)\s+(?:beslutar|beslutade|beslöt)(?:\s+att)?\s*:?$",
    re.I,
)
_AVSNITT = re.compile(
    r"^\W*(?:bakgrund|ärendet|ärendebeskrivning|reservation|yrkande\w*|underlag|bilag\w+|expedieras)\b", re.I
)
_ATT = re.compile(r"^\W*att\s", re.I)
_ATGARD = re.compile(
    r"^(?P<vem>[A-ZÅÄÖ][\w-]*(?:\s+[A-ZÅÄÖ][\w-]*)?)\s+(?:undersöker|återkommer|tar\s+(?:fram|med|kontakt|upp)|ser\s+över|"
    r"bjuder\s+in|bokar|skickar\s+ut|kollar|sammanställer|kontaktar|följer\s+upp|får\s+i\s+uppdrag|ansvarar|skriver)\b|"
    r"^\W*(?i:åtgärd|ansvarig|att\s+göra|uppdrag)\s*:\s*(?P<efter>[A-ZÅÄÖ][\w-]+)?",
)
_EJ = re.compile(
    r"\b(?:togs?\s+(?:inte|ej|aldrig)\s+upp|hanns?\s+(?:inte|ej|aldrig)(?:\s+med)?|utgår|utgick|ströks|"
    r"(?:behandlades|diskuterades)\s+(?:inte|ej)|bordlades|bordläggs|bordlagd|sköts\s+upp|skjuts\s+upp|"
    r"(?:flyttas|skjuts|hänskjuts)\s+till\s+nästa|tas\s+(?:upp\s+)?(?:på|vid)\s+nästa)",
    re.I,
)
_EJ_BESTAMT = re.compile(r"\b(?:punkten|ärendet|frågan|denna|§)\b[^.]{0,40}$", re.I)
_ANNAN_PUNKT = re.compile(r"(?:\bpunkt(?:en|erna)?|§)\s+\d+[^.]{0,40}$", re.I)
_UNDERLAG = (
    r"(?:informationsunderlag\w*|underlag\w*|bilag\w+|separat\w*|dokument\w*|protokoll\w*|presentation\w*|hemsid\w+|"
    r"utskick\w*|bildspel\w*|powerpoint\w*|handling\w*|årsredovisning\w*|webbplats\w*|tjänsteskrivelse\w*|rapport\w*)"
)
_HANVISNING = re.compile(
    rf"(?:\bläs\s+mer|\bse\b|\bhänvisa\w*|\bfinns\s+(?:att\s+läsa|som)|\bbifog\w+|\benligt\b|\bframgår)[^.]{{0,120}}?\b{_UNDERLAG}",
    re.I,
)
_HEL_HANVISNING = re.compile(
    rf"^\W*(?:läs\s+mer\b|se\b|hänvisas\b|för\s+[^.]{{0,80}}\bhänvisas\b|(?:mer\s+)?information\s+(?:finns|se)\b|enligt\b|"
    rf"punkten\s+finns\b|anteckningar\s+finns\b|framgår\s+av\b)[^.]{{0,160}}?\b{_UNDERLAG}[^.]{{0,80}}\W*$",
    re.I,
)
_INGET = re.compile(r"^[\s–—\-.]*$|^\W*(?:inget|ingenting|inga|intet)(?:\s+att\s+\w+)?\W*$", re.I)


def meningar(rader):
    """[(line, sentence)] of [(line, text)]; lines that go on over their end are one. A blank line is (None, "")."""
    ut, bitar, start, sista = [], [], None, ""
    for rad, text in [*rader, (None, "")]:
        text = text.strip()[:20_000]
        kort_rad = 0 < len(sista) < 40 and text[:1].isupper()  # a subheading without a line of its own
        if bitar and (not text or kort_rad or sista.endswith((".", "!", "?", ":"))):
            ut += [(start, mening) for mening in _dela(" ".join(bitar))]
            bitar, start = [], None
        if text:
            bitar.append(text)
            start, sista = start or rad, text
    return ut


def _dela(text):
    return [mening for mening in re.split(r"(?<=[a-zåäö0-9)”\"][.!?])\s+(?=[A-ZÅÄÖ”\"])", text) if mening]


def utfall(rader, beslutar):
    """[Utfall] of the lines of an item. `beslutar`: the body decides itself; else a decision is another body's."""
    ut, vantar = [], False
    for rad, mening in meningar(_att_satser(rader)):
        grupp, atgard = _GRUPP.match(mening), _ATGARD.match(mening)
        if _BESLUT_RUBRIK.match(mening) and (beslutar or vantar or mening.lower().startswith("beslut")):
            vantar = len(ut) + 1
            continue
        if vantar and not _AVSNITT.match(mening) and (_ATT.match(mening) or len(ut) == vantar - 1):
            ut.append(Utfall("beslut", mening, rad))
            continue
        vantar = False
        if _BESLUT.match(mening) and (beslutar or re.match(r"\W*beslut", mening, re.I) or mening.startswith("Mötet")):
            ut.append(Utfall("beslut", mening, rad))
            vantar = len(ut) + 1 if mening.rstrip().endswith((":", "att")) else False
        elif grupp and not beslutar:
            ut.append(Utfall("medskick", mening, rad, grupp.group(1)))
        elif _MEDSKICK.search(mening) and not mening.rstrip().endswith("?") and not beslutar:
            ut.append(Utfall("medskick", mening, rad))
        elif atgard:
            ut.append(Utfall("atgard", mening, rad, atgard.group("vem") or atgard.group("efter") or ""))
    if not ut:
        forsta = next(((rad, text) for rad, text in rader if text.strip() and not _INGET.match(text)), None)
        return [Utfall("information", forsta[1].strip(), forsta[0])] if forsta else []
    return ut


def _att_satser(rader):
    """Lines with each clause "att ..." of a decision apart, as the minutes write them."""
    ut = []
    for rad, text in rader:
        if _ATT.match(text) and ut and ut[-1][1].strip():
            ut.append((None, ""))
        ut.append((rad, text))
    return ut


def status(text, har_annat):
    """behandlad, ej_behandlad, tom or hanvisad (format.md). `har_annat`: attendance, dates or items under it."""
    ren = text.strip()
    if not ren or _INGET.match(ren[:200]):
        return "behandlad" if har_annat else "tom"
    traff = _EJ.search(ren[:KORT])
    if (
        traff
        and not _ANNAN_PUNKT.search(ren[: traff.start()])
        and (len(ren) <= KORT / 2 or _EJ_BESTAMT.search(ren[: traff.start()]) or traff.start() < 3)
    ):
        return "ej_behandlad"
    if len(ren) <= KORT and all(
        _HEL_HANVISNING.match(mening) for _, mening in meningar(enumerate(ren.splitlines(), 1))
    ):
        return "hanvisad"
    return "behandlad"


def hanvisningar(rader):
    """The sentences that send the reader to another document."""
    return tuple(mening for _, mening in meningar(rader) if _HANVISNING.search(mening))
