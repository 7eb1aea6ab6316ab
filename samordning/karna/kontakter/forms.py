"""Forms of the contact register."""

import hashlib
import json
import re

from django import forms
from django.core.exceptions import ValidationError

from samordning.karna.andringar import skrivbar
from samordning.karna.felord import ett_namn
from samordning.karna.forms import AvtrycksFormular, EngangsFormular, Formular
from samordning.karna.kontakter import sok
from samordning.karna.kontakter.sammanslagning import FALT
from samordning.karna.models import Kontakt, Part
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import LANGSTA_SOKNING

LANGSTA_ALIAS, FLEST_ALIAS = 120, 20


class KontaktUppgifter(Formular, forms.ModelForm):
    """Somebody to call: a name, where they work, and at least one way to reach them."""

    class Meta:
        model = Kontakt
        fields = ("namn", "titel", "part", "telefon", "epost")
        labels = {"titel": "Titel eller uppdrag", "part": "Organisation"}
        widgets = {
            "telefon": forms.TextInput({"type": "tel", "class": "b-mellan", "autocomplete": "off"}),
            "namn": forms.TextInput({"autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = Part.objects.for_val()
        self.fields["part"].empty_label = "Välj organisation"
        self.fields["namn"].validators.append(ett_namn)

    def clean_telefon(self):
        telefon = self.cleaned_data["telefon"]
        if telefon and not re.fullmatch(r"\+?[\d\s()/-]{5,}", telefon):
            raise ValidationError("Skriv telefonnumret med siffror, till exempel 0980-319 200.")
        return telefon

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("telefon") and not data.get("epost"):
            self.add_error("telefon", "Skriv ett telefonnummer eller en e-postadress, så att någon kan nå personen.")
        return data


class Namnrader(forms.CharField):
    """Names, one a line, as a list."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        rader = [" ".join(rad.split()) for rad in super().clean(value).splitlines()]
        namn = list({rad.casefold(): rad for rad in reversed(rader) if rad}.values())[::-1]
        if langa := [ett for ett in namn if len(ett) > LANGSTA_ALIAS]:
            raise ValidationError(f"”{langa[0][:40]} …” är för långt. Skriv ett namn på varje rad.")
        if len(namn) > FLEST_ALIAS:
            raise ValidationError(f"Skriv högst {FLEST_ALIAS} andra stavningar. Nu är de {len(namn)}.")
        return namn


class KontaktFalt(KontaktUppgifter):
    """Everything that the register says of a person."""

    alias = Namnrader(
        label="Andra stavningar och tidigare namn",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Ett namn på varje rad. Sökningen hittar personen också under dem.",
    )
    field_order = ("namn", "alias", "titel", "part", "telefon", "epost")

    class Meta(KontaktUppgifter.Meta):
        fields = (*KontaktUppgifter.Meta.fields, "alias")

    def clean(self):
        data = super().clean()
        namn = (data.get("namn") or "").casefold()
        if "alias" in data:
            data["alias"] = [ett for ett in data["alias"] if ett.casefold() != namn]
        return data


class KontaktForm(EngangsFormular, KontaktFalt):
    """A new contact. Somebody who is called the same is pointed out once, before there are two of them."""

    anda = forms.BooleanField(
        label="Det är en annan person som heter likadant", required=False, widget=forms.HiddenInput
    )
    field_order = ("anda", *KontaktFalt.field_order)
    samma_namn = ()

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("anda"):
            self.samma_namn = list(sok.med_samma_namn(data["namn"])[:5])
            if self.samma_namn:
                self.fields["anda"].widget = forms.CheckboxInput()
                self.add_error(
                    "anda",
                    "Någon i registret heter redan så. Är det samma person finns uppgifterna där. "
                    "Är det en annan kryssar du i och sparar igen.",
                )
        return data


class KontaktAndraForm(AvtrycksFormular, KontaktFalt):
    """A contact that exists; somebody may be changing it from the page of an insats too."""


class KontaktFilter(forms.Form):
    alla_frivilliga = True

    sok = forms.CharField(label="Namn, e-post eller telefon", required=False, max_length=LANGSTA_SOKNING)
    part = forms.ModelChoiceField(
        Part.objects.none(), label="Organisation", required=False, empty_label="Alla organisationer"
    )

    def __init__(self, data):
        super().__init__(data)
        parter = Kontakt.objects.values("part")
        self.fields["part"].queryset = Part.objects.filter(pk__in=parter).order_by(SvenskOrdning("namn"))

    @property
    def anvands(self):
        return bool(self["sok"].value() or self["part"].value())

    def filter(self, kontakter):
        self.is_valid()  # a part that is gone narrows nothing
        if part := self.cleaned_data.get("part"):
            kontakter = kontakter.filter(part=part)
        return sok.sok(kontakter, self.cleaned_data.get("sok") or "")


class SammanslagningForm(Formular, forms.Form):
    """Which of two values stays, for every field where the rows differ."""

    ETIKETTER = {"namn": "Vilket namn ska gälla?", "titel": "Vilken titel ska gälla?",
                 "part": "Vilken organisation ska gälla?", "telefon": "Vilket telefonnummer ska gälla?",
                 "epost": "Vilken e-postadress ska gälla?"}  # fmt: skip
    HJALP = {"namn": "Det andra blir en annan stavning, så att sökningen hittar båda."}

    def __init__(self, *args, stannar, gar, **kwargs):
        super().__init__(*args, **kwargs)
        self.par = (stannar, gar)
        for falt in FALT:
            ena, andra = (getattr(rad, falt) for rad in self.par)
            if ena and andra and ena != andra:
                self.fields[falt] = forms.ChoiceField(
                    label=self.ETIKETTER[falt], help_text=self.HJALP.get(falt, ""), widget=forms.RadioSelect,
                    choices=[("0", str(ena)), ("1", str(andra))], initial="0",
                )  # fmt: skip
        self.avtryck = _avtryck(self.par)
        self.fields["avtryck"] = forms.CharField(widget=forms.HiddenInput, initial=self.avtryck, required=False)

    def clean(self):
        data = super().clean()
        if data.get("avtryck") != self.avtryck:
            self.data = self.data.copy()
            self.data[self.add_prefix("avtryck")] = self.avtryck
            raise ValidationError(
                "Någon annan har ändrat uppgifterna medan du läste. Inget har ändrats av dig. Så här ser de ut nu: "
                "kontrollera valen och slå ihop igen."
            )
        return data

    def varden(self):
        """{field: the value that stays}"""
        valda = {}
        for falt in FALT:
            ena, andra = (getattr(rad, falt) for rad in self.par)
            valda[falt] = self.par[int(self.cleaned_data[falt])] if falt in self.fields else None
            valda[falt] = getattr(valda[falt], falt) if valda[falt] else ena or andra
        return valda


def _avtryck(par):
    varden = [[rad.pk, *(skrivbar(getattr(rad, falt)) for falt in FALT), rad.alias] for rad in par]
    return hashlib.sha256(json.dumps(varden).encode()).hexdigest()[:32]
