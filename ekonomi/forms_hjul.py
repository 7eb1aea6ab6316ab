"""The forms of the annual wheel: a year, one of its days, a day that moves, and the rules."""

from django import forms

from ekonomi import arshjul
from ekonomi.forms_beslut import BeslutForm
from ekonomi.models import Arshjul, Hjulpost, Hjulregel, Ring
from ekonomi.models.hjul import Hjulfakta
from samordning.karna.forms import TAL, Datum, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.models import Anvandare
from samordning.karna.models.part import SvenskOrdning

Koppling, Bestaller = Hjulfakta.Koppling, Hjulfakta.Bestaller
FAKTA = ("rubrik", "ring", "roll", "agare", "kalla", "kalltext", "koppling", "avser", "organ", "bestaller")
MANADER = [("", "Välj"), *enumerate(arshjul.MANADER, 1)]
VECKODAGAR = [("", "Samma veckodag"), *enumerate(arshjul.VECKODAGAR)]
VILKEN = [("", "Välj"), *arshjul.VILKEN.items()]


class HjulForm(EngangsFormular, Regelformular, forms.ModelForm):
    regelfalt = {"arshjul_rimligt_ar": "ar"}

    class Meta:
        model = Arshjul
        fields = ("ar",)
        widgets = {"ar": forms.TextInput(TAL)}


class HjulbeslutForm(EngangsFormular, BeslutForm):
    """The board has decided the days of the year."""


