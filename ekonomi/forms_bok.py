"""Forms of the ledger: a file, why something is corrected, a rule, and which row a requisition is booked on."""

from django import forms
from django.conf import settings

from ekonomi.models import Bokimport, Bokobjekt, Budgetpost, Konteringsregel, Verksamhetsar
from ekonomi.sie.kodning import avkoda
from ekonomi.sie.typer import SieFel
from samordning.karna.bilagor import stada_namn
from samordning.karna.forms import EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.views import LANGSTA_SOKNING

ANDELSER = ".se,.si,.sie,.txt"


class BokimportForm(EngangsFormular, forms.Form):
    """A file is refused here when it is no SIE file; what is wrong inside it, the look through tells by line."""

    verksamhetsar = forms.ModelChoiceField(
        label="År", queryset=Verksamhetsar.objects.none(), empty_label="Välj år",
        help_text="Det räkenskapsår som filen gäller.",
    )  # fmt: skip
    fil = forms.FileField(
        label="SIE-fil", widget=forms.ClearableFileInput({"accept": ANDELSER}), allow_empty_file=True,
        help_text="Ur bokföringsprogrammet, helst SIE 4 med verifikationer. Typ 1–4 och 4i går att läsa. Högst "
        f"{settings.STORSTA_FIL // 2**20} MB.",
        error_messages={"required": "Välj en fil.", "invalid": "Filen kom inte med. Välj den igen."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verksamhetsar"].queryset = Verksamhetsar.objects.all()

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil.size > settings.STORSTA_FIL:
            raise forms.ValidationError(
                f"Filen är större än {settings.STORSTA_FIL // 2**20} MB. Exportera ett år i taget. Inget är inläst."
            )
        fil.seek(0)
        self.innehall = fil.read(settings.STORSTA_FIL + 1)
        try:
            avkoda(self.innehall)
        except SieFel as fel:
            raise forms.ValidationError(fel.text) from None
        self.namn = stada_namn(fil.name)
        return fil


class SparaForm(Formular, forms.ModelForm):
    """The confirmation. A reason is asked for where vouchers would be corrected, or the year is closed."""

    class Meta:
        model = Bokimport
        fields = ("skal",)
        widgets = {"skal": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        antal = self.instance.granskning.get("antal", {})
        stangt = self.instance.verksamhetsar.lage == Verksamhetsar.Lage.AVSLUTAT
        if stangt:
            text = "Året är avslutat. Skälet står vid varje verifikation som läggs till."
        else:
            text = (
                f"{antal.get('andrade', 0)} verifikationer har andra rader i filen. Med ett skäl sparas skillnaden som "
                "rättelser. Lämnar du rutan tom sparas bara de nya verifikationerna."
            )
        self.fields["skal"] = forms.CharField(
            label="Varför bokföringen rättas", required=stangt, max_length=500, help_text=text,
            widget=forms.Textarea({"rows": 2}),
        )  # fmt: skip
        if not stangt and not antal.get("andrade"):
            del self.fields["skal"]


class RegelFalt(Regelformular, forms.ModelForm):
    """The fields of a rule. Where it leads is one choice: a line of the year's budget, or one of the others."""

    malet = forms.ChoiceField(label="Hör till")
    objektet = forms.ChoiceField(
        label="Objekt", required=False,
        help_text="Till exempel ett projekt. Lämna ”Alla” om regeln gäller kontona vad raden än är märkt med.",
    )  # fmt: skip
    regelfalt = {"konteringsregel_objekt": "objektet"}

    class Meta:
        model = Konteringsregel
        fields = ("konto_fran", "konto_till")
        help_texts = {
            "konto_fran": "Till exempel 4010.",
            "konto_till": "Samma som från, om regeln gäller ett konto. Underkonton följer med: 4099 tar också 40991.",
        }
        widgets = dict.fromkeys(fields, forms.TextInput({"inputmode": "numeric", "class": "b-kort"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ar = self.instance.verksamhetsar
        poster = Budgetpost.objects.filter(verksamhetsar=ar)
        self._poster = {str(post.pk): post for post in poster}
        self.fields["malet"].choices = [
            ("", "Välj"),
            ("Kostnader", [(pk, post.rubrik) for pk, post in self._poster.items()]),
            ("Annat", [val for val in Konteringsregel.Mal.choices if val[0] != Konteringsregel.Mal.POST]),
        ]
        objekt = {
            f"{rad.dimension}:{rad.nr}": f"{rad.dimension_namn or rad.dimension}: {rad}"
            for rad in Bokobjekt.objects.filter(verksamhetsar=ar)
        }
        regel = self.instance
        mitt = f"{regel.dimension}:{regel.objekt}" if regel.objekt else ""
        for nyckel in filter(None, (mitt, self.initial.get("objektet"))):
            objekt.setdefault(nyckel, nyckel)  # an object that no file has named
        self.fields["objektet"].choices = [("", "Alla"), *objekt.items()]
        if regel.pk:
            self.initial |= {"malet": str(regel.post_id or regel.mal), "objektet": mitt}
        self.order_fields(["konto_fran", "konto_till", "objektet", "malet"])

    def clean(self):
        data = super().clean()
        fran, till = data.get("konto_fran", ""), data.get("konto_till", "")
        for namn in ("konto_fran", "konto_till"):
            if data.get(namn) and not data[namn].isascii():
                self.add_error(namn, "Skriv kontot med siffror, till exempel 4010.")
        if fran and till and till < fran and not till.startswith(fran):
            self.add_error("konto_till", f"Kontona ska stå i ordning: {till} kommer före {fran}.")
        malet = data.get("malet", "")
        self.instance.post = self._poster.get(malet)
        self.instance.mal = Konteringsregel.Mal.POST if malet in self._poster else malet or Konteringsregel.Mal.UTANFOR
        dimension, _, objekt = data.get("objektet", "").partition(":")
        self.instance.dimension, self.instance.objekt = dimension, objekt
        return data


class RegelForm(EngangsFormular, RegelFalt):
    """A new rule. What it is about may stand in the address, from the list of what has no line."""

    @classmethod
    def ur_adress(cls, request, **kwargs):
        def ur(namn):
            return request.GET.get(namn, "").replace("\x00", "")[:LANGSTA_SOKNING]

        fran = {namn: ur(namn)[:20] for namn in ("konto_fran", "konto_till")}
        dimension, objekt = ur("dimension"), ur("objekt")
        return cls.from_request(
            request, initial=fran | {"objektet": f"{dimension}:{objekt}" if dimension and objekt else ""}, **kwargs
        )


class RegelAndraForm(VersionFormular, RegelFalt):
    """A rule that exists."""

    def andringar(self):
        return super().andringar() | {falt: [fore, efter] for falt, fore, efter in self._bytta(self.cleaned_data)}

    def _skillnader(self, data):
        egna = [(self.fields[falt].label, fore) for falt, fore, _ in self._bytta(data)]
        return [*super()._skillnader(data), *egna]

    def _bytta(self, data):
        """(field, before, after) in words of the two choices that are not columns."""
        for falt in ("malet", "objektet"):
            fore, efter = self.initial.get(falt, ""), data.get(falt, "")
            if fore != efter:
                namn = self._namn_pa_val(falt)
                yield falt, namn.get(fore, fore), namn.get(efter, efter)

    def _namn_pa_val(self, falt):
        ut = {}
        for varde, text in self.fields[falt].choices:
            ut |= dict(text) if isinstance(text, list | tuple) else {varde: text}
        return ut


class KopplaForm(Formular, forms.Form):
    """Which row of the ledger."""

    rad = forms.ModelChoiceField(
        label="Rad i bokföringen", queryset=None, empty_label=None, widget=forms.RadioSelect,
        error_messages={
            "required": "Välj en rad i bokföringen.",
            "invalid_choice": "Raden finns inte längre bland dem som går att välja. Välj en annan.",
        },
    )  # fmt: skip

    def __init__(self, *args, rader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rad"].queryset = rader
