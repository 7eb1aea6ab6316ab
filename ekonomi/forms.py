"""The fields and rows that the forms about money share."""

from decimal import Decimal

from django import forms

ORE = Decimal("0.01")
TAL = {"inputmode": "numeric", "class": "b-kort"}


class Kronor(forms.DecimalField):
    """An amount as people write it: 450 000 or 450000,50. A minus sign may be typed as people type it too."""

    def __init__(self, *, min_value=0, **kwargs):
        super().__init__(
            min_value=min_value,
            max_digits=12,
            decimal_places=2,
            widget=forms.TextInput({"inputmode": "decimal", "class": "b-kort"}),
            error_messages={"invalid": "Skriv beloppet i kronor med siffror, till exempel 450 000."},
            **kwargs,
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-").removesuffix("kr")
        return super().to_python(value)

    def clean(self, value):
        """With two decimals, as it is stored: the guard against overwriting compares how values are written."""
        value = super().clean(value)
        return None if value is None else value.quantize(ORE)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value:f}".removesuffix(".00").replace(".", ",")


def skickade_rader(data, monster, hogst):
    """How many numbered rows a form was sent with: a page that was opened earlier may have more than are saved."""
    return max((nr + 1 for nr in range(hogst) if monster.format(nr) in data), default=0)
