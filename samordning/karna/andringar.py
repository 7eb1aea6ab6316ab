"""What a save changed: as JSON for the record of events, and in words for the page that shows it."""

import datetime
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format

TOMT = "(tomt)"


def skrivbar(varde):
    """A value of a model field or of a form, as JSON can hold it. An object becomes its primary key."""
    if varde is None or isinstance(varde, bool | int | str):
        return varde
    if isinstance(varde, list | tuple | set | models.QuerySet):
        return [skrivbar(del_) for del_ in varde]
    if isinstance(varde, models.Model):
        return varde.pk
    return str(varde)


def lika(fore, efter):
    """The same thing to a reader: None and the empty text are, and the order of a list says nothing."""
    fore, efter = skrivbar(fore), skrivbar(efter)
    if isinstance(fore, list) and isinstance(efter, list):
        return sorted(map(str, fore)) == sorted(map(str, efter))
    return fore == efter or (fore in (None, "") and efter in (None, ""))


def i_ord(falt, varde, namn=None):
    """What a stored value of a model field says to a reader.

    `namn` is {primary key: name} for the fields that point at another row.
    """
    if varde in (None, "", []):
        return TOMT
    if isinstance(varde, bool):
        return "ja" if varde else "nej"
    if isinstance(varde, list):
        return ", ".join(i_ord(falt, del_, namn) for del_ in varde)
    if falt is not None and falt.is_relation:
        return (namn or {}).get(skrivbar(varde), f"nr {skrivbar(varde)}")
    if val := dict(_val(falt)):
        return str(val.get(varde, varde))
    if isinstance(varde, Decimal):
        return f"{varde:f}".replace(".", ",")
    return _dag(varde) or str(varde)


def _val(falt):
    """The choices of a field, or of the values in its list."""
    return getattr(falt, "choices", None) or getattr(getattr(falt, "base_field", None), "choices", None) or ()


def _dag(varde):
    """A date in words; a date that has been stored as text is one too."""
    if isinstance(varde, str):
        try:
            varde = datetime.date.fromisoformat(varde) if len(varde) == 10 else None
        except ValueError:
            return None
    return date_format(varde, "j F Y") if isinstance(varde, datetime.date) else None
