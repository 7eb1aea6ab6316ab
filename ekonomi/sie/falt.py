"""One line to its fields, and the fields' values: amounts, dates and lists of objects."""

import re
from datetime import date
from decimal import Decimal

BELOPP = re.compile(r"[+-]?(\d{1,15})([.,]\d{1,6})?")
DATUM = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
BLANKT = " \t\u00a0"
SLUT_PA_CITAT = BLANKT + "}"
SLUT_PA_ORD = BLANKT + "{}"  # a quote inside a word is a part of it
SLUT_I_LISTA = SLUT_PA_ORD + '"'


class Radfel(Exception):
    """What is wrong with the line, in Swedish."""


def dela(rad):
    """(fields, odd) of a line: each field a str, or for `{...}` a list of str. `odd` tells that a quote or a brace has
    no end. A single `{` or `}` is a field of its own. Time grows with the length of the line and no faster."""
    if '"' not in rad and "{" not in rad and "}" not in rad:
        return rad.split(), False
    falt, lista, udda, i, n = [], None, False, 0, len(rad)
    while i < n:
        tecken = rad[i]
        if tecken in BLANKT:
            i += 1
        elif tecken == '"':
            text, i, slut = _citat(rad, i + 1)
            udda = udda or not slut
            (falt if lista is None else lista).append(text)
        elif tecken == "{" and lista is None:
            lista, i = [], i + 1
        elif tecken == "}":
            falt.append("}" if lista is None else lista)
            lista, i = None, i + 1
        else:
            j, slut = i, SLUT_PA_ORD if lista is None else SLUT_I_LISTA
            while j < n and rad[j] not in slut:
                j += 1
            j = max(j, i + 1)  # a brace inside a list
            (falt if lista is None else lista).append(rad[i:j])
            i = j
    if lista is not None:  # the block that begins on the voucher's own line, or a list without an end
        falt += ["{"] if not lista else [lista]
        udda = udda or bool(lista)
    return falt, udda


def _citat(rad, i):
    """(text, next place, whether it ends). A quote inside the text that nobody escaped is a part of it: the field
    ends where something else follows."""
    bitar, start, n = [], i, len(rad)
    while (j := rad.find('"', i)) >= 0:
        if rad[j - 1] == "\\" and j > start:
            bitar.append(rad[i : j - 1] + '"')
        elif j + 1 == n or rad[j + 1] in SLUT_PA_CITAT:
            bitar.append(rad[i:j])
            return "".join(bitar), j + 1, True
        else:
            bitar.append(rad[i : j + 1])
        i = j + 1
    return "".join([*bitar, rad[i:]]), n, False


def belopp(text):
    """Decimal of "-1234.50". A comma for the point is read too. Radfel for anything else."""
    if not isinstance(text, str) or not BELOPP.fullmatch(text):
        raise Radfel(f"Beloppet {_visa(text)} går inte att läsa. Det skrivs som 1234.50.")
    return Decimal(text.replace(",", "."))


def datum(text):
    """date of "20190131" or "2019-01-31"; None when it is empty. Radfel for anything else."""
    if text in ("", "0", []):
        return None
    if isinstance(text, str) and (del_ := DATUM.fullmatch(text)):
        try:
            return date(*map(int, del_.groups()))
        except ValueError:
            pass
    raise Radfel(f"Datumet {_visa(text)} finns inte. Det skrivs som 20190131.")


def objekt(lista):
    """((dimension, object), ...) of the fields between braces. Radfel when they are not pairs."""
    if not isinstance(lista, list):
        raise Radfel("Objektlistan saknas. Den skrivs inom { och }.")
    if len(lista) % 2:
        raise Radfel("Objektlistan ska ha par av dimension och objekt.")
    return tuple(zip(lista[::2], lista[1::2], strict=True))


def _visa(text):
    kort = text if isinstance(text, str) else "{…}"
    return f"”{kort[:30]}{'…' if len(kort) > 30 else ''}”"
