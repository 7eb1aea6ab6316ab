"""Forms of publication and of the notice on the board."""

from datetime import timedelta

from django import forms

from moten.models import Anslag
from moten.publicering import underlag
from samordning.karna.forms import Datum, Formular, Regelformular, VersionFormular
from samordning.karna.kalender import idag

SLAG = {"nummer": "kan vara ett personnummer", "namn": "ett namn som inte är känt"}
LANGSTA_ORD, FLEST_ORD = 300, 200
# Three weeks for an appeal (kommunallagen 13 kap. 5 §): the notice stays a day longer than that.
ANSLAGSTID = timedelta(days=22)
KORTAST = timedelta(days=21)


class PubliceraForm(Formular, forms.Form):
    """Each finding is hidden or stays; more words may be hidden. `blad` and `fynd` are of the record as it is now."""

    VAL = (("dolj", "Dölj"), ("kvar", "Får stå kvar"))

    fler = forms.CharField(
        label="Dölj också de här orden", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Ett ord, ett namn eller en mening på varje rad. Ordet döljs överallt i anteckningarna.",
    )  # fmt: skip
    avtryck = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, mote, **kwargs):
        super().__init__(*args, **kwargs)
        self.blad, self._avtryck, self.fynd = underlag(mote)
        tidigare = set(mote.maskeringar.values_list("text", flat=True))
        self.initial["avtryck"] = self._avtryck
        self.initial["fler"] = "\n".join(sorted(tidigare - {rad.text for rad in self.fynd}))
        for nr, rad in enumerate(self.fynd):
            self.fields[f"fynd_{nr}"] = forms.ChoiceField(
                label=rad.text, choices=self.VAL, widget=forms.RadioSelect,
                initial="dolj" if rad.text in tidigare or rad.slag == "nummer" else None,
                help_text=f"{SLAG[rad.slag].capitalize()}, i {', '.join(rad.var)}.",
                error_messages={"required": f"Välj om ”{rad.text}” ska döljas eller stå kvar."},
            )  # fmt: skip
        self.order_fields([*(f"fynd_{nr}" for nr in range(len(self.fynd))), "fler", "avtryck"])

    def fyndfalt(self):
        return [self[f"fynd_{nr}"] for nr in range(len(self.fynd))]

    def clean_fler(self):
        rader = list(dict.fromkeys(" ".join(rad.split()) for rad in self.cleaned_data["fler"].splitlines()))
        rader = [rad for rad in rader if rad]
        if len(rader) > FLEST_ORD:
            raise forms.ValidationError(f"Det går att dölja högst {FLEST_ORD} ord eller meningar.")
        for rad in rader:
            if len(rad) > LANGSTA_ORD:
                raise forms.ValidationError(f"”{rad[:40]}…” är för långt. Dela upp det på flera rader.")
            if not any(tecken.isalnum() for tecken in rad):
                raise forms.ValidationError(f"”{rad[:40]}” har varken bokstav eller siffra. Ta bort raden.")
        return rader

    def clean(self):
        data = super().clean()
        if data.get("avtryck") != self._avtryck:
            self.data = self.data.copy()
            self.data["avtryck"] = self._avtryck
            self.add_error(
                None,
                "Anteckningarna har ändrats sedan du öppnade sidan. Inget är publicerat. Läs igenom dem igen.",
            )
        return data

    @property
    def ord_(self):
        """[(word, why)] to hide, as far as is chosen."""
        data = getattr(self, "cleaned_data", {})
        dolj = [rad for nr, rad in enumerate(self.fynd) if data.get(f"fynd_{nr}") == "dolj"]
        rader = {rad.text: SLAG[rad.slag] for rad in dolj} | dict.fromkeys(data.get("fler") or [], "")
        return list(rader.items())

    @property
    def granskat(self):
        """What stays, naming nobody."""
        data = self.cleaned_data
        kvar = [rad for nr, rad in enumerate(self.fynd) if data.get(f"fynd_{nr}") == "kvar"]
        antal = {slag: sum(rad.slag == slag for rad in kvar) for slag in SLAG}
        return [f"{nr} som {SLAG[slag]} står kvar" for slag, nr in antal.items() if nr]


class AnslagForm(VersionFormular, Regelformular, forms.ModelForm):
    regelfalt = {"anslag_ned_efter_upp": "ned"}

    class Meta:
        model = Anslag
        fields = ("upp", "ned", "forvaras")
        widgets = {"upp": Datum, "ned": Datum}
        help_texts = {
            "ned": "Anslaget ska sitta uppe i minst tre veckor, så länge det går att överklaga.",
            "forvaras": "Till exempel på kansliet i Mariestad.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["ned"] = self.initial.get("upp", idag()) + ANSLAGSTID

    def clean(self):
        data = super().clean()
        upp, ned, mote = data.get("upp"), data.get("ned"), self.instance.mote
        if upp and upp < mote.dag:
            self.add_error("upp", "Protokollet kan inte anslås före mötet. Kontrollera dagen.")
        if upp and ned and ned < upp + KORTAST and "ned" not in self.errors:
            self.add_error("ned", "Anslaget ska sitta uppe i minst tre veckor. Välj en senare dag.")
        return data
