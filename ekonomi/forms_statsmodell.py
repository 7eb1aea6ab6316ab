"""The forms of the state's model: its settings, a year's figures, and trying others without saving."""

import datetime

from django import forms

from ekonomi import statsmodell, statsmodell_tal
from ekonomi.forms import Kronor
from ekonomi.forms_budget import Procent
from ekonomi.models.budget import FORSTA_AR, SISTA_AR
from ekonomi.statsmodell import TALNYCKLAR, Modell, Tal
from samordning.karna.forms import TAL, Datum, EngangsFormular, Formular
from samordning.karna.models import Installning

FLEST_FORBUND = 1000
MODELLFALT = ("ram", "antal", "grund", "vikt_forsorjning", "vikt_invanare", "kapitalavdrag", "broms")


class Matt(forms.DecimalField):
    """A large figure as people type it, 12 345,6; never below zero."""

    def __init__(self, decimaler=0, **kwargs):
        widget = forms.TextInput({"inputmode": "decimal" if decimaler else "numeric", "class": "b-kort"})
        super().__init__(min_value=0, max_digits=15, decimal_places=decimaler, widget=widget, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else statsmodell.tal_i_ord(value)


def modellfalt(modell: Modell, krav=True):
    """The fields of the settings, filled in with a model."""
    return {
        "ram": Kronor(
            label="Statens ram för alla förbund", required=krav, initial=modell.ram,
            help_text="Kronor för ett år, ur regleringsbrevet eller Försäkringskassans beslut.",
        ),
        "antal": forms.IntegerField(
            label="Antal förbund i landet", required=krav, initial=modell.antal, min_value=1, max_value=FLEST_FORBUND,
            widget=forms.TextInput(TAL),
        ),
        "grund": Kronor(label="Grund till varje förbund", initial=modell.grund, help_text="Kronor för ett år."),
        "vikt_forsorjning": Procent(
            label="Försörjningsmåttet väger, procent", initial=_procent(modell.vikt_forsorjning), max_digits=6,
            decimal_places=3,
        ),
        "vikt_invanare": Procent(
            label="Invånarna 16–64 år väger, procent", initial=_procent(modell.vikt_invanare), max_digits=6,
            decimal_places=3,
        ),
        "kapitalavdrag": forms.TypedChoiceField(
            label="Dra av eget kapital som är över regeln", choices=(("nej", "Nej"), ("ja", "Ja")),
            coerce=lambda val: val == "ja", initial="ja" if modell.kapitalavdrag else "nej",
            help_text="Hur stort avdraget är är inte bekräftat. Ja betyder att allt över regeln dras av.",
        ),
        "broms": Procent(
            label="Bromsen: högst så många procent lägre än året före", required=False, initial=_procent(modell.broms),
            max_digits=6, decimal_places=3, help_text="Tomt betyder ingen broms.",
        ),
    }  # fmt: skip


def talfalt(tal: Tal, krav=True):
    """The fields of a year's figures."""
    return {
        "fm": Matt(2, label="Försörjningsmåttet i vårt område", required=krav, initial=tal.fm),
        "fm_alla": Matt(
            2, label="Försörjningsmåttet i alla förbunds områden", required=krav, initial=tal.fm_alla,
            help_text="Summan för alla förbund, inte för hela landet.",
        ),
        "inv": Matt(0, label="Invånare 16–64 år i vårt område", required=krav, initial=tal.inv),
        "inv_alla": Matt(0, label="Invånare 16–64 år i alla förbunds områden", required=krav, initial=tal.inv_alla),
        "kapital": Kronor(
            label="Vårt eget kapital när året började", required=False, min_value=None, initial=tal.kapital,
            help_text="Tomt tar det som står i årets budget.",
        ),
    }  # fmt: skip


class _Ny(EngangsFormular, forms.ModelForm):
    """A new row of a setting; the rows before it stay."""

    def spara(self, *, av, nyckel, falt):
        rad = self.save(commit=False)
        rad.nyckel, rad.skapad_av = nyckel, av
        rad.varde = {namn: statsmodell_tal.json_tal(self.cleaned_data[namn]) for namn in falt}
        rad.save()
        return rad

    def egna_falt(self):
        return [self[namn] for namn in self.fields if namn != "inskick"]


class ModellForm(_Ny):
    class Meta:
        model = Installning
        fields = ("giltig_fran", "beslut_text")
        widgets = {"giltig_fran": Datum}
        labels = {"giltig_fran": "Gäller från och med", "beslut_text": "Källa"}
        help_texts = {
            "giltig_fran": "Ett år räknas med det som gäller när året slutar.",
            "beslut_text": "Varifrån uppgifterna kommer, till exempel regleringsbrevet och dagen.",
        }

    def __init__(self, *args, modell, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= modellfalt(modell)

    def clean(self):
        data = super().clean()
        if not self.errors:
            for namn, fel in statsmodell.hinder_modell(Modell(**{namn: data[namn] for namn in MODELLFALT})).items():
                self.add_error(namn, fel)
        return data

    def skriv(self, av):
        return self.spara(av=av, nyckel=statsmodell_tal.NYCKEL, falt=MODELLFALT)


class TalForm(_Ny):
    """The figures of one year. What the year is, the address says."""

    class Meta:
        model = Installning
        fields = ("beslut_text",)
        labels = {"beslut_text": "Källa"}
        help_texts = {"beslut_text": "Varifrån talen kommer, till exempel Försäkringskassans underlag och dagen."}

    def __init__(self, *args, ar, tal, **kwargs):
        super().__init__(*args, **kwargs)
        self._ar = ar
        kalla = self.fields.pop("beslut_text")
        self.fields |= talfalt(tal) | {"beslut_text": kalla}

    def clean(self):
        data = super().clean()
        if not self.errors:
            for namn, fel in statsmodell.hinder_tal(Tal(**{namn: data[namn] for namn in TALNYCKLAR})).items():
                self.add_error(namn, fel)
        return data

    def skriv(self, av):
        self.instance.giltig_fran = datetime.date(self._ar, 1, 1)
        return self.spara(av=av, nyckel=statsmodell_tal.ARETS_NYCKEL, falt=TALNYCKLAR)


class ProvForm(Formular, forms.Form):
    """Other figures than those that are saved, in the address: nothing is written."""

    def __init__(self, *args, underlag, **kwargs):
        super().__init__(*args, **kwargs)
        self._underlag = underlag
        self.fields["ar"] = forms.IntegerField(widget=forms.HiddenInput, initial=underlag.ar)
        self.fields |= talfalt(underlag.tal) | modellfalt(underlag.modell)
        self.fields["kapital"].help_text = ""

    @classmethod
    def av(cls, fraga, underlag):
        """Bound only when somebody tries something."""
        bunden = any(namn in fraga for namn in ("fm", "ram", "inv"))
        return cls(fraga, underlag=underlag) if bunden else cls(underlag=underlag)

    def clean(self):
        data = super().clean()
        if not self.errors:
            for namn, fel in statsmodell.hinder(self.modell(), self.tal()).items():
                self.add_error(namn, fel)
        return data

    def modell(self):
        return Modell(**{namn: self.cleaned_data[namn] for namn in MODELLFALT})

    def tal(self):
        ur_budgeten = {namn: getattr(self._underlag.tal, namn) for namn in ("tilldelning_fore", "stat_fore")}
        return Tal(**{namn: self.cleaned_data[namn] for namn in TALNYCKLAR}, **ur_budgeten)


class ArForm(Formular, forms.Form):
    ar = forms.TypedChoiceField(label="År", coerce=int, choices=())

    def __init__(self, *args, aren, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [(ar, ar) for ar in aren]


def valt_ar(fraga, forvalt):
    """The year of the address; `forvalt` when it says none that can be."""
    text = fraga.get("ar", "")
    ar = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return ar if FORSTA_AR < ar < SISTA_AR else forvalt


def _procent(varde):
    return None if varde is None else statsmodell.tal_i_ord(varde)
