"""What the kansli fills in about a report: which period to count, and why it is released all the same."""

from django import forms

from samordning.karna.forms import Formular
from samordning.karna.kalender import halvar, helar, idag

ANTAL_AR = 4
MINSTA_SKAL = 20


def _valbara():
    """[(code, text)] of the half-years and years that have begun, newest first."""
    i_ar = idag().year
    val = []
    for ar in range(i_ar, i_ar - ANTAL_AR, -1):
        val += [
            (f"{ar}H2", f"{halvar(ar, 2).namn.capitalize()}, och hela {ar}", halvar(ar, 2)),
            (f"{ar}H1", halvar(ar, 1).namn.capitalize(), halvar(ar, 1)),
            (str(ar), f"Bara hela {ar}", helar(ar)),
        ]
    return [(kod, text) for kod, text, period in val if period.fran <= idag()]


class BestallForm(Formular, forms.Form):
    period = forms.ChoiceField(
        label="Period", help_text="Rapporten för andra halvåret har också hela året, som en andra del."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = _valbara()


class GranskaForm(Formular, forms.Form):
    last = forms.BooleanField(label="Jag har läst rapporten för alla tre mottagarna och varningarna om uppgifterna.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last"].error_messages["required"] = "Läs rapporten först och kryssa sedan i rutan."


class SlappAndaForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför ska rapporten släppas ändå?",
        help_text="Skälet sparas i rapportens historik. Skriv inget om enskilda personer.",
        min_length=MINSTA_SKAL,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
