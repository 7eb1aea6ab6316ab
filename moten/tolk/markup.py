"""A web page that was saved as text: its lines without the tags. One pass, so that nested tags cost what they weigh."""

import html
import re

from moten.tolk.namn import ordmangd

_TAGG = re.compile(r"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]{0,4000}>|![^<>]{0,4000}>|\?[^<>]{0,4000}>)")
_RAD = ordmangd(
    """
    address article br dd div dl dt footer header hr li main nav ol p pre section table tr ul
    """
)
_HOPPA = frozenset({"script", "style", "head", "template", "noscript"})
_START = re.compile(
    r"\s*<(?:!doctype|\?xml|!--|/?(?:html|head|body|div|p|span|table|ul|ol|h[1-6]|meta|font|b|i)\b)", re.I
)


def ar_html(text):
    """True when it begins as a web page does. A single tag in a text is left as it is."""
    return bool(_START.match(text[:2000].lstrip("\ufeff")))


def rader(text):
    """Lines of (text, level of heading, False, 0)."""
    ut, bit, niva, i, hoppar = [], [], 0, 0, ""

    def bryt():
        rad = re.sub(r"[ \r\n]+", " ", html.unescape("".join(bit))).strip(" ")
        if rad.strip() or (ut and ut[-1][0]):
            ut.append((rad if rad.strip() else "", niva if rad.strip() else 0, False, 0))
        bit.clear()

    for tagg in _TAGG.finditer(text):
        if tagg.start() < i:
            continue  # inside a comment
        if not hoppar:
            bit.append(text[i : tagg.start()])
        i = tagg.end()
        if tagg.group(0) == "<!--":
            slut = text.find("-->", i)
            i = slut + 3 if slut >= 0 else len(text)
            continue
        stangd, namn = tagg.group(1), (tagg.group(2) or "").lower()
        if namn in _HOPPA:
            hoppar = "" if stangd else namn
        elif hoppar:
            hoppar = "" if namn == "body" else hoppar
        elif len(namn) == 2 and namn[0] == "h" and namn[1] in "123456":
            bryt()
            niva = 0 if stangd else int(namn[1])
        elif namn in _RAD:
            bryt()
        elif namn in ("td", "th") and stangd:
            bit.append("\t")
    if not hoppar:
        bit.append(text[i:])
    bryt()
    return ut
