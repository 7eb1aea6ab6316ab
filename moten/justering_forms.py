"""Forms of the approval of a record."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from moten import justering
from moten.dagordning_forms import LANGSTA_TEXT
from moten.models import Justerare, Justeringskommentar
from samordning.karna import bilagor
from samordning.karna.forms import Datum, EngangsFormular, Formular
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt


def _med_papper(kontakt):
    har = justering.har_konto(kontakt)
    return kontakt.namn if har else f"{kontakt.namn} (har inget konto, skriver under på papper)"


class JusterareForm(Formular, forms.Form):
    """Who approves. One who has said something stays, so that nothing said is lost."""

    kontakter = forms.ModelMultipleChoiceField(
        Kontakt.objects.none(), label="Vilka justerar?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en person som justerar."},
    )  # fmt: skip

    def __init__(self, *args, mote, **kwargs):
        super().__init__(*args, **kwargs)
        self.mote = mote
        valda = list(mote.justerare.values_list("kontakt", flat=True))
        falt = self.fields["kontakter"]
        falt.queryset = (justering.kandidater(mote) | Kontakt.objects.filter(pk__in=valda)).select_related("anvandare")
        falt.label_from_instance = _med_papper
        falt.initial = valda or [mote.ordforande_id]

    def clean_kontakter(self):
        valda = self.cleaned_data["kontakter"]
        sagt = Justerare.objects.filter(mote=self.mote, kommentarer__isnull=False).exclude(kontakt__in=valda)
        if rad := sagt.select_related("kontakt").first():
            raise ValidationError(f"{rad.kontakt.namn} har kommenterat protokollet och står kvar som justerare.")
        return valda


class KommentarForm(EngangsFormular, forms.ModelForm):
    class Meta:
        model = Justeringskommentar
        fields = ("punkt", "text")
        labels = {"punkt": "Vad gäller det?", "text": "Vad ska ändras?"}
        widgets = {"text": forms.Textarea({"rows": 4})}
        error_messages = {"text": {"required": "Skriv vad som ska ändras."}}

    def __init__(self, *args, mote, **kwargs):
        super().__init__(*args, **kwargs)
        falt = self.fields["punkt"]
        falt.queryset = mote.punkter.all()
        falt.empty_label = "Hela protokollet"
        falt.label_from_instance = lambda punkt: f"{punkt.beteckning} {punkt.rubrik}"
        self.fields["text"].validators.append(MaxLengthValidator(LANGSTA_TEXT))


class SvarForm(Formular, forms.Form):
    svar = forms.CharField(
        label="Vad har ni gjort?", max_length=LANGSTA_TEXT, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Skriv vad ni har ändrat, eller varför ni inte har ändrat."},
    )  # fmt: skip


class UndertecknatForm(Formular, forms.Form):
    """The record with everybody's signature, scanned."""

    uppladdad = bilagor.Bilagefalt(label="Undertecknat protokoll (PDF)", typer=("pdf",))
    dag = forms.DateField(label="Vilken dag skrevs det under?", widget=Datum, initial=idag)

    def __init__(self, *args, mote, **kwargs):
        super().__init__(*args, **kwargs)
        self.mote = mote

    def clean_dag(self):
        dag = self.cleaned_data["dag"]
        if dag > idag():
            raise ValidationError("Dagen har inte varit än.")
        if dag < (self.mote.sista_dag or self.mote.dag):
            raise ValidationError("Protokollet kan inte ha skrivits under före mötet.")
        return dag
