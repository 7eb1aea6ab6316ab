"""The form of a summons: who is called, a greeting, and the last day to answer."""

import hashlib
import json

from django import forms
from django.core.exceptions import ValidationError

from samordning.karna import felord
from samordning.karna.forms import Datum, EngangsFormular, inte_forbi

LANGSTA_HALSNING = 2_000
ANDRAT_SEDAN_DESS = (
    "Dagordningen, mötet eller listan över vilka som kallas har ändrats sedan du öppnade sidan. Inget är skickat. "
    "Läs det som gäller nu här nedanför och skicka igen."
)


class KallelseForm(EngangsFormular, forms.Form):
    """`rader` = [Narvaro] that may be called; `visat` is what the page shows. Nobody sends what they have not read."""

    kontakter = forms.MultipleChoiceField(
        label="Vilka som kallas",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa för minst en person."},
    )
    halsning = forms.CharField(
        label="Hälsning",
        required=False,
        max_length=LANGSTA_HALSNING,
        widget=forms.Textarea({"rows": 4}),
        help_text="Står överst i mejlet och i handlingarna. Skriv inget om enskilda personer.",
    )
    svara_senast = forms.DateField(label="Svara senast", widget=Datum, validators=[inte_forbi])
    avtryck = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": felord.OPPNA_IGEN},
    )

    def __init__(self, *args, mote, rader, visat, **kwargs):
        super().__init__(*args, **kwargs)
        self.mote = mote
        self.fields["kontakter"].choices = [(str(rad.kontakt_id), _i_ord(rad)) for rad in rader]
        self.fields["kontakter"].initial = [str(rad.kontakt_id) for rad in rader]
        self.nuvarande = _avtryck(visat, rader)
        self.fields["avtryck"].initial = self.nuvarande

    def clean_svara_senast(self):
        dag = self.cleaned_data["svara_senast"]
        if dag > self.mote.dag:
            raise ValidationError("Den dagen är efter mötet. Välj mötets dag eller en tidigare.")
        return dag

    def clean(self):
        data = super().clean()
        if data.get("avtryck") and data["avtryck"] != self.nuvarande:
            self.data = self.data.copy()
            self.data[self.add_prefix("avtryck")] = self.nuvarande
            raise ValidationError(ANDRAT_SEDAN_DESS)
        return data

    def valda(self):
        """{key of a contact}"""
        return {int(pk) for pk in self.cleaned_data["kontakter"]}


def _i_ord(rad):
    """ "Eva Berg, Granviks kommun, ledamot (saknar mejladress)" """
    delar = [rad.kontakt.namn, str(rad.part) if rad.part_id else "", rad.get_roll_display().lower()]
    text = ", ".join(del_ for del_ in delar if del_)
    return text if rad.kontakt.epost else f"{text} (saknar mejladress)"


def _avtryck(visat, rader):
    """A print of what the page shows."""
    varden = [visat, sorted([rad.kontakt_id, bool(rad.kontakt.epost)] for rad in rader)]
    return hashlib.sha256(json.dumps(varden, sort_keys=True).encode()).hexdigest()[:32]
