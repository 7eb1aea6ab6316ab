"""The forms of yearly documents: a new one, one of its texts, the board's decision."""

from django import forms

from ekonomi.dokument_texter import falt
from ekonomi.forms_beslut import BeslutForm
from ekonomi.models import Dokument, Dokumenttext
from ekonomi.models.budget import FORSTA_AR, SISTA_AR
from samordning.karna.forms import TAL, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.kalender import idag

RADER = 14
SA_SKRIVS = "En tom rad börjar ett nytt stycke. En rad som börjar med bindestreck blir en punkt i en lista."


class DokumentForm(EngangsFormular, Regelformular, forms.ModelForm):
    regelfalt = {"dokument_ett_per_ar": "ar"}

    class Meta:
        model = Dokument
        fields = ("slag", "ar")
        widgets = {"ar": forms.TextInput(TAL)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].initial = self.fields["ar"].initial or idag().year

    def clean_ar(self):
        ar = self.cleaned_data["ar"]
        if not FORSTA_AR <= ar <= SISTA_AR:
            raise forms.ValidationError(f"Året ska vara mellan {FORSTA_AR} och {SISTA_AR}. Kontrollera det.")
        return ar


class TextForm(VersionFormular, forms.ModelForm):
    class Meta:
        model = Dokumenttext
        fields = ("text",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ett = falt(self.instance.dokument.slag, self.instance.nyckel)
        text = self.fields["text"]
        text.label, text.required, text.widget = ett.rubrik, False, forms.Textarea({"rows": RADER})
        text.help_text = f"{ett.hjalp} {SA_SKRIVS}"


class DokumentbeslutForm(BeslutForm):
    """`sedd` is the print of the document as the page showed it: just that is adopted."""

    sedd = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
