"""The forms of a budget that comes back as an Excel file, and of an outcome that is fetched from the ledger."""

from django import forms

from ekonomi import budgetblad_in
from samordning.karna.bilagor import Bilagefalt
from samordning.karna.forms import EngangsFormular, Formular

STORSTA_FIL = 2 * 2**20
ANDRAT_UNDER_TIDEN = (
    "Budgeten eller bokföringen har ändrats medan du tittade. Sidan visar nu hur det är. Titta igenom den och spara "
    "igen. Inget är sparat."
)


class BladForm(EngangsFormular, forms.Form):
    """The upload. `infil` is what the file holds and `innehall` its bytes."""

    fil = Bilagefalt(
        label="Budgeten som kalkylblad", typer=("xlsx",),
        help_text="Dra filen hit eller välj den. Den ska vara hämtad härifrån (xlsx), högst 2 MB.",
    )  # fmt: skip

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil.size > STORSTA_FIL:
            raise forms.ValidationError(
                "Filen är större än 2 MB. Ta bort bilder och flikar som inte hör till budgeten, och läs in den igen. "
                "Inget är sparat."
            )
        fil.seek(0)
        self.innehall = fil.read(STORSTA_FIL + 1)
        try:
            self.infil = budgetblad_in.las(self.innehall)
        except budgetblad_in.BladFel as fel:
            raise forms.ValidationError(str(fel)) from None
        return fil


class AvtryckForm(Formular, forms.Form):
    """Saves what was looked at and nothing else: `avtryck` is of what the page showed."""

    avtryck = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, avtryck, **kwargs):
        super().__init__(*args, **kwargs)
        self._avtryck = self.initial["avtryck"] = avtryck

    def clean(self):
        data = super().clean()
        if data.get("avtryck") != self._avtryck:
            self.data = self.data.copy()
            self.data[self.add_prefix("avtryck")] = self._avtryck
            raise forms.ValidationError(ANDRAT_UNDER_TIDEN)
        return data


class GranskaForm(AvtryckForm):
    """The choices of the page that shows what differs: where both have changed, and lines that are gone."""

    def __init__(self, *args, skillnad, **kwargs):
        super().__init__(*args, avtryck=skillnad.avtryck, **kwargs)
        self.skillnad = skillnad
        for nr, rad in enumerate(skillnad.krockar):
            self._kryss(f"krock_{nr}", f"Ta filens värde: {rad.efter_ord}")
        for rad in skillnad.borta:
            self._kryss(f"bort_{rad.post}", f"Ta bort ”{rad.namn}”")
        for rad in skillnad.aterfunna:
            self._kryss(f"ater_{rad.pk}", f"Lägg till ”{rad.varden['rubrik']}” igen")

    def _kryss(self, namn, text):
        self.fields[namn] = forms.BooleanField(label=text, required=False)

    def krockrader(self):
        return [(rad, self[f"krock_{nr}"]) for nr, rad in enumerate(self.skillnad.krockar)]

    def bortrader(self):
        return [(rad, self[f"bort_{rad.post}"]) for rad in self.skillnad.borta]

    def aterrader(self):
        return [(rad, self[f"ater_{rad.pk}"]) for rad in self.skillnad.aterfunna]

    def valda(self, slag):
        """The numbers or keys that are ticked."""
        return frozenset(
            int(namn.removeprefix(slag)) for namn, varde in self.cleaned_data.items() if varde and namn.startswith(slag)
        )
