"""A question that goes round the table, a few words from each (MA24): from the phones in the room, and by hand."""

import re
from collections import Counter

from django.db import transaction

from moten import rum
from moten.models import Fastpunkt, Ordrunda, Ordsvar
from moten.models.rum import OppenStangd
from samordning.karna.flode import OtillatenOvergang

FLEST = 100
HUR_AR_LAGET, ETT_ORD = "Hur är läget?", "Ett ord om dagen"
EFTER_ORDET = re.compile(r"[,.;:!?(–—]|\s-\s")
MED_NAMN = re.compile(r"([^:]{1,80}):\s+(\S.*)")  # "Louise: konkret"; an hour, 9:00, is no name


def fraga(punkt):
    """The question that an item has already, when it is one line; else the usual one."""
    egen = punkt.underlag.strip()
    if punkt.slag in (Fastpunkt.Slag.INCHECKNING, Fastpunkt.Slag.LAGET_RUNT) and egen and len(egen.splitlines()) == 1:
        return egen[:200]
    return ETT_ORD if punkt.slag == Fastpunkt.Slag.LAGET_RUNT else HUR_AR_LAGET


def ordet(text):
    """What an answer begins with: "Inspirerande, gillar exempel" and "inspirerande" are the same word."""
    return EFTER_ORDET.split(text.strip(), maxsplit=1)[0].strip().casefold()


def samma(texter):
    """[(word, times)] of what was said more than once, most first."""
    antal = Counter(ord_ for ord_ in map(ordet, texter) if ord_)
    return [(ord_, ganger) for ord_, ganger in antal.most_common() if ganger > 1]


def samma_i_ord(texter):
    """ "inspirerande (3), tydligt (2)" """
    return ", ".join(f"{ord_} ({ganger})" for ord_, ganger in samma(texter))


def tolka(text):
    """[(who, answer)] of lines as they are printed, "Louise: konkret" or only the words. Empty lines are no answers."""
    rader = []
    for rad in filter(None, (" ".join(rad.split()) for rad in text.splitlines())):
        med_namn = MED_NAMN.fullmatch(rad)
        rader.append((med_namn[1].strip(), med_namn[2].strip()) if med_namn else ("", rad))
    return rader


def las(runda):
    """The round, locked: whoever adds, moves or changes an answer holds it."""
    return Ordrunda.objects.select_for_update(of=("self",)).select_related("punkt__mote").get(pk=runda.pk)


@transaction.atomic
def svara(runda, marke, *, namn, text):
    """What a phone says; said again it is changed. OtillatenOvergang when it is closed, Fullt when everybody has
    answered."""
    last = las(runda)
    if last.lage != OppenStangd.OPPEN:
        raise OtillatenOvergang(rum.STANGT)
    svar = last.svar.filter(enhet=marke).first()
    if svar is None:
        rum.krav_plats(last.punkt.mote, last.svar.exclude(enhet="").count())
        svar = Ordsvar(runda=last, enhet=marke, ordning=rum.nasta_ordning(last.svar), version=0)
    svar.namn, svar.text, svar.version = namn, text, svar.version + 1
    svar.save()


@transaction.atomic
def skriv(runda, rader):
    """Answers written by hand, [(who, answer)], after those that are there. The last row."""
    last = las(runda)
    forst = rum.nasta_ordning(last.svar)
    nya = [Ordsvar(runda=last, ordning=nr, namn=namn, text=text) for nr, (namn, text) in enumerate(rader, forst)]
    return Ordsvar.objects.bulk_create(nya)[-1]
