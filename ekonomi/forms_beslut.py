"""What is asked when the board has decided something: which § of which meeting."""

from django import forms

from moten.models import Organ, Punkt
from samordning.karna.forms import Datum, Formular
from samordning.karna.kalender import idag


class BeslutForm(Formular, forms.Form):
    """The board's decision: of the records that are in the application, or a § that is typed. `beslutet` afterwards:
    {"punkt", "paragraf", "beslutad"}."""

    punkt = forms.ModelChoiceField(
        Punkt.objects.none(), label="Beslutet i protokollet", required=False, empty_label="Finns inte här"
    )
    paragraf = forms.CharField(
        label="Paragraf", max_length=20, required=False,
        help_text="Behövs om beslutet inte finns i listan, till exempel § 34.",
    )  # fmt: skip
    beslutad = forms.DateField(label="Beslutad", required=False, widget=Datum)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fran = idag().replace(day=1)
        fran = fran.replace(year=fran.year - 2)
        self.fields["punkt"].queryset = (
            Punkt.objects.filter(
                mote__organ__slag=Organ.Slag.STYRELSE, nummer__isnull=False, mote__dag__gte=fran
            )
            .select_related("mote__organ")
            .order_by("-mote__dag", "nummer")
        )  # fmt: skip
        self.fields["punkt"].label_from_instance = lambda rad: f"{rad.beteckning}, {rad.mote.dag}: {rad.rubrik}"

    def clean_beslutad(self):
        dag = self.cleaned_data["beslutad"]
        if dag and dag > idag():
            raise forms.ValidationError("Dagen har inte varit än. Skriv dagen då styrelsen beslutade.")
        return dag

    def clean(self):
        data = super().clean()
        if punkt := data.get("punkt"):
            data["paragraf"], data["beslutad"] = punkt.beteckning, punkt.mote.dag
        elif not self.errors:
            if not data.get("paragraf"):
                self.add_error("paragraf", "Skriv paragrafen, eller välj beslutet i protokollet.")
            if not data.get("beslutad"):
                self.add_error("beslutad", "Skriv vilken dag styrelsen beslutade.")
        return data

    @property
    def beslutet(self):
        return {namn: self.cleaned_data[namn] for namn in ("punkt", "paragraf", "beslutad")}
