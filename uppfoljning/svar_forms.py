"""One small form for each kind of question. Nothing is chosen beforehand."""

import uuid

from django import forms

from samordning.karna.forms import Formular
from samordning.karna.gissning import ALFABET
from uppfoljning.fragor import INGEN, SKALA
from uppfoljning.lankar import LANGD

HUNDRA = range(99, 102)  # three thirds are 99
FRITEXT = 1000


class KodForm(Formular, forms.Form):
    """The code. `inskick` is the phone's own secret, drawn here and kept in its cookie once the code is redeemed."""

    kod = forms.CharField(
        label="Kod",
        max_length=40,
        help_text="Åtta bokstäver och siffror. De står på lappen som du fick av personalen.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "kodfalt"}
        ),
        error_messages={
            "required": "Skriv koden som står på lappen.",
            "max_length": f"Koden är för lång. Den har {LANGD} bokstäver och siffror.",
        },
    )
    inskick = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_inskick(self):
        return self.cleaned_data["inskick"] or uuid.uuid4()

    def clean_kod(self):
        """A code with other signs, or of another length, is a slip of the pen and no guess."""
        kod = "".join(tecken for tecken in self.cleaned_data["kod"].upper() if tecken.isalnum())
        if len(kod) != LANGD:
            raise forms.ValidationError(
                f"Koden ska ha {LANGD} bokstäver och siffror. Du har skrivit {len(kod)}. Titta på lappen igen."
            )
        if set(kod) - set(ALFABET):
            raise forms.ValidationError("Koden har aldrig siffrorna 0 och 1 eller bokstäverna O, I, Å, Ä och Ö.")
        return kod


class SkalaForm(Formular, forms.Form):
    """1 to 10 as ten radios."""

    svar = forms.TypedChoiceField(
        choices=[(n, n) for n in SKALA], coerce=int, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Välj en siffra från 1 till 10. Du kan också hoppa över frågan."
        ),
    )  # fmt: skip


class TimmarForm(Formular, forms.Form):
    """Hours a week, 0 to 60, with a comma or a point."""

    svar = forms.DecimalField(
        min_value=0, max_value=60, max_digits=4, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": "Skriv hur många timmar. Du kan också hoppa över frågan."}
        | dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Skriv timmarna som ett tal mellan 0 och 60, till exempel 12.",
        ),
    )  # fmt: skip

    def __init__(self, data=None, *args, **kwargs):
        if data is not None:
            data = data.copy()
            data["svar"] = data.get("svar", "").replace(",", ".")
        super().__init__(data, *args, **kwargs)


class ValForm(Formular, forms.Form):
    """One or several of a list: the groups of support, or the codes within one."""

    svar = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en. Du kan också hoppa över frågan.",
            "invalid_choice": "Det valet finns inte. Välj i listan.",
        },
    )

    def __init__(self, *args, val, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["svar"].choices = val

    def clean_svar(self):
        """In the order of the list, whatever the order in which they came."""
        valda = self.cleaned_data["svar"]
        if INGEN in valda and len(valda) > 1:
            raise forms.ValidationError("Du har valt ”Jag får inga pengar” och något mer. Ta bort ett val.")
        return [kod for kod, _ in self.fields["svar"].choices if kod in valda]


class AndelarForm(Formular, forms.Form):
    """How large a part each source is: quarters, or a percentage of one's own. Together they are all."""

    KVARTAR = [(25 * n, f"{25 * n} %") for n in range(1, 5)]

    def __init__(self, *args, val, **kwargs):
        super().__init__(*args, **kwargs)
        self.namn = dict(val)
        fel = "Skriv procent med hela siffror, från 1 till 100."
        for kod, namn in val:
            self.fields[f"del_{kod}"] = forms.TypedChoiceField(
                label=namn, choices=self.KVARTAR, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect, error_messages={"invalid_choice": "Välj en av delarna."},
            )  # fmt: skip
            self.fields[f"annan_{kod}"] = forms.IntegerField(
                label="Skriv procent", required=False, min_value=1, max_value=100,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "b-kort"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), fel),
            )  # fmt: skip

    def rader(self):
        """[(code, field of quarters, field of a percentage of one's own)]."""
        return [(kod, self[f"del_{kod}"], self[f"annan_{kod}"]) for kod in self.namn]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        self.procent = {kod: data[f"annan_{kod}"] or data[f"del_{kod}"] for kod in self.namn}
        for kod, procent in self.procent.items():
            if not procent:
                self.add_error(f"del_{kod}", f"Välj hur stor del det är: {self.namn[kod]}.")
        if not self.errors and (summa := sum(self.procent.values())) not in HUNDRA:
            raise forms.ValidationError(
                f"Tillsammans blir det {summa} %. Det ska bli 100 %. Ändra någon del, eller tryck på Jag vet inte."
            )
        return data


class OvrigtForm(Formular, forms.Form):
    """A few words of one's own."""

    svar = forms.CharField(
        max_length=FRITEXT, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Skriv något, eller tryck på Hoppa över.",
            "max_length": f"Texten är för lång. Den får ha högst {FRITEXT} tecken. Korta den lite.",
        },
    )  # fmt: skip
