"""Forms of the papers of a case, and of who does not take part in it."""

from django import forms
from django.core.exceptions import ValidationError

from moten.models import Handling, Jav, Ledamotskap
from samordning.karna import bilagor
from samordning.karna.forms import Datum, EngangsFormular, Formular, Regelformular
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt
from samordning.karna.models.part import SvenskOrdning


class HandlingForm(EngangsFormular, Regelformular, forms.ModelForm):
    """A paper: a file or a text, not both."""

    uppladdad = bilagor.Bilagefalt(label="Fil", required=False)

    class Meta:
        model = Handling
        fields = ("riktning", "rubrik", "datum", "motpart", "krets", "text")
        widgets = {
            "datum": Datum, "krets": forms.RadioSelect, "riktning": forms.RadioSelect,
            "text": forms.Textarea({"rows": 8}),
        }  # fmt: skip
        labels = {"rubrik": "Vad det är", "krets": "Vem som ser den"}
        help_texts = {
            "rubrik": "Till exempel Yttrande från vårdcentralen.",
            "motpart": "Av det som kom in eller skickades. Myndigheten eller organisationen, inte en enskild person.",
            "text": "Skriv här i stället för att ladda upp en fil. Inget om enskilda deltagare.",
        }

    field_order = ("riktning", "rubrik", "datum", "motpart", "uppladdad", "text", "krets")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["krets"].choices = Handling.Krets.choices
        self.fields["riktning"].choices = Handling.Riktning.choices
        self.fields["riktning"].required = False  # what says nothing was made here

    def clean_datum(self):
        dag = self.cleaned_data["datum"]
        if dag > idag():
            raise ValidationError("Dagen har inte varit än. Skriv den dag då handlingen kom in eller skrevs.")
        return dag

    def clean(self):
        data = super().clean()
        if data.get("riktning") in (Handling.Riktning.IN, Handling.Riktning.UT) and not data.get("motpart"):
            self.add_error("motpart", "Skriv varifrån handlingen kom eller vart den skickades, eller skriv okänd.")
        fil, text = data.get("uppladdad"), (data.get("text") or "").strip()
        if fil and text:
            self.add_error("text", "Välj antingen en fil eller en text. Spara dem annars som två handlingar.")
        elif not fil and not text and not {"uppladdad", "text"} & self.errors.keys():
            self.add_error("uppladdad", "Välj en fil eller skriv en text.")
        return data

    def _post_clean(self):
        # The file is stored when the form is right, so the rule that there is one is asked above.
        har_fil = bool(self.cleaned_data.get("uppladdad"))
        if har_fil:
            super(Regelformular, self)._post_clean()
        else:
            super()._post_clean()

    def spara(self, *, av):
        if fil := self.cleaned_data.get("uppladdad"):
            self.instance.fil = bilagor.spara(fil, av=av)
        return self.save()


class MakuleraForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför ska den inte gälla?", max_length=200,
        help_text="Står kvar vid handlingen, till exempel Fel ärende.",
        error_messages={"required": "Skriv varför."},
    )  # fmt: skip


class JavForm(Formular, forms.Form):
    """Somebody else among today's members."""

    kontakt = forms.ModelChoiceField(
        Kontakt.objects.none(), label="Person", empty_label="Välj ledamot", error_messages={"required": "Välj vem."}
    )
    slag = forms.ChoiceField(label="Varför", choices=Jav.Slag, widget=forms.RadioSelect, initial=Jav.Slag.JAV)

    def __init__(self, *args, utom=(), **kwargs):
        super().__init__(*args, **kwargs)
        ledamoter = Ledamotskap.objects.pagaende().values("kontakt")
        falt = self.fields["kontakt"]
        falt.queryset = (
            Kontakt.objects.filter(pk__in=ledamoter).exclude(pk__in=utom).select_related("part")
            .order_by(SvenskOrdning("namn"), "pk")
        )  # fmt: skip
        falt.label_from_instance = lambda kontakt: f"{kontakt.namn}, {kontakt.part}"
