"""Forms for what an insats offers: groups, its own referral form, its implementation, and who has gone the course."""

from django import forms
from django.core.exceptions import ValidationError

from insatser.models import Implementering, Insatsgrupp, Medarbetare
from samordning.karna.bilagor import Bilagefalt
from samordning.karna.forms import (
    TAL,
    AvtrycksFormular,
    Datum,
    EngangsFormular,
    Formular,
    Regelformular,
    VersionFormular,
)
from samordning.karna.kalender import idag

FLEST_PLATSER = 1000
BARA_PAPPER = (
    "En egen blankett används bara när insatsen tar emot remisser på papper. Välj ”På papper” på insatsens sida under "
    "Ändra först."
)
NAGON_ANNAN_BYTTE = (
    "Någon annan har lagt upp eller tagit bort en blankett medan du hade sidan öppen. Inget är ändrat. Titta på den "
    "som visas nu och välj filen igen om den ska bytas."
)


class GruppFalt(Regelformular, forms.ModelForm):
    """Places are typed by who knows them; saving says that they hold today."""

    regelfalt = {"insatsgrupp_lediga_ryms": "lediga", "insatsgrupp_slut_efter_start": "slut"}

    class Meta:
        model = Insatsgrupp
        fields = ("namn", "beskrivning", "plats", "start", "slut", "platser", "lediga")
        widgets = {
            "beskrivning": forms.Textarea({"rows": 2}),
            "start": Datum,
            "slut": Datum,
            "platser": forms.TextInput(TAL),
            "lediga": forms.TextInput(TAL),
        }
        labels = {"platser": "Platser i gruppen"}
        help_texts = {
            "namn": "Till exempel Språkgrupp våren 2027.",
            "beskrivning": "Vem gruppen är till för, i en mening. Skriv inget om enskilda deltagare.",
            "plats": "Var gruppen träffas, till exempel Mofalla Lantgård.",
            "slut": "Lämna tomt om gruppen inte har någon sista dag.",
            "lediga": "Hur många nya deltagare får plats? Skriv 0 om det är fullt.",
        }

    def clean_platser(self):
        platser = self.cleaned_data["platser"]
        if not 1 <= platser <= FLEST_PLATSER:
            raise ValidationError(f"Skriv hur många platser gruppen har, från 1 till {FLEST_PLATSER}.")
        return platser


class GruppForm(EngangsFormular, GruppFalt):
    """A new group."""


class GruppAndraForm(VersionFormular, GruppFalt):
    """A group that exists."""


class BlankettForm(Formular, forms.Form):
    """The file that replaces the one that the page showed."""

    fil = Bilagefalt(label="Fil", typer=("pdf", "docx"))
    visad = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, insats, **kwargs):
        super().__init__(*args, **kwargs)
        self.nuvarande = str(insats.egen_blankett_id or "")
        self.fields["visad"].initial = self.nuvarande

    def clean(self):
        data = super().clean()
        if data.get("visad", "") != self.nuvarande:
            # The next sending is a choice made with the present one in sight.
            self.data = self.data.copy()
            self.data["visad"] = self.nuvarande
            raise ValidationError(NAGON_ANNAN_BYTTE)
        return data


class ImplementeringForm(EngangsFormular, forms.ModelForm):
    """A new state; what was before stays in the history."""

    class Meta:
        model = Implementering
        fields = ("status", "datum", "ansvarig", "text")
        widgets = {"status": forms.RadioSelect, "datum": Datum, "text": forms.Textarea({"rows": 4})}
        labels = {"ansvarig": "Vem som ansvarar", "text": "Vad som är gjort och vad som är kvar"}
        help_texts = {
            "datum": "Dagen då läget var så här.",
            "ansvarig": "Till exempel enhetschefen på arbetsmarknadsenheten.",
            "text": "Hur ska metoden användas av alla, och inte hänga på en person?",
        }
        error_messages = {"status": {"required": "Välj hur långt ni har kommit."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = Implementering.Status.choices
        if not self.is_bound:
            self.initial["datum"] = idag()

    def clean_datum(self):
        return _inte_framat(self.cleaned_data["datum"])


class NckForm(AvtrycksFormular, forms.ModelForm):
    """The day of the course: it is the person's, whichever insatser they work in."""

    class Meta:
        model = Medarbetare
        fields = ("nck_kurs",)
        widgets = {"nck_kurs": Datum}
        labels = {"nck_kurs": "Dag då kursen var klar"}
        help_texts = {"nck_kurs": "Töm fältet om dagen har skrivits in av misstag."}

    def clean_nck_kurs(self):
        return _inte_framat(self.cleaned_data["nck_kurs"])


def _inte_framat(dag):
    if dag and dag > idag():
        raise ValidationError("Dagen har inte varit än. Skriv en dag som har varit.")
    return dag
