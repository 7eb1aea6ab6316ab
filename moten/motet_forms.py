"""Forms of a meeting that goes on: attendance, the record of an item, its outcomes, and a reader's own notes."""

from django import forms
from django.core.validators import MaxLengthValidator

from moten.dagordning_forms import LANGSTA_TEXT, kontaktval
from moten.models import Beslut, Narvaro, Punkt, Utfall
from samordning.karna.forms import Datum, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.models import Kontakt, Part


class AnteckningForm(Formular, forms.Form):
    text = forms.CharField(
        label="Min anteckning", required=False, max_length=LANGSTA_TEXT, widget=forms.Textarea({"rows": 6})
    )


class NarvaroFalt(Regelformular):
    """How somebody is at the meeting."""

    regelfalt = {"narvaro_en_gang": "kontakt", "narvaro_ersatter_inte_sig_sjalv": "ersatter"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mote = self.instance.mote
        self.fields["part"].queryset = Part.objects.for_val()
        self.fields["part"].empty_label = "Ingen part"
        falt = self.fields["ersatter"]
        falt.queryset = Kontakt.objects.filter(pk__in=mote.narvaro.values("kontakt"))
        falt.empty_label = "Ingen"
        for namn in ("fran_punkt", "till_punkt"):
            if namn in self.fields:
                self.fields[namn].queryset = mote.punkter.all()
                self.fields[namn].empty_label = "Hela mötet"

    def clean(self):
        data = super().clean()
        fran, till = data.get("fran_punkt"), data.get("till_punkt")
        if fran and till and till.ordning < fran.ordning:
            self.add_error("till_punkt", "Den punkten kommer före den då personen kom. Kontrollera punkterna.")
        return data


class NarvaroForm(EngangsFormular, NarvaroFalt, forms.ModelForm):
    """Somebody who was not called: a guest, a deputy, a co-opted member."""

    class Meta:
        model = Narvaro
        fields = ("kontakt", "roll", "part", "ersatter")
        help_texts = {"kontakt": "Saknas personen lägger du först till den bland kontakterna."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kontaktval(self.fields["kontakt"])
        self.fields["kontakt"].empty_label = "Välj person"
        self.fields["roll"].initial = Narvaro.Roll.GAST


class NarvaroAndraForm(VersionFormular, NarvaroFalt, forms.ModelForm):
    class Meta:
        model = Narvaro
        fields = ("status", "roll", "part", "ersatter", "fran_punkt", "till_punkt")
        labels = {"fran_punkt": "Kom till punkten", "till_punkt": "Gick efter punkten"}


class PunktanteckningForm(VersionFormular, forms.ModelForm):
    """What was said about an item and how it ended. Two secretaries who write in the same item see both texts."""

    class Meta:
        model = Punkt
        fields = ("text", "status", "hanvisad_till", "intern")
        widgets = {"text": forms.Textarea({"rows": 8}), "intern": forms.Textarea({"rows": 2})}
        help_texts = {
            "text": "Börja en rad med - för en lista.",
            "hanvisad_till": "Om punkten hänvisas till något, till exempel bilaga 2.",
            "intern": "Kommer aldrig med i anteckningarna.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "Inte klar än"), *Punkt.Status.choices]
        for namn in ("text", "intern"):
            self.fields[namn].validators.append(MaxLengthValidator(LANGSTA_TEXT))


class UtfallFalt(Regelformular):
    regelfalt = {"utfall_arendeutfall_bara_pa_beslut": "arendeutfall"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.append(MaxLengthValidator(LANGSTA_TEXT))
        kontaktval(self.fields["ansvarig"])
        self.fields["typ"].choices = Utfall.Typ.choices
        self.fields["arendeutfall"].choices = [("", "Avgör inte ärendet"), *Beslut.Utfall.choices]
        if not self.instance.punkt.arende_id:
            del self.fields["arendeutfall"]


class UtfallMeta:
    model = Utfall
    fields = ("typ", "text", "arendeutfall", "ansvarig", "senast")
    widgets = {"typ": forms.RadioSelect, "text": forms.Textarea({"rows": 4}), "senast": Datum}
    help_texts = {
        "ansvarig": "Den som ska se till att det blir gjort.",
        "arendeutfall": "Bara för ett beslut. Ärendet går vidare när mötet avslutas.",
    }


class UtfallForm(EngangsFormular, UtfallFalt, forms.ModelForm):
    class Meta(UtfallMeta):
        pass


class UtfallAndraForm(VersionFormular, UtfallFalt, forms.ModelForm):
    class Meta(UtfallMeta):
        pass
