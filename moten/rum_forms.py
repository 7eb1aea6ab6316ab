"""Forms of the room: what the phones send, and what the kansli prepares."""

from django import forms
from django.core.validators import MaxLengthValidator

from moten import ordrunda
from moten.models import (
    Grupp,
    Grupparbete,
    Narvaro,
    Omrostning,
    Ordrunda,
    Ordsvar,
    Utvarderingsfraga,
    Yttrande,
)
from samordning.karna.forms import TAL, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.models.part import SvenskOrdning

LANGSTA_SVAR, FLEST_ALTERNATIV, FLEST_GRUPPER = 5_000, 40, 12
STJARNOR = [("5", "5 – mycket bra"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1 – inte alls bra")]


HOPPA = "hoppa"


def _fyll(form, annars):
    """What a phone did not send is the choice that says nothing: an answer never fails for a box left alone."""
    if form.is_bound:
        form.data = form.data.copy()
        for namn, falt in form.fields.items():
            if isinstance(falt, forms.ChoiceField) and annars in dict(falt.choices):
                form.data.setdefault(namn, annars)


class KodForm(Formular, forms.Form):
    kod = forms.CharField(
        label="Mötets kod", max_length=20, help_text="Sex tecken. Koden visas i rummet.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "class": "b-kort"}),
    )  # fmt: skip


class GruppForm(VersionFormular, forms.ModelForm):
    """The group's paper. Two phones that write at once see both texts."""

    class Meta:
        model = Grupp
        fields = ("stallning", "text")
        widgets = {"stallning": forms.RadioSelect, "text": forms.Textarea({"rows": 8})}
        labels = {"text": "Vad säger gruppen?"}
        help_texts = {"text": "Inget om enskilda deltagare."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.append(MaxLengthValidator(LANGSTA_SVAR))
        if self.instance.arbete.staller:
            self.fields["stallning"].choices = [("", "Inte bestämt än"), *Yttrande.Stallning.choices]
        else:
            del self.fields["stallning"]


class RostForm(Formular, forms.Form):
    """Dots on options, `antal()` of them each."""

    def __init__(self, *args, omrostning, har=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.omrostning = omrostning
        hogst = min(omrostning.prickar, omrostning.per_alternativ or omrostning.prickar)
        val = [(str(nr), "Ingen" if not nr else f"{nr} {'prick' if nr == 1 else 'prickar'}") for nr in range(hogst + 1)]
        for rad in omrostning.alternativ.all():
            self.fields[f"val_{rad.pk}"] = forms.ChoiceField(
                label=rad.text, choices=val, initial=str((har or {}).get(rad.pk, 0))
            )
        _fyll(self, "0")

    def clean(self):
        data = super().clean()
        self.antal = {
            int(namn.removeprefix("val_")): int(varde or 0) for namn, varde in data.items() if namn.startswith("val_")
        }
        summa = sum(self.antal.values())
        if summa > self.omrostning.prickar:
            far = self.omrostning.prickar
            self.add_error(None, f"Du har satt {summa} prickar och får sätta {far}. Ta bort några. Inget är sparat.")
        elif not summa and not self.errors:
            self.add_error(None, "Sätt minst en prick.")
        return data


class SvarForm(Formular, forms.Form):
    """The questions of an evaluation."""

    def __init__(self, *args, fragor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fragor = {f"fraga_{rad.pk}": rad for rad in fragor}
        for namn, rad in self.fragor.items():
            self.fields[namn] = self._falt(rad)
        _fyll(self, HOPPA)

    def _falt(self, rad):
        fel = {"required": f"Svara på ”{rad.text}”."}
        krav = {"label": rad.text, "required": not rad.far_hoppas, "error_messages": fel}
        if rad.slag in (rad.Slag.STJARNOR, rad.Slag.JA_NEJ):
            val = STJARNOR if rad.slag == rad.Slag.STJARNOR else [("1", "Ja"), ("0", "Nej")]
            if not rad.far_hoppas:
                return forms.ChoiceField(choices=val, widget=forms.RadioSelect, **krav)
            val = [*val, (HOPPA, "Hoppa över")]
            return forms.ChoiceField(choices=val, widget=forms.RadioSelect, initial=HOPPA, **krav | {"required": True})
        if rad.slag == rad.Slag.ETT_ORD:
            return forms.CharField(max_length=40, widget=forms.TextInput({"autocomplete": "off"}), **krav)
        return forms.CharField(max_length=500, widget=forms.Textarea({"rows": 3}), **krav)

    def clean(self):
        data = super().clean()
        self.svaren = {}
        for namn, rad in self.fragor.items():
            varde = (data.get(namn) or "").strip()
            if varde and varde != HOPPA:
                tal = rad.slag in (rad.Slag.STJARNOR, rad.Slag.JA_NEJ)
                self.svaren[rad.pk] = int(varde) if tal else varde
        if not self.svaren and not self.errors:
            self.add_error(None, "Svara på minst en fråga.")
        return data


class OrdForm(Formular, forms.Form):
    """A few words of one person."""

    text = forms.CharField(
        label="Ditt svar", max_length=200, help_text="Ett ord eller en kort mening. Alla i rummet ser svaret.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Skriv ett ord eller en kort mening."},
    )  # fmt: skip
    namn = forms.CharField(
        label="Ditt namn", max_length=80, required=False, help_text="Skrivs ut i anteckningarna.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip

    @property
    def svaret(self):
        return {falt: self.cleaned_data[falt] for falt in ("text", "namn")}


# ---- What the kansli prepares


class OrdrundaForm(Formular, forms.ModelForm):
    class Meta:
        model = Ordrunda
        fields = ("fraga",)
        help_texts = {"fraga": "Till exempel Hur är läget? eller Ett ord om dagen."}


class SvarsraderForm(EngangsFormular, forms.Form):
    """What was said aloud, as it is to be printed."""

    svar = forms.CharField(
        label="Svar", widget=forms.Textarea({"rows": 5}),
        help_text="Ett på varje rad, i den ordning de sägs: Namn: svar, eller bara svaret.",
        error_messages={"required": "Skriv minst ett svar."},
    )  # fmt: skip

    def __init__(self, *args, antal=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.antal = antal

    def clean_svar(self):
        rader = ordrunda.tolka(self.cleaned_data["svar"])
        if lang := next((text for _, text in rader if len(text) > 200), None):
            raise forms.ValidationError(f"”{lang[:40]}…” är längre än 200 tecken. Korta det.")
        if self.antal + len(rader) > ordrunda.FLEST:
            raise forms.ValidationError(f"En runda kan ha högst {ordrunda.FLEST} svar.")
        return rader


class OrdsvarForm(VersionFormular, forms.ModelForm):
    class Meta:
        model = Ordsvar
        fields = ("namn", "text")


class GrupparbeteForm(Formular, forms.ModelForm):
    antal = forms.IntegerField(
        label="Antal grupper", min_value=1, max_value=FLEST_GRUPPER, initial=5, widget=forms.TextInput(TAL),
        help_text="De som är här lottas så att parterna blandas.",
    )  # fmt: skip

    class Meta:
        model = Grupparbete
        fields = ("fragor", "staller")
        widgets = {"fragor": forms.Textarea({"rows": 4})}
        help_texts = {"staller": "Svaren blir yttranden i ärendet när mötet avslutas."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fragor"].validators.append(MaxLengthValidator(LANGSTA_SVAR))
        if self.instance.pk:
            self.initial["antal"] = self.instance.grupper.count() or 5
        if not self.instance.punkt.arende_id:
            del self.fields["staller"]


class FlyttaForm(Formular, forms.Form):
    narvaro = forms.ModelChoiceField(Narvaro.objects.none(), label="Person", empty_label="Välj person")
    grupp = forms.ModelChoiceField(Grupp.objects.none(), label="Till", required=False, empty_label="Ingen grupp")

    def __init__(self, *args, arbete, **kwargs):
        super().__init__(*args, **kwargs)
        har = arbete.punkt.mote.narvaro.filter(status=Narvaro.Status.NARVARANDE).select_related("kontakt")
        self.fields["narvaro"].queryset = har.order_by(SvenskOrdning("kontakt__namn"), "pk")
        self.fields["narvaro"].label_from_instance = lambda rad: rad.kontakt.namn
        self.fields["grupp"].queryset = arbete.grupper.all()


class OmrostningForm(EngangsFormular, Regelformular, forms.ModelForm):
    regelfalt = {"omrostning_rimliga_prickar": "prickar"}

    alternativ = forms.CharField(
        label="Alternativ", widget=forms.Textarea({"rows": 8}), help_text="Ett på varje rad.",
        error_messages={"required": "Skriv minst två alternativ, ett på varje rad."},
    )  # fmt: skip

    class Meta:
        model = Omrostning
        fields = ("fraga", "prickar", "per_alternativ", "visas")
        widgets = {"prickar": forms.TextInput(TAL), "per_alternativ": forms.TextInput(TAL)}
        help_texts = {"per_alternativ": "Lämna tomt om alla prickar får sättas på samma."}

    field_order = ("fraga", "alternativ", "prickar", "per_alternativ", "visas")

    def clean_alternativ(self):
        rader = list(dict.fromkeys(" ".join(rad.split()) for rad in self.cleaned_data["alternativ"].splitlines()))
        rader = [rad for rad in rader if rad]
        if len(rader) < 2:
            raise forms.ValidationError("Skriv minst två olika alternativ, ett på varje rad.")
        if len(rader) > FLEST_ALTERNATIV:
            raise forms.ValidationError(f"Skriv högst {FLEST_ALTERNATIV} alternativ.")
        if lang := next((rad for rad in rader if len(rad) > 200), None):
            raise forms.ValidationError(f"”{lang[:40]}…” är längre än 200 tecken. Korta det.")
        return rader


class FragaForm(EngangsFormular, Regelformular, forms.ModelForm):
    class Meta:
        model = Utvarderingsfraga
        fields = ("text", "slag", "far_hoppas")
        widgets = {"slag": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = Utvarderingsfraga.Slag.choices

    def clean_text(self):
        text = self.cleaned_data["text"]
        if self.instance.utvardering.fragor.filter(text=text).exists():
            raise forms.ValidationError("Frågan finns redan.")
        return text
