"""A half-year report as it is written, and what the kansli says of it."""

import datetime

from django import forms
from django.utils.formats import date_format

from insatser.models import Lagesrapport
from samordning.karna.forms import Formular, VersionFormular
from samordning.karna.kalender import idag

KRAVS = {
    "genomfort": "Skriv vad insatsen har gjort under perioden.",
    "resultat": "Skriv vad det har gett och vad ni har lärt er.",
    "framat": "Skriv vad ni planerar framåt.",
}
# The report may come before the summer, but not before there is something to report.
TIDIGAST_FORE_SLUT = datetime.timedelta(days=30)


class LagesrapportForm(VersionFormular, forms.ModelForm):
    """A draft may be half; with `lamna_in` in the data the whole of it is asked for."""

    alla_frivilliga = True

    class Meta:
        model = Lagesrapport
        fields = Lagesrapport.TEXTER
        widgets = {namn: forms.Textarea({"rows": 5}) for namn in Lagesrapport.TEXTER}
        help_texts = {
            "genomfort": "Vad har hänt i insatsen under perioden? Behövs när rapporten lämnas in.",
            "resultat": "Vad har det gett, och vad har ni lärt er? Siffrorna räknas av systemet, så du behöver inte "
            "skriva dem. Behövs när rapporten lämnas in.",
            "avvikelser": "Något som blev försenat, dyrare eller annorlunda, och varför.",
            "ekonomi": "Räcker pengarna? Går något åt snabbare eller långsammare än ni trodde?",
            "framat": "Vad planerar ni? Texten följer med till ansökan om förlängning. Behövs när rapporten lämnas in.",
        }

    @property
    def lamnas_in(self):
        return "lamna_in" in self.data

    def clean(self):
        data = super().clean()
        if not self.lamnas_in:
            return data
        for falt, text in KRAVS.items():
            if falt not in self.errors and not data.get(falt, "").strip():
                self.add_error(falt, text)
        tidigast = self.instance.till - TIDIGAST_FORE_SLUT
        if idag() < tidigast:
            self.add_error(
                None,
                f"Rapporten går att lämna in från och med {date_format(tidigast, 'j F Y')}. Spara den som utkast så "
                "länge.",
            )
        return data


class TillbakaForm(Formular, forms.Form):
    kommentar = forms.CharField(
        label="Vad behöver läggas till eller ändras?", max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="Den som skriver rapporten läser det här. Skriv inget om enskilda personer.",
    )  # fmt: skip


class HoppaForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför behövs inte rapporten?", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="Till exempel att insatsen har lämnat en slutrapport i stället.",
    )  # fmt: skip
