"""Forms of the bodies, their members and the days on which they meet."""

from django import forms

from moten.dagordning_forms import Klockslag
from moten.models import Ledamotskap, Mote, Organ
from samordning.karna.forms import AvtrycksFormular, Datum, EngangsFormular, Regelformular
from samordning.karna.models import Kontakt, Part
from samordning.karna.models.part import SvenskOrdning

ANTAL_DAGAR = 6


class OrganForm(EngangsFormular, Regelformular, forms.ModelForm):
    class Meta:
        model = Organ
        fields = ("namn", "slag")
        widgets = {"slag": forms.RadioSelect}
        help_texts = {"namn": "Till exempel Beredningsgrupp öst."}
        error_messages = {"namn": {"unique": "Det finns redan ett organ som heter så."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = Organ.Slag.choices

    def save(self, commit=True):
        """A board and its working committee number their § through the year and have their minutes approved."""
        if self.instance.slag in (Organ.Slag.STYRELSE, Organ.Slag.AU):
            self.instance.numrering, self.instance.justeras = Organ.Numrering.PARAGRAF, True
            self.instance.kallelse_dagar = 14
            self.instance.publikt = self.instance.slag == Organ.Slag.STYRELSE
        return super().save(commit)


class OrganAndraForm(AvtrycksFormular, Regelformular, forms.ModelForm):
    """What kind it is stays: its decisions were made as that."""

    class Meta:
        model = Organ
        fields = ("namn", "numrering", "kallelse_dagar", "justeras", "publikt", "upphorde")
        widgets = {"upphorde": Datum, "numrering": forms.RadioSelect}
        labels = {"upphorde": "Finns till och med"}
        help_texts = {
            "upphorde": "Lämna tomt om organet finns tills vidare.",
            "publikt": "Annars läser bara de som hör till organet.",
        }
        error_messages = OrganForm.Meta.error_messages

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["numrering"].choices = Organ.Numrering.choices

    def clean_kallelse_dagar(self):
        dagar = self.cleaned_data["kallelse_dagar"]
        if not 1 <= dagar <= 90:
            raise forms.ValidationError("Skriv ett antal dagar mellan 1 och 90.")
        return dagar


class LedamotFalt(Regelformular):
    """A person sits once at a time in a body. `person` is the field by which that is said."""

    person = "kontakt"
    regelfalt = {"ledamotskap_slut_efter_start": "till", "ledamotskap_en_gang": "kontakt"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for namn in ("uppdrag", "ordning"):
            self.fields[namn].required = False
        self.fields["ordning"].help_text = "För ersättare: 1 är den som kallas först när någon får förhinder."

    def clean_uppdrag(self):
        return self.cleaned_data["uppdrag"] or self.instance.uppdrag

    def clean_ordning(self):
        ordning = self.cleaned_data["ordning"]
        if ordning is not None and ordning > 99:
            raise forms.ValidationError("Skriv ett tal mellan 0 och 99.")
        return ordning or 0

    def clean(self):
        data = super().clean()
        kontakt, fran, till = data.get("kontakt") or self.instance.kontakt_id, data.get("fran"), data.get("till")
        if kontakt and fran:
            samtidigt = self.instance.organ.ledamotskap.filter(kontakt=kontakt).exclude(pk=self.instance.pk)
            samtidigt = samtidigt.exclude(till__lt=fran)
            if till:
                samtidigt = samtidigt.exclude(fran__gt=till)
            if samtidigt.exists():
                self.add_error(self.person, "Personen är redan ledamot under de dagarna.")
        return data


class LedamotForm(EngangsFormular, LedamotFalt, forms.ModelForm):
    """Somebody of the contact register sits in a body for a party."""

    class Meta:
        model = Ledamotskap
        fields = ("kontakt", "part", "uppdrag", "ersattare", "ordning", "fran", "till")
        widgets = {"fran": Datum, "till": Datum}
        help_texts = {
            "kontakt": "Saknas personen lägger du först till den bland kontakterna.",
            "till": "Lämna tomt om uppdraget gäller tills vidare.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        falt = self.fields["kontakt"]
        falt.queryset = Kontakt.objects.select_related("part").order_by(SvenskOrdning("namn"), "pk")
        falt.label_from_instance = lambda kontakt: f"{kontakt.namn}, {kontakt.part}"
        falt.empty_label = "Välj person"
        self.fields["part"].queryset = Part.objects.for_val()
        self.fields["part"].empty_label = "Välj part"


class LedamotAndraForm(AvtrycksFormular, LedamotFalt, forms.ModelForm):
    """A seat that exists: when it ends, and whether it is an ersättare's."""

    person = "fran"
    regelfalt = LedamotFalt.regelfalt | {"ledamotskap_en_gang": "fran"}

    class Meta:
        model = Ledamotskap
        fields = ("uppdrag", "ersattare", "ordning", "fran", "till")
        widgets = {"fran": Datum, "till": Datum}
        help_texts = {"till": LedamotForm.Meta.help_texts["till"]}


class MotenForm(EngangsFormular, forms.Form):
    """Several meeting days at once, one a row; empty rows are left out."""

    def __init__(self, *args, organ, **kwargs):
        super().__init__(*args, **kwargs)
        self.organ = organ
        for nr in range(1, ANTAL_DAGAR + 1):
            self.fields[f"dag_{nr}"] = forms.DateField(label=f"Dag {nr}", required=False, widget=Datum)
        self.fields["plats"] = forms.CharField(
            label="Plats", required=False, max_length=120, help_text="Gäller alla dagarna."
        )
        self.fields["fran"] = forms.TimeField(label="Från klockan", required=False, widget=Klockslag)
        self.fields["till"] = forms.TimeField(label="Till klockan", required=False, widget=Klockslag)

    def dagfalt(self):
        return [self[f"dag_{nr}"] for nr in range(1, ANTAL_DAGAR + 1)]

    def clean(self):
        data = super().clean()
        self.dagar = {}
        for nr in range(1, ANTAL_DAGAR + 1):
            falt = f"dag_{nr}"
            if not (dag := data.get(falt)):
                continue
            if dag in self.dagar:
                self.add_error(falt, "Dagen står redan på en annan rad.")
            self.dagar[dag] = falt
        finns = set(self.organ.moten.filter(dag__in=self.dagar).values_list("dag", flat=True))
        for dag in finns:
            self.add_error(self.dagar[dag], "Det finns redan ett möte den dagen.")
        if not self.dagar and not self.errors:
            self.add_error("dag_1", "Skriv minst en dag.")
        if data.get("till") and (not data.get("fran") or data["till"] <= data["fran"]):
            self.add_error("till", "Mötet kan inte sluta innan det börjar. Kontrollera klockslagen.")
        return data

    def spara(self):
        """The first of the new meetings."""
        falt = {namn: self.cleaned_data[namn] for namn in ("plats", "fran", "till")}
        nya = [Mote(organ=self.organ, dag=dag, **falt) for dag in sorted(self.dagar)]
        return Mote.objects.bulk_create(nya)[0]

    def satt_krock(self, fel):
        """A colleague wrote one of the days meanwhile."""
        self.add_error(None, "Någon annan lade till ett möte samtidigt. Kontrollera dagarna. Inget är sparat.")
        return True
