"""The other forms of a remiss: to begin one, the consent, to decline, and to write down one that came on paper."""

from django import forms

from remisser.falt import Telefon
from remisser.forms import DeltagareForm, OnskadForm, SituationForm, SyfteForm
from remisser.models import Avbojandeorsak, Remiss, Samtycke
from samordning.karna.forms import Datum, EngangsFormular, Formular
from samordning.karna.kalender import idag
from samordning.karna.models import Part, Roll


class Partval(forms.ModelChoiceField):
    """A unit with what it is part of."""

    def label_from_instance(self, part):
        return f"{part} ({part.del_av})" if part.del_av_id else str(part)


class NyRemissForm(EngangsFormular, forms.Form):
    """Asks where the sender works, when there is more than one answer."""

    avsandare = Partval(
        Part.objects.none(), label="Var arbetar du?", empty_label=None, widget=forms.RadioSelect,
        help_text="Remissen skickas från den enheten.", error_messages={"required": "Välj var du arbetar."},
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        enheter = user.enheter(Roll.REMITTENT)
        self.fields["avsandare"].queryset = enheter
        self.ensam = enheter.first() if len(enheter) == 1 else None
        if self.ensam:
            del self.fields["avsandare"]

    @property
    def enhet(self):
        return self.ensam or self.cleaned_data["avsandare"]


class SamtyckeForm(Formular, forms.Form):
    """M183, M186 and M187: the consent as data. Without the first there is no remiss."""

    alla_frivilliga = True
    use_required_attribute = False

    samtycke = forms.BooleanField(
        label="Deltagaren har sagt ja",
        error_messages={"required": "Kryssa för att deltagaren har sagt ja. Utan samtycke kan remissen inte skickas."},
    )
    satt = forms.ChoiceField(
        label="Hur har deltagaren sagt ja?", choices=Samtycke.Satt.choices, widget=forms.RadioSelect,
        error_messages={"required": "Välj hur deltagaren har sagt ja."},
    )  # fmt: skip
    givet = forms.DateField(
        label="Deltagaren skrev under eller sa ja den", widget=Datum,
        help_text="Spara den underskrivna blanketten hos dig.",
        error_messages={"required": "Fyll i vilken dag deltagaren skrev under eller sa ja."},
    )  # fmt: skip
    nationell = forms.BooleanField(
        label="Deltagaren har också sagt ja till nationell uppföljning (frivilligt)", required=False,
        help_text="Det är ett eget samtycke. Säger deltagaren nej påverkar det inte remissen.",
    )  # fmt: skip

    def clean_givet(self):
        dag = self.cleaned_data["givet"]
        if dag > idag():
            raise forms.ValidationError("Dagen har inte varit än. Skriv den dag då deltagaren skrev under.")
        return dag

    def skapa(self, remiss, parter):
        """The rows, with the names of the parties as they are today."""
        slag = [Samtycke.Slag.SEKRETESS] + [Samtycke.Slag.NATIONELL] * self.cleaned_data["nationell"]
        varden = {"satt": self.cleaned_data["satt"], "givet": self.cleaned_data["givet"]}
        return [Samtycke.objects.create(remiss=remiss, slag=ett, parter="\n".join(parter), **varden) for ett in slag]


class AvbojForm(Formular, forms.Form):
    """Why not: one of the association's reasons, and words where they are needed."""

    orsak = forms.ChoiceField(
        label="Varför tackar ni nej?", widget=forms.RadioSelect, error_messages={"required": "Välj en orsak."}
    )
    motivering = forms.CharField(
        label="Till den som remitterade", required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="Vad kan hen göra i stället? Skriv inte namn eller annat som pekar ut deltagaren.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.orsaker = {orsak.kod: orsak for orsak in Avbojandeorsak.objects.giltiga()}
        self.fields["orsak"].choices = [
            (namn, [(orsak.kod, orsak.text) for orsak in self.orsaker.values() if orsak.vem == vem])
            for vem, namn in Avbojandeorsak.Vem.choices
        ]

    def clean(self):
        data = super().clean()
        if data.get("orsak") == Avbojandeorsak.ANNAT and not data.get("motivering"):
            self.add_error("motivering", "Beskriv orsaken med några ord.")
        return data

    @property
    def vald(self):
        return self.orsaker[self.cleaned_data["orsak"]]


class PapperForm(EngangsFormular, DeltagareForm, SituationForm, OnskadForm, SyfteForm):
    """A remiss that came on paper, on one page: everything that Bilaga 1 says, and whose it is."""

    avsandare = Partval(
        Part.objects.none(), label="Vem skickade remissen?", empty_label="Välj organisation",
        error_messages={"required": "Välj vem som skickade remissen."},
    )  # fmt: skip
    # The same questions about somebody else.
    handlaggare = forms.CharField(
        label="Handläggarens namn", max_length=120,
        widget=forms.TextInput({"class": "b-mellan", "autocomplete": "off"}),
    )  # fmt: skip
    handlaggare_telefon = Telefon(label="Handläggarens telefon")
    handlaggare_epost = forms.EmailField(label="Handläggarens e-post", widget=forms.EmailInput({"autocomplete": "off"}))

    class Meta:
        model = Remiss
        fields = (
            "avsandare", *DeltagareForm.Meta.fields, *SituationForm.Meta.fields, *OnskadForm.Meta.fields,
            *SyfteForm.Meta.fields,
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # As they stand on the page, for that is the order of the error summary.
        falt = [namn for namn in self.fields if namn != "avsandare"]
        plats = falt.index("handlaggare")
        self.order_fields([*falt[:plats], "avsandare", *falt[plats:]])
        self.fields["avsandare"].queryset = Part.objects.exclude(slag=Part.Slag.FORBUND).for_val()
