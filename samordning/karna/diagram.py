"""Pictures drawn as SVG: bars, legend boxes, the marks of states, and the four threads that are the logotype;
and QR codes.

Pure functions, values in and safe markup out.  Every shape has a class, which the stylesheet colours for light and
dark, and the same light colour as an attribute, for PDF, where page styles do not reach into a picture.  Bars are drawn
in percent without `viewBox`, so nothing in them shrinks with the page; their numbers stand in the table cells beside.

`ids` is an iterator of numbers that belongs to one rendering (`itertools.count(1)`): patterns need ids that are unique
in the page.
"""

import segno
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

FARGER = {
    "kvinnor": "#13716f",
    "man": "#bf781a",
    "annat": "#8b7fa8",
    "alla": "#47595c",
    "text": "#15282b",
    "text2": "#4a5c5f",
    "yta": "#ffffff",
    "linje": "#d9d8d0",
    "kant": "#6f7d7f",
    "primar": "#0c5660",
    "fara": "#a5331f",
    "raps": "#f3c04a",
}
TRADAR = ("#4fb3ae", "#f3c04a", "#d9694c", "#8fb2c9")
TOMT = SafeString("")


def fyll(farg):
    """The attributes that fill a shape with a named colour."""
    return format_html('class="f-{}" fill="{}"', farg, FARGER[farg])


def fyll_med_kant(farg, kant):
    """The attributes of a shape with one colour inside and another around it."""
    return format_html('class="f-{} s-{}" fill="{}" stroke="{}"', farg, kant, FARGER[farg], FARGER[kant])


def dekor(innehall, bredd, hojd, attribut=TOMT):
    """An SVG that only repeats what a word or number beside it says; hidden from screen readers."""
    return format_html(
        '<svg width="{}" height="{}"{} aria-hidden="true" focusable="false">{}</svg>', bredd, hojd, attribut, innehall
    )


def bild(titel, beskrivning, innehall, bredd, hojd, skalas=False):
    """An SVG that stands alone: the title is its name, the description says in words what it shows. With `skalas` the
    whole of it fits in the size that a page gives it; else its measures are the page's own."""
    return format_html(
        '<svg width="{}" height="{}"{} role="img"><title>{}</title><desc>{}</desc>{}</svg>',
        bredd,
        hojd,
        format_html(' viewBox="0 0 {} {}"', bredd, hojd) if skalas else "",
        titel,
        beskrivning,
        innehall,
    )


def med_namn(svg, titel):
    """A picture with a name. In PDF every picture is read out, also one that only repeats the words beside it."""
    start, slut = svg.split(">", 1)
    return format_html("{}><title>{}</title>{}", SafeString(start), titel, SafeString(slut))


def procent(tal):
    """A position or width along a bar, 0-100, as an attribute value."""
    return f"{tal:.2f}%"


def _yta_for(kon, ids):
    """The fill of a group of people and the pattern it needs: women solid, men striped, others dotted."""
    if kon not in ("man", "annat"):
        return fyll(kon), TOMT
    namn = f"{kon}-{next(ids)}"
    if kon == "man":
        drag = format_html('<rect width="2.4" height="7" {} fill-opacity=".5"/>', fyll("yta"))
    else:
        drag = format_html('<circle cx="3.5" cy="3.5" r="1.7" {} fill-opacity=".75"/>', fyll("yta"))
    monster = format_html(
        '<pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse"{}>'
        '<rect width="7" height="7" {}/>{}</pattern>',
        namn,
        SafeString(' patternTransform="rotate(45)"' if kon == "man" else ""),
        fyll(kon),
        drag,
    )
    return format_html('fill="url(#{})"', namn), monster


def ruta(kon, ids, storlek=16):
    """The box of a legend; `kon` is kvinnor, man, annat or alla."""
    attribut, monster = _yta_for(kon, ids)
    return dekor(
        format_html('{}<rect width="{}" height="{}" rx="2" {}/>', monster, storlek, storlek, attribut),
        storlek,
        storlek,
    )


def stapel(delar, ids, hogst=None, hojd=26):
    """A bar of parts, [(kon, antal)], beside each other. `hogst` is the number that fills the width; without it the
    parts together do.  Parts that are zero or None are left out."""
    delar = [(kon, antal) for kon, antal in delar if antal]
    hogst = hogst or sum(antal for _, antal in delar)
    former, start = [], 0.0
    for kon, antal in delar:
        attribut, monster = _yta_for(kon, ids)
        bredd = 100 * antal / hogst
        former.append(
            format_html(
                '{}<rect x="{}" width="{}" height="{}" {}/>', monster, procent(start), procent(bredd), hojd, attribut
            )
        )
        if start:
            former.append(format_html('<rect x="{}" width="2" height="{}" {}/>', procent(start), hojd, fyll("yta")))
        start += bredd
    return dekor(format_html_join("", "{}", ((form,) for form in former)), "100%", hojd)


