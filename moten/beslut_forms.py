"""Forms of a decision. Which body may decide what follows from where the case is."""

import re

from django import forms
from django.core.exceptions import ValidationError

from moten.models import Arende, Beslut, Mote, Organ
from samordning.karna.forms import Datum, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.templatetags.samordning import datum

PARAGRAF = re.compile(r"^(?:§|paragraf)?\s*(\d{1,4})\s*([a-zåäö]?)$", re.IGNORECASE)
SENASTE_MOTEN = 6
# Where the case is: (the body that has it, what it may decide). AU otherwise sends the case on to the board.
FAR_BESLUTA = {
    Arende.Lage.STYRELSE: (Organ.Slag.STYRELSE, tuple(Beslut.Utfall)),
    Arende.Lage.AU: (Organ.Slag.AU, (Beslut.Utfall.ATERREMISS,)),
}


class Beslutsfalt(Regelformular, forms.ModelForm):
    """What is the same when a decision is written and when it is corrected."""

    regelfalt = {"beslut_paragraf_en_gang": "paragraf"}

    def clean_paragraf(self):
        """ "34", "§34" and "Paragraf 34" are "§ 34". What a meeting's close gave ("7, 12/3") may stand."""
        if self.instance.pk and self.cleaned_data["paragraf"] == self.initial["paragraf"]:
            return self.cleaned_data["paragraf"]
        if not (traff := PARAGRAF.match(self.cleaned_data["paragraf"].strip())):
            raise ValidationError("Skriv paragrafens nummer, till exempel § 34.")
        return f"§ {int(traff[1])}{traff[2].lower()}"

    def kontrollera_dagar(self, data):
        dag, justerat = data.get("datum"), data.get("justerat")
        if dag and dag > idag():
            self.add_error("datum", "Mötet har inte varit än. Skriv in beslutet när det är fattat.")
        elif dag and dag < self.instance.arende.inkom:
            inkom = datum(self.instance.arende.inkom)
            self.add_error("datum", f"Ärendet kom in {inkom}, så beslutet kan inte vara tidigare. Kontrollera dagen.")
        if justerat and justerat > idag():
            self.add_error("justerat", "Dagen har inte varit än. Lämna tomt tills protokollet är justerat.")
        elif justerat and dag and justerat < dag:
            self.add_error("justerat", "Protokollet kan inte vara justerat före mötet. Kontrollera dagarna.")


class BeslutForm(EngangsFormular, Beslutsfalt):
    """A new decision, on the day of a meeting that is chosen or typed."""

    mote = forms.ModelChoiceField(
        Mote.objects.none(), label="Möte", required=False, empty_label="Skriv dagen själv",
        help_text="Dagen och organet hämtas från mötet.",
    )  # fmt: skip

    class Meta:
        model = Beslut
        fields = ("organ", "datum", "paragraf", "utfall", "motivering", "justerat")
        widgets = {
            "datum": Datum, "justerat": Datum, "utfall": forms.RadioSelect, "motivering": forms.Textarea({"rows": 5}),
            "paragraf": forms.TextInput({"class": "b-kort", "autocomplete": "off"}),
        }  # fmt: skip
        labels = {"datum": "Mötets dag, om du inte har valt ett möte"}
        help_texts = {"justerat": "Kan fyllas i senare.", "motivering": "Som det står i protokollet."}

    field_order = ("mote", "organ", "datum", "paragraf", "utfall", "motivering", "justerat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slag, utfall = FAR_BESLUTA[self.instance.arende.lage]
        organ = Organ.objects.filter(slag=slag)
        self.fields["organ"].queryset = organ
        self.fields["organ"].required = self.fields["datum"].required = False
        self.fields["organ"].empty_label = "Välj organ"
        varit = Mote.objects.filter(organ__slag=slag, dag__lte=idag()).select_related("organ").order_by("-dag")
        self.fields["mote"].queryset = varit.filter(pk__in=list(varit.values_list("pk", flat=True)[:SENASTE_MOTEN]))
        self.fields["mote"].label_from_instance = lambda mote: f"{mote.organ} {datum(mote.dag)}"
        self.fields["utfall"] = forms.ChoiceField(
            label="Beslut", choices=[(ett.value, ett.label) for ett in utfall], widget=forms.RadioSelect,
            error_messages={"required": "Välj vad som beslutades."},
        )  # fmt: skip
        self.order_fields(self.field_order)
        ensam = list(organ.values_list("pk", flat=True)[:2])
        if len(ensam) == 1:
            self.initial["organ"] = ensam[0]
        if len(utfall) == 1:
            self.initial["utfall"] = utfall[0].value

    def clean(self):
        data = super().clean()
        if mote := data.get("mote"):
            data["organ"], data["datum"] = mote.organ, mote.dag
        if not data.get("organ") and "organ" not in self.errors:
            self.add_error("organ", "Välj vilket organ som beslutade.")
        if not data.get("datum") and "datum" not in self.errors:
            self.add_error("datum", "Välj ett möte eller skriv mötets dag.")
        self.kontrollera_dagar(data)
        return data


class BeslutAndraForm(VersionFormular, Beslutsfalt):
    """Corrects a decision that is written. What was decided stands."""

    class Meta(BeslutForm.Meta):
        fields = ("datum", "paragraf", "motivering", "justerat")
        labels = {"datum": "Mötets dag"}

    def clean(self):
        data = super().clean()
        self.kontrollera_dagar(data)
        return data
