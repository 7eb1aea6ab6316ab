"""Forms of requests for public documents (TF 2 kap.). Who asks is never asked for, nor why."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from moten.arende_forms import NUMMER
from moten.models import Arende, Utlamnande
from samordning.karna.forms import Datum, EngangsFormular, Formular, VersionFormular
from samordning.karna.kalender import idag, lagg_till_arbetsdagar
from samordning.karna.views import soktext

Svar = Utlamnande.Svar
SKYNDSAMT = 2  # working days: "genast eller så snart det är möjligt" (TF 2 kap. 15 §); then the row is marked
HUR = ("Mejl", "Telefon", "Besök", "Brev", "Annat sätt")
MED_SKAL = (Svar.AVSLAG, Svar.DELVIS)
LANGSTA = 5_000
SENA = "sena"


def sen(rad, dag=None):
    """Still unanswered when it ought to have been."""
    return rad.svar == Svar.VANTAR and (dag or idag()) > lagg_till_arbetsdagar(rad.begart, SKYNDSAMT)


def sena_villkor(dag=None):
    """The rule of `sen` as a filter."""
    dag = dag or idag()
    forst = dag
    while dag <= lagg_till_arbetsdagar(forst, SKYNDSAMT):
        forst -= timedelta(1)
    return Q(svar=Svar.VANTAR, begart__lte=forst)


def dagar(rad):
    """How many days the answer took, or has taken so far."""
    return ((rad.besvarat or idag()) - rad.begart).days


class UtlamnandeFilter(forms.Form):
    alla_frivilliga = True

    sok = forms.CharField(label="Ord", required=False, max_length=120)
    svar = forms.ChoiceField(
        label="Svar", required=False, choices=[("", "Alla"), (SENA, "Sena"), *Svar.choices]
    )  # fmt: skip

    @property
    def anvands(self):
        return any(self[namn].value() for namn in self.fields)

    def filter(self, rader):
        self.is_valid()
        for ordet in soktext(self.cleaned_data.get("sok") or "").split()[:6]:
            rader = rader.filter(Q(vad__icontains=ordet) | Q(motivering__icontains=ordet))
        svar = self.cleaned_data.get("svar")
        if svar == SENA:
            return rader.filter(sena_villkor())
        return rader.filter(svar=svar) if svar else rader


class Begaran(Formular):
    """What is asked for. The case is typed by its number: there may be thousands."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        arende = self.instance.arende
        self.fields["nummer"] = forms.CharField(
            label="Ärendets nummer", required=False, max_length=20, initial=arende and arende.diarienummer,
            help_text="Om begäran gäller ett ärende, till exempel 2026/14.",
            widget=forms.TextInput({"class": "b-kort"}),
        )  # fmt: skip
        self.fields["hur"].widget = forms.Select(choices=[("", "Välj"), *((text, text) for text in HUR)])
        self.fields["vad"].max_length = LANGSTA

    def clean_begart(self):
        if (dag := self.cleaned_data["begart"]) > idag():
            raise ValidationError("Dagen har inte varit än. Skriv den dag då begäran kom.")
        return dag

    def clean_vad(self):
        return _inte_for_lang(self.cleaned_data["vad"])

    def clean_nummer(self):
        text = soktext(self.cleaned_data["nummer"])
        self.instance.arende = None
        if not text:
            return ""
        traff = NUMMER.match(text)
        arende = traff and Arende.objects.filter(ar=int(traff[1]), lopnummer=int(traff[2])).first()
        if not arende:
            raise ValidationError("Det finns inget ärende med det numret. Skriv det som 2026/14, eller lämna tomt.")
        self.instance.arende = arende
        return text


def _inte_for_lang(text):
    if len(text) > LANGSTA:
        raise ValidationError(f"Texten är {len(text)} tecken lång. Den får ha högst {LANGSTA}.")
    return text


FALT = ("begart", "hur", "vad")
WIDGETS = {"begart": Datum, "besvarat": Datum, "vad": forms.Textarea({"rows": 4}), "svar": forms.RadioSelect}
ETIKETTER = {"begart": "Begäran kom", "hur": "Hur den kom", "vad": "Vad som begärs"}
HJALP = {
    "vad": "Vilken handling eller vilka uppgifter. Skriv inte vem som frågar, och inte vad den ska användas till.",
}


class UtlamnandeForm(EngangsFormular, Begaran, forms.ModelForm):
    field_order = (*FALT, "nummer")

    class Meta:
        model = Utlamnande
        fields = FALT
        widgets, labels, help_texts = WIDGETS, ETIKETTER, HJALP


class UtlamnandeAndraForm(VersionFormular, Begaran, forms.ModelForm):
    """The request, and the answer to it."""

    field_order = ("svar", "besvarat", "motivering", *FALT, "nummer")

    class Meta:
        model = Utlamnande
        fields = ("svar", "besvarat", "motivering", *FALT)
        widgets = {**WIDGETS, "motivering": forms.Textarea({"rows": 6})}
        labels = {**ETIKETTER, "svar": "Svaret", "besvarat": "Besvarades"}
        help_texts = {
            **HJALP,
            "besvarat": "Tomt betyder i dag, när det finns ett svar.",
            "motivering": "Behövs när något inte lämnas ut: vilken paragraf det är, att personen kan få ett skriftligt "
            "beslut, och hur det överklagas (till kammarrätten, inom tre veckor).",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["svar"].choices = Svar.choices
        self.order_fields(self.field_order)

    def clean_motivering(self):
        return _inte_for_lang(self.cleaned_data["motivering"].strip())

    def clean(self):
        data = super().clean()
        svar, dag = data.get("svar"), data.get("besvarat")
        if svar == Svar.VANTAR and dag:
            self.add_error("svar", "Välj vad svaret blev, eller ta bort dagen då begäran besvarades.")
        elif svar and svar != Svar.VANTAR and "besvarat" not in self.errors:
            self._dagen(data, dag or idag())
        if svar in MED_SKAL and not data.get("motivering") and "motivering" not in self.errors:
            self.add_error(
                "motivering",
                "Skriv varför, med paragrafen, och hur beslutet överklagas. Utan skäl går det inte att säga nej.",
            )
        return data

    def _dagen(self, data, dag):
        if dag > idag():
            self.add_error("besvarat", "Dagen har inte varit än. Skriv den dag då svaret lämnades.")
        elif data.get("begart") and dag < data["begart"]:
            self.add_error("besvarat", "Begäran kan inte besvaras innan den kom. Ändra någon av dagarna.")
        else:
            data["besvarat"] = dag