class FaktaFalt(Regelformular):
    """What a rule and a day are about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agare = self.fields["agare"]
        agare.queryset = (
            Anvandare.objects.med_roll(*Hjulfakta.SOM_ANSVARAR).filter(is_active=True).order_by(SvenskOrdning("namn"))
        )
        agare.label_from_instance = lambda rad: rad.namn
        agare.empty_label = "Alla som har rollen"
        self.fields["organ"].empty_label = "Inget"
        self.fields["avser"].help_text = "Årsredovisningen gäller året före, budgeten året efter."
        self.fields["ring"].choices = [("", "Välj"), *Ring.choices]
        self.fields["organ"].help_text = "Behövs för ett möte, och för en punkt som önskas på en dagordning."

    def clean(self):
        data = super().clean()
        behover = data.get("koppling") == Koppling.MOTE or data.get("bestaller") == Bestaller.FORSLAG
        if behover and not data.get("organ") and "organ" not in self.errors:
            self.add_error("organ", "Välj vilket organ det gäller.")
        bas = data.get("bas")
        if data.get("koppling") == Koppling.KALLELSE and (bas is None or bas.koppling != Koppling.MOTE):
            self.add_error("bas" if "bas" in self.fields else None, "En kallelse räknas från ett möte. Välj mötet.")
        return data

    def krav_rapportmanad(self, manad, falt):
        """The half-year report is made in January or July (uppfoljning.rapportversioner)."""
        if self.cleaned_data.get("bestaller") == Bestaller.HALVARSRAPPORT and manad not in (1, 7):
            self.add_error(falt, "Halvårsrapportens utkast görs i januari eller juli. Välj en dag där.")


class PostFalt(FaktaFalt):
    """A day of a year. `hjul`: its wheel."""

    regelfalt = {"hjulpost_slut_efter_dag": "slut"}

    def __init__(self, *args, hjul, **kwargs):
        super().__init__(*args, **kwargs)
        self.hjul = hjul
        andra = hjul.poster.exclude(pk=self.instance.pk).order_by("dag", "pk")
        self.fields["bas"].queryset = andra
        self.fields["bas"].empty_label = "Inget, den står för sig"
        self.fields["bas"].label_from_instance = lambda rad: f"{rad.rubrik}, {rad.dag}"
        self.fields["bas"].help_text = "Flyttas den, frågar vi om den här ska följa med."

    def clean(self):
        data = super().clean()
        bas = data.get("bas")
        kedjan = dict(self.hjul.poster.values_list("pk", "bas")) if bas and self.instance.pk else {}
        if bas and self.instance.pk and arshjul.gar_runt(kedjan, self.instance.pk, bas.pk):
            self.add_error("bas", f"{bas.rubrik} räknas redan från den här dagen. Välj något annat.")
        mote = self.instance.mote
        if mote and "organ" not in self.errors and data.get("organ") != mote.organ:
            self.add_error("organ", f"Mötet är inlagt i {mote.organ}. Ställ in det där innan du byter organ.")
        dag = data.get("dag") or self.instance.dag
        if dag:
            self.krav_rapportmanad(dag.month, "bestaller")
        return data


class PostForm(EngangsFormular, PostFalt, forms.ModelForm):
    """A day that no rule gives."""

    class Meta:
        model = Hjulpost
        fields = ("rubrik", "ring", "dag", "slut", *(namn for namn in FAKTA if namn not in ("rubrik", "ring")), "bas")
        widgets = {"dag": Datum, "slut": Datum}
        help_texts = {"slut": "Bara om det är en period."}

    def clean_dag(self):
        dag = self.cleaned_data["dag"]
        if abs(dag.year - self.hjul.ar) > 1:
            raise forms.ValidationError(f"Dagen ska höra till årshjulet {self.hjul.ar}. Kontrollera året.")
        return dag


class PostAndraForm(VersionFormular, PostFalt, forms.ModelForm):
    """All but the day: a day moves on a page of its own, where one sees what hangs on it."""

    class Meta:
        model = Hjulpost
        fields = ("rubrik", "ring", "slut", *(namn for namn in FAKTA if namn not in ("rubrik", "ring")), "bas")
        widgets = {"slut": Datum}
        help_texts = {"slut": "Bara om det är en period."}


class NyDagForm(Formular, forms.Form):
    """Which day it would move to; the page then shows what hangs on it."""

    till = forms.DateField(label="Ny dag", widget=Datum)

    def __init__(self, *args, hjul, **kwargs):
        super().__init__(*args, **kwargs)
        self.hjul = hjul

    def clean_till(self):
        dag = self.cleaned_data["till"]
        if abs(dag.year - self.hjul.ar) > 1:
            raise forms.ValidationError(f"Dagen ska höra till årshjulet {self.hjul.ar}. Kontrollera året.")
        return dag


class FlyttForm(NyDagForm):
    """The move itself. `flyttar`: [hjulprocess.Flytt]; a decided wheel wants a reason."""

    till = forms.DateField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    folj = forms.TypedMultipleChoiceField(
        label="Flytta också", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    skal = forms.CharField(label="Varför flyttas den?", max_length=200, required=False)

    def __init__(self, *args, post, flyttar=(), **kwargs):
        super().__init__(*args, hjul=post.hjul, **kwargs)
        self.post = post
        self.fields["folj"].choices = [(rad.post.pk, rad.post.rubrik) for rad in flyttar[1:]]
        self.fields["folj"].initial = [rad.post.pk for rad in flyttar[1:] if rad.med]
        self.fields["version"].initial = post.version
        self.fields["skal"].required = post.hjul.lage == Arshjul.Lage.FASTSTALLT
        if self.fields["skal"].required:
            self.fields["skal"].help_text = "Styrelsen har beslutat om årshjulet, så skälet sparas."

    def clean_version(self):
        if self.cleaned_data["version"] != self.post.version:
            raise forms.ValidationError(
                "Någon annan har ändrat dagen medan du läste. Inget är flyttat. Välj dag en gång till."
            )
        return self.cleaned_data["version"]


class RegelFalt(FaktaFalt):
    """How the day is found: each kind asks for its own fields, and the others are emptied."""

    regelfalt = {"hjulregel_bas": "bas", "hjulregel_manad": "manad", "hjulregel_inte_sig_sjalv": "bas"}
    BEHOVER = {
        "fast": ("manad", "dag"), "veckodag": ("manad", "vilken", "veckodag"), "borjan": ("manad",),
        "mitten": ("manad",), "slutet": ("manad",), "manad": ("manad",),
        "period": ("manad", "dag", "slut_manad", "slut_dag"), "veckan_fore": ("bas",), "dagar": ("bas", "antal"),
    }  # fmt: skip
    SAKNAS = {
        "manad": "Välj månad.", "dag": "Skriv vilken dag i månaden, 1 till 31.", "vilken": "Välj vilken i månaden.",
        "veckodag": "Välj veckodag.", "slut_manad": "Välj månaden då perioden slutar.",
        "slut_dag": "Skriv dagen då perioden slutar, 1 till 31.", "bas": "Välj vad dagen räknas från.",
        "antal": "Skriv hur många dagar. Minus är före, plus är efter.",
    }  # fmt: skip
    FRIVILLIGA = {"veckan_fore": ("veckodag",), "dagar": ("arbetsdagar",)}
    NAR = ("manad", "dag", "vilken", "veckodag", "slut_manad", "slut_dag", "bas", "antal", "arbetsdagar")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = [("", "Välj"), *Hjulregel.Slag.choices]
        for namn, val in (
            ("manad", MANADER), ("slut_manad", MANADER), ("veckodag", VECKODAGAR), ("vilken", VILKEN),
        ):  # fmt: skip
            self.fields[namn] = forms.TypedChoiceField(
                label=self.fields[namn].label, choices=val, coerce=int, empty_value=None, required=False
            )
        for namn in ("dag", "slut_dag"):
            self.fields[namn] = forms.IntegerField(
                label=self.fields[namn].label, min_value=1, max_value=31, required=False, widget=forms.TextInput(TAL)
            )
        self.fields["antal"] = forms.IntegerField(
            label="Antal dagar", min_value=-366, max_value=366, required=False, help_text="Minus före, plus efter.",
            widget=forms.TextInput({"class": "b-kort"}),
        )  # fmt: skip
        self.fields["bas"].queryset = Hjulregel.objects.exclude(pk=self.instance.pk).order_by("pk")
        self.fields["bas"].empty_label = "Inget"

    def narfalt(self):
        return [self[namn] for namn in self.NAR]

    def faktafalt(self):
        return [self[namn] for namn in self.Meta.fields if namn not in (*self.NAR, "slag", "rubrik", "ring")]

    def clean(self):
        data = super().clean()
        slag = data.get("slag")
        behover, frivilliga = self.BEHOVER.get(slag, ()), self.FRIVILLIGA.get(slag, ())
        for namn in self.NAR:
            if namn in behover:
                if data.get(namn) is None and namn not in self.errors:
                    self.add_error(namn, self.SAKNAS[namn])
            elif namn not in frivilliga:
                # A field of another kind of rule says nothing, and its faults neither.
                data[namn] = False if namn == "arbetsdagar" else None
                self._errors.pop(namn, None)
        bas = data.get("bas")
        if bas and self.instance.pk:
            kedjan = dict(Hjulregel.objects.values_list("pk", "bas"))
            if arshjul.gar_runt(kedjan, self.instance.pk, bas.pk):
                self.add_error("bas", f"{bas.rubrik} räknas redan från den här regeln. Välj något annat.")
        if "manad" in behover and data.get("manad"):
            self.krav_rapportmanad(data["manad"], "manad")
        return data


class RegelMeta:
    model = Hjulregel
    fields = ("rubrik", "ring", "slag", *RegelFalt.NAR, *(n for n in FAKTA if n not in ("rubrik", "ring")), "aktiv")


class HjulregelForm(EngangsFormular, RegelFalt, forms.ModelForm):
    class Meta(RegelMeta):
        pass


class HjulregelAndraForm(VersionFormular, RegelFalt, forms.ModelForm):
    class Meta(RegelMeta):
        pass


class HjulFilter(forms.Form):
    """What the table shows. A choice that does not exist shows everything."""

    alla_frivilliga = True
    ring = forms.ChoiceField(label="Ring", required=False)
    visa = forms.ChoiceField(
        label="Visa", required=False, choices=[("", "Alla"), ("mina", "Mina"), ("kvar", "Det som är kvar")]
    )

    def __init__(self, data, *, ringar):
        super().__init__(data)
        self.fields["ring"].choices = [("", "Alla ringar"), *ringar]
