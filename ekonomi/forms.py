"""The fields and rows that the forms about money share."""

from ekonomi.belopp import ORE
from samordning.karna import forms


class Kronor(forms.Kronor):
    """Also with "kr" behind it and with a minus sign as people type it."""

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace("\N{MINUS SIGN}", "-").removesuffix("kr")
        return super().to_python(value)

    def clean(self, value):
        """With two decimals, as it is stored: the guard against overwriting compares how values are written."""
        value = super().clean(value)
        return None if value is None else value.quantize(ORE)


def skickade_rader(data, monster, hogst):
    """How many numbered rows a form was sent with: a page that was opened earlier may have more than are saved."""
    return max((nr + 1 for nr in range(hogst) if monster.format(nr) in data), default=0)
