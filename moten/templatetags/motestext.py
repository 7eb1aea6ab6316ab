"""Typed texts of meetings: plain text in paragraphs, with lines that begin with "- " as lists."""

import re

from django import template

from moten.protokoll_rader import i_ord

register = template.Library()
LISTRAD = re.compile(r"^\s*[-•*–]\s+")


@register.filter
def stycken(text):
    """[("p" or "ul", [line])] of a typed text: a blank line parts paragraphs, a dash makes a list.

    Escaped where shown.
    """
    block = []
    for rad in (text or "").replace("\r\n", "\n").split("\n"):
        if not rad.strip():
            block.append(None)
            continue
        slag = "ul" if LISTRAD.match(rad) else "p"
        rad = LISTRAD.sub("", rad, count=1).strip() if slag == "ul" else rad.strip()
        if block and block[-1] and block[-1][0] == slag:
            block[-1][1].append(rad)
        else:
            block.append((slag, [rad]))
    return [del_ for del_ in block if del_]


@register.filter
def person_i_ord(person):
    """Who somebody at a meeting is, of a Person or of its JSON."""
    return i_ord(person)