def andelsstapel(antal, av, hogst, hojd=26):
    """A wide bar for the whole (`av`) and a narrow one in it for the part (`antal`); `hogst` fills the width."""
    if not hogst:
        return dekor(TOMT, "100%", hojd)
    bred = format_html(
        '<rect y=".5" width="{}" height="{}" {}/>', procent(100 * av / hogst), hojd - 1, fyll_med_kant("linje", "kant")
    )
    smal = format_html(
        '<rect y="{}" width="{}" height="{}" {}/>',
        round(hojd * 0.27, 1),
        procent(100 * antal / hogst),
        round(hojd * 0.46, 1),
        fyll("primar"),
    )
    return dekor(bred + smal, "100%", hojd)


def matare(andel, grans, hogst, hojd=22):
    """A bar up to `andel` against a limit, all in percent of the same thing; `hogst` fills the width. What lies over
    the limit is another colour, and the limit a line. Without a limit (None) there is only the bar."""
    langd = 100 * max(0.0, min(float(andel), hogst)) / hogst
    botten = format_html('<rect y=".5" width="100%" height="{}" {}/>', hojd - 1, fyll_med_kant("linje", "kant"))
    if grans is None:
        return dekor(
            botten + format_html('<rect width="{}" height="{}" {}/>', procent(langd), hojd, fyll("primar")),
            "100%",
            hojd,
        )
    vid = 100 * float(grans) / hogst
    stapel_ = format_html('<rect width="{}" height="{}" {}/>', procent(min(langd, vid)), hojd, fyll("primar"))
    if langd > vid:
        stapel_ += format_html(
            '<rect x="{}" width="{}" height="{}" {}/>', procent(vid), procent(langd - vid), hojd, fyll("fara")
        )
    strecket = format_html(
        '<rect x="{}" width="6" height="{}" {}/><rect x="{}" width="2" height="{}" transform="translate(2 0)" {}/>',
        procent(vid), hojd, fyll("yta"), procent(vid), hojd, fyll("text"),
    )  # fmt: skip
    return dekor(botten + stapel_ + strecket, "100%", hojd)


MARKEN = {
    "full": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "halv": '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M6 1.5A4.5 4.5 0 0 0 6 10.5Z" fill="currentColor"/>',
    "ring": '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.75"/>',
    "trekant": '<path d="M6 .8 11.6 11H.4Z" fill="currentColor"/>',
    "streck": '<rect y="4.5" width="12" height="3" fill="currentColor"/>',
}


def marksymbol(form):
    """The shape of a state: full = done, halv = under way, ring = waiting, trekant = urgent, streck = ended."""
    return dekor(SafeString(MARKEN[form]), 12, 12)


def _tradar(banor, tjocklek):
    return format_html_join(
        "",
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}"/>',
        ((bana, farg, tjocklek) for bana, farg in zip(banor, TRADAR, strict=True)),
    )


def logotyp():
    """Four threads from different places that run on as one band."""
    start, slut = (4, 14.5, 25.5, 36), (14, 18, 22, 26)
    banor = [f"M0 {fran}C16 {fran} 16 {till} 32 {till}H48" for fran, till in zip(start, slut, strict=True)]
    return dekor(_tradar(banor, 4), 48, 40, SafeString(' viewBox="0 0 48 40"'))


def sammanflode(bredd=520, hojd=300, tjocklek=8):
    """The art of a hero: the threads come in from the right and run out to the left along the lower edge."""
    banor = []
    for nr, hojdandel in enumerate((0.02, 0.24, 0.46, 0.68)):
        y, band = round(hojd * hojdandel, 1), hojd - tjocklek * (3.5 - nr)
        vand, in_, ut = (round(bredd * andel) for andel in (0.72 - nr * 0.05, 0.62 - nr * 0.06, 0.30 - nr * 0.05))
        banor.append(f"M{bredd + 10} {y}C{vand} {y} {in_} {band} {ut} {band}H-3000")
    ram = format_html(' viewBox="0 0 {} {}" preserveAspectRatio="xMaxYMax meet" overflow="visible"', bredd, hojd)
    return dekor(_tradar(banor, tjocklek + 0.5), bredd, hojd, ram)


def omslag(bredd=794, hojd=1123):
    """The art of a printed A4 cover: the threads fall from the top and run out to the left as one band."""
    banor = []
    for nr in range(4):
        band, topp = round(hojd * 0.79) + 24 * nr, round(bredd * (0.70 + 0.12 * nr))
        banor.append(f"M{topp} -20C{topp} {460 + 40 * nr} {420 + 25 * nr} {band} {80 - 8 * nr} {band}H-20")
    return dekor(_tradar(banor, 24.5), bredd, hojd, format_html(' viewBox="0 0 {} {}"', bredd, hojd))


def qr(text, beskrivning, ruta=5):
    """A QR code, black on white by day and by night: a camera has to read it."""
    rader = [tuple(rad) for rad in segno.make(text, error="m", micro=False).matrix]
    kant = 4  # empty modules around, which the standard asks for
    sida = (len(rader) + 2 * kant) * ruta
    bana = "".join(
        f"M{(x + kant) * ruta} {(y + kant) * ruta}h{ruta}v{ruta}h-{ruta}z"
        for y, rad in enumerate(rader)
        for x, svart in enumerate(rad)
        if svart
    )
    innehall = format_html(
        '<rect width="{}" height="{}" fill="#fff"/><path d="{}" fill="#000"/>', sida, sida, SafeString(bana)
    )
    return bild("QR-kod", beskrivning, innehall, sida, sida, skalas=True)
