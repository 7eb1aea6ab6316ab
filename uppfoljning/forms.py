"""The choice of period and insatser for the report."""

import datetime

from django import forms

from samordning.karna.forms import Datum, Formular
from samordning.karna.kalender import Period, idag

TIDIGAST = datetime.date(1990, 1, 1)


class UtfallForm(Formular, forms.Form):
    """Bound to the query string. `insatser` is the queryset that the user may see."""

    alla_frivilliga = True

    fran = forms.DateField(label="Från och med", widget=Datum)
    till = forms.DateField(label="Till och med", widget=Datum)
    insats = forms.MultipleChoiceField(
        label="Insatser", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Inget val betyder alla.",
    )  # fmt: skip

    def __init__(self, *args, insatser, **kwargs):
        super().__init__(*args, **kwargs)
        self.namn = dict(insatser.values_list("slug", "namn"))
        self.fields["insats"].choices = self.namn.items()
        self.fields["insats"].error_messages["invalid_choice"] = "En av insatserna går inte att välja. Välj i listan."
        for falt, vilken in (("fran", "första"), ("till", "sista")):
            self.fields[falt].error_messages |= {
                "required": f"Välj periodens {vilken} dag.",
                "invalid": f"Skriv periodens {vilken} dag som ÅÅÅÅ-MM-DD.",
            }

    def clean_fran(self):
        fran = self.cleaned_data["fran"]
        if not TIDIGAST <= fran <= idag():
            raise forms.ValidationError("Välj en första dag från 1990 och senast i dag.")
        return fran

    def clean(self):
        data = super().clean()
        fran, till = data.get("fran"), data.get("till")
        if fran and till and till < fran:
            self.add_error("till", "Den sista dagen är före den första. Välj en senare dag.")
        elif till and till.year > idag().year + 1:
            self.add_error("till", "Den sista dagen är för långt fram. Välj en tidigare dag.")
        return data

    @property
    def period(self):
        return Period(self.cleaned_data["fran"], self.cleaned_data["till"])
