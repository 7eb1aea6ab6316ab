"""Time as a line: the years of an agreement with today marked."""

from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from samordning.karna.diagram import bild, fyll, fyll_med_kant, procent

HOJD = 64
# A text needs about this share of the line to stand without touching the next one: on a computer, on a phone.
RYMS, RYMS_I_MOBIL = 0.13, 0.3


def avtalstid(perioder: list[tuple[str, date, date, str]], idag: date):
    """The years of an agreement beside each other: [(namn, fran, till, lage)], in order, lage is klar, nu or mojlig.

    Past years are grey, the present is filled, possible ones are dashed.  The same facts must stand as text beside the
    picture.  Raises ValueError without periods.
    """
    if not perioder:
        raise ValueError("En avtalstid behöver minst en period.")
    start, slut = perioder[0][1], perioder[-1][2]
    dagar = (slut - start).days or 1
    delar = [_period(namn, fran, till, lage, start, dagar) for namn, fran, till, lage in perioder]
    if start <= idag <= slut:
        lage = procent(100 * (idag - start).days / dagar)
        delar.append(
            format_html(
                '<rect x="{}" y="20" width="6" height="22" {}/><rect x="{}" y="21" width="3" height="20" {} '
                'transform="translate(1.5 0)"/>',
                lage,
                fyll("text"),
                lage,
                fyll("raps"),
            )
        )
    i_ord = "; ".join(f"{namn} {_datum(fran)} till {_datum(till)}" for namn, fran, till, _ in perioder)
    return bild(
        "Avtalstid",
        f"{i_ord}. I dag är det {_datum(idag)}.",
        format_html_join("", "{}", ((del_,) for del_ in delar)),
        "100%",
        HOJD,
    )


def _period(namn, fran, till, lage, start, dagar):
    x, andel = (fran - start).days / dagar, (till - fran).days / dagar
    vanster, bredd = procent(100 * x), procent(100 * andel - 0.4)
    if lage == "mojlig":
        stapel = format_html(
            '<rect x="{}" y="23" width="{}" height="16" {} stroke-width="2" stroke-dasharray="5 4"/>',
            vanster,
            bredd,
            fyll_med_kant("yta", "primar"),
        )
    else:
        stapel = format_html(
            '<rect x="{}" y="22" width="{}" height="18" {}/>',
            vanster,
            bredd,
            fyll("primar" if lage == "nu" else "kant"),
        )
    if andel < RYMS:
        return stapel
    return stapel + format_html(
        '<g{}><text x="{}" y="14" font-size="15" font-weight="600" {}>{}</text>'
        '<text x="{}" y="58" font-size="14" {}>{}</text></g>',
        format_html(' class="bara-bred"') if andel < RYMS_I_MOBIL else "",
        vanster,
        fyll("text"),
        namn,
        vanster,
        fyll("text2"),
        date_format(fran, "j b Y"),
    )


def _datum(dag):
    return date_format(dag, "j F Y")
