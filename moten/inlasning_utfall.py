"""What an item of old minutes ended with, as rows."""

import re

from moten.models import Punkt, Utfall
from moten.tolk.namn import normalisera

# "Se anteckningar i separat dokument." and "Läs mer om denna punkt i informationsunderlaget."
_SE = re.compile(r"^se\s+(?:även\s+)?(.+)$", re.I)
_I = re.compile(r"\bi\s+(\S+(?:\s\S+){0,5}?)$", re.I)


def hanvisad_till(punkt):
    """What an item that only refers to something refers to, in the words of the text."""
    if punkt.status != Punkt.Status.HANVISAD or not punkt.hanvisningar:
        return ""
    mening = " ".join(punkt.hanvisningar[0].split())
    traff = _SE.search(mening) or _I.search(mening)
    return traff.group(1).strip(" .")[:200] if traff else ""


def utfall(punkt, last, namn, *, folj_upp, i_efterhand):
    """[Utfall], not saved. Information is the text itself and gets no row. `namn`: {name in the text: Kontakt}.

    What was to be done long ago is not put on anybody's list of today, and nobody is reminded of it.
    """
    kanda = {normalisera(ett): kontakt for ett, kontakt in namn.items()}
    rader = []
    for ordning, rad in enumerate(rad for rad in last.utfall if rad.slag != Utfall.Typ.INFORMATION):
        atgard = rad.slag == Utfall.Typ.ATGARD
        stangd = atgard and not folj_upp
        rader.append(
            Utfall(
                punkt=punkt, ordning=ordning, typ=rad.slag, text=rad.text,
                ansvarig=kanda.get(normalisera(rad.vem)) if atgard else None,
                lage=Utfall.Lage.NEDPRIORITERAD if stangd else Utfall.Lage.EJ_STARTAD,
                uppfoljning=i_efterhand if stangd else "",
            )
        )  # fmt: skip
    return rader
