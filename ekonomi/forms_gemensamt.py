"""The forms of shared costs: who shares them, and what the year's settlement is tried with."""

from django import forms

from ekonomi import gemensamt_las, statsmodell
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.forms_budget import Procent
from ekonomi.gemensamt import HUNDRA, Parter
from samordning.karna.forms import Datum, EngangsFormular, Formular
from samordning.karna.models import Installning

MINST_RADER, FLEST_RADER, TOMMA_RADER = 3, 20, 1


class ParterForm(EngangsFormular, forms.ModelForm):
    """A new value of the setting; the ones before it stay."""

    class Meta:
        model = Installning
        fields = ("giltig_fran", "beslut_text")
        widgets = {"giltig_fran": Datum}
        labels = {"giltig_fran": "Gäller från och med", "beslut_text": "Överenskommelsen"}
        help_texts = {
            "giltig_fran": "Ett år delas med det som gäller när året slutar.",
            "beslut_text": "Vilka som kom överens och när, gärna paragraf.",
        }

    def __init__(self, *args, parter: Parter, vart_namn, **kwargs):
        super().__init__(*args, **kwargs)
        self._vart = vart_namn
        skickade = skickade_rader(self.data, "namn_{}", FLEST_RADER)
        self._antal = min(FLEST_RADER, max(MINST_RADER, len(parter.andra) + TOMMA_RADER, skickade))
        for nr in range(self._antal):
            namn, andel = parter.andra[nr] if nr < len(parter.andra) else ("", None)
            self.fields[f"namn_{nr}"] = forms.CharField(
                label=f"Förbund, rad {nr + 1}", required=False, max_length=120, initial=namn
            )
            self.fields[f"procent_{nr}"] = Procent(
                label=f"Andel i procent, rad {nr + 1}", required=False, max_digits=6, decimal_places=3,
                initial=None if andel is None else statsmodell.tal_i_ord(andel),
            )  # fmt: skip
        val = [(0, vart_namn), *((nr + 1, f"Förbundet på rad {nr + 1}") for nr in range(self._antal))]
        self.fields["forst"] = forms.TypedChoiceField(
            label="Betalar först", choices=val, coerce=int, initial=parter.forst,
            help_text="Går att ändra för varje kostnad när året räknas av.",
        )  # fmt: skip

    def egna_falt(self):
        return [self[namn] for namn in (*self._meta.fields, "forst")]

    def parterna(self):
        """[(name, percent)] for the template's table."""
        return [(self[f"namn_{nr}"], self[f"procent_{nr}"]) for nr in range(self._antal)]

    def clean(self):
        data = super().clean()
        self._andra, self._rader = {}, []
        for nr in range(self._antal):
            if {f"namn_{nr}", f"procent_{nr}"} & self.errors.keys():
                continue
            self._rad(nr, " ".join((data[f"namn_{nr}"] or "").split()), data[f"procent_{nr}"])
        if not self.errors and sum(self._andra.values()) >= HUNDRA:
            self.add_error("procent_0", "De andras andelar blir 100 procent eller mer, och då är inget vårt.")
        if not self._andra and not self.errors:
            self.add_error("namn_0", "Skriv minst ett förbund som delar kostnaderna med oss.")
        rad = data.get("forst") or 0
        if rad and not self.errors and rad - 1 not in self._rader:
            self.add_error("forst", f"Rad {rad} är tom. Välj ett förbund som står ovanför.")
        elif not self.errors:
            self._forst = self._rader.index(rad - 1) + 1 if rad else 0
        return data

    def _rad(self, nr, namn, andel):
        if not namn and andel is None:
            return
        if not namn:
            self.add_error(f"namn_{nr}", f"Skriv vilket förbund som betalar {andel} procent, eller töm raden.")
        elif not andel:
            self.add_error(f"procent_{nr}", f"Skriv hur många procent {namn} betalar, eller töm raden.")
        elif namn.casefold() == self._vart.casefold():
            self.add_error(f"namn_{nr}", "Vår egen andel står på raden i budgeten. Skriv bara de andra här.")
        elif namn.casefold() in (ett.casefold() for ett in self._andra):
            self.add_error(f"namn_{nr}", f"{namn} står på två rader. Skriv förbundet en gång.")
        else:
            self._andra[namn] = andel
            self._rader.append(nr)

    def skriv(self, av):
        rad = self.save(commit=False)
        rad.nyckel, rad.skapad_av = gemensamt_las.NYCKEL, av
        rad.varde = {"andra": [[namn, str(andel)] for namn, andel in self._andra.items()], "forst": self._forst}
        rad.save()
        return rad


class AvrakningForm(Formular, forms.Form):
    """What each cost came to and who paid it, in the address: nothing is written. An empty field is the budget."""

    def __init__(self, *args, kostnader, namn, **kwargs):
        super().__init__(*args, **kwargs)
        self._kostnader = kostnader
        val = list(enumerate(namn))
        for rad in kostnader:
            self.fields[f"totalt_{rad.pk}"] = Kronor(label=f"Hela kostnaden, {rad.namn}", required=False)
            self.fields[f"betalar_{rad.pk}"] = forms.TypedChoiceField(
                label=f"Betalar först, {rad.namn}", choices=val, coerce=int, required=False, initial=rad.betalar,
                empty_value=rad.betalar,
            )  # fmt: skip

    @classmethod
    def av(cls, fraga, kostnader, namn):
        bunden = any(nyckel.startswith(("totalt_", "betalar_")) for nyckel in fraga)
        return cls(fraga if bunden else None, kostnader=kostnader, namn=namn)

    def rader(self):
        """[(cost, its sum's field, who pays)] for the template's table."""
        return [(rad, self[f"totalt_{rad.pk}"], self[f"betalar_{rad.pk}"]) for rad in self._kostnader]

    def valt(self, slag):
        """{line: what is said of it}; nothing of a field that is wrong."""
        if not self.is_bound:
            return {}
        self.full_clean()
        data = {rad.pk: self.cleaned_data.get(f"{slag}_{rad.pk}") for rad in self._kostnader}
        return {pk: varde for pk, varde in data.items() if varde is not None}
