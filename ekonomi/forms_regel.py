"""The form of the rule about equity: its steps from a day on, as the association has decided them."""

from django import forms

from ekonomi.belopp import BASKODER, kr
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.reports import REGELNYCKEL
from samordning.karna.forms import Datum, EngangsFormular
from samordning.karna.models import Installning

MINST_RADER, FLEST_RADER = 4, 10
BASER = (("", "Inte bestämt, båda visas"), ("total", "Hela tilldelningen"), ("stat", "Statens del av tilldelningen"))
KODER = {namn: kod for kod, namn in BASKODER.items()}


class RegelForm(EngangsFormular, forms.ModelForm):
    """A new value of the setting; the values before it stay. `regel`: the Kapitalregel to start from."""

    class Meta:
        model = Installning
        fields = ("giltig_fran", "beslut_text")
        widgets = {"giltig_fran": Datum}
        labels = {"giltig_fran": "Gäller från och med", "beslut_text": "Beslutet"}
        help_texts = {
            "giltig_fran": "Skrivs två regler för samma dag gäller den som skrevs sist.",
            "beslut_text": "Vem som beslutade och när, gärna paragraf.",
        }

    def __init__(self, *args, regel, **kwargs):
        super().__init__(*args, **kwargs)
        skickade = skickade_rader(self.data, "kronor_{}", FLEST_RADER)
        self.fields["bas"] = forms.ChoiceField(
            label="Andelen räknas av",
            required=False,
            choices=BASER,
            initial=KODER.get(regel.bas, ""),
            help_text="Regelns text säger inte vilket. Har styrelsen bestämt det jämförs bara med det.",
        )
        self._antal = min(FLEST_RADER, max(MINST_RADER, len(regel.steg) + 1, skickade))
        for nr in range(self._antal):
            till, andel = regel.steg[nr] if nr < len(regel.steg) else (None, None)
            self.fields[f"kronor_{nr}"] = Kronor(
                label=f"Tilldelning till och med, rad {nr + 1}", required=False, initial=till
            )
            self.fields[f"procent_{nr}"] = forms.DecimalField(
                label=f"Högst procent, rad {nr + 1}", required=False, min_value=0, max_value=100, max_digits=4,
                decimal_places=1, initial=None if andel is None else f"{andel.normalize():f}".replace(".", ","),
                localize=True, widget=forms.TextInput({"inputmode": "decimal", "class": "b-kort"}),
            )  # fmt: skip

    def egna_falt(self):
        return [self[namn] for namn in (*self._meta.fields, "bas")]

    def stegrader(self):
        """[(sum, percent)] for the template's table."""
        return [(self[f"kronor_{nr}"], self[f"procent_{nr}"]) for nr in range(self._antal)]

    def clean(self):
        data = super().clean()
        self.steg = {}
        for nr in range(self._antal):
            falt_kronor, falt_procent = f"kronor_{nr}", f"procent_{nr}"
            if falt_kronor in self.errors or falt_procent in self.errors:
                continue
            till, andel = data[falt_kronor], data[falt_procent]
            if till is None and andel is None:
                continue
            if till is None:
                self.add_error(falt_kronor, f"Skriv till och med vilken tilldelning {andel} procent gäller.")
            elif andel is None:
                self.add_error(falt_procent, f"Skriv högsta procent för {kr(till)}, eller töm raden.")
            elif till in self.steg:
                self.add_error(falt_kronor, f"{kr(till)} står på två rader. Skriv varje belopp en gång.")
            else:
                self.steg[till] = andel
        if not self.steg and not self.errors:
            self.add_error("kronor_0", "Skriv minst ett steg. Utan steg finns ingen regel att jämföra med.")
        return data

    def spara(self, *, av):
        """The new row. Numbers that are not whole are text in JSON, so that no decimal is lost."""
        rad = self.save(commit=False)
        rad.nyckel, rad.skapad_av = REGELNYCKEL, av
        rad.varde = [[_tal(till), _tal(andel)] for till, andel in sorted(self.steg.items())]
        if bas := self.cleaned_data["bas"]:
            rad.varde = {"steg": rad.varde, "bas": bas}
        rad.save()
        return rad


def _tal(varde):
    return int(varde) if varde == int(varde) else str(varde.normalize())
