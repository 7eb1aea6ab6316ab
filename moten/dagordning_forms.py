"""Forms of a meeting's day and agenda, of what a body always takes up, and of wishes."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q

from moten.dagordning import SLUT
from moten.models import Arende, Fastpunkt, Forslag, Mote, Organ, Punkt, Samtalsfraga, Underlag
from samordning.karna import bilagor
from samordning.karna.forms import (
    AvtrycksFormular,
    Datum,
    EngangsFormular,
    Formular,
    Regelformular,
    VersionFormular,
)
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt
from samordning.karna.models.part import SvenskOrdning

LANGSTA_TEXT = 30_000
KALENDERFALT = {"dag", "sista_dag", "fran", "till", "plats", "lank", "rubrik"}


class Videolank(forms.URLField):
    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


class Klockslag(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def kontaktval(falt):
    """A choice among the contact register, by name, with the part that each belongs to."""
    falt.queryset = Kontakt.objects.select_related("part").order_by(SvenskOrdning("namn"), "pk")
    falt.label_from_instance = lambda kontakt: f"{kontakt.namn}, {kontakt.part}"
    falt.empty_label = "Ingen vald"


class MoteFalt(Regelformular):
    """When and where a body meets."""

    regelfalt = {"mote_ett_om_dagen": "dag"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for namn in ("ordforande", "sekreterare"):
            kontaktval(self.fields[namn])

    def clean(self):
        data = super().clean()
        dag, sista, fran, till = (data.get(namn) for namn in ("dag", "sista_dag", "fran", "till"))
        if dag and sista and sista < dag:
            self.add_error("sista_dag", "Mötet kan inte sluta innan det börjar. Lämna tomt om det är en dag.")
        if fran and till and till <= fran and not (sista and dag and sista > dag):
            self.add_error("till", "Mötet kan inte sluta innan det börjar. Kontrollera klockslaget.")
        if till and not fran and "fran" not in self.errors:
            self.add_error("fran", "Skriv när mötet börjar.")
        if (svar := data.get("svara_senast")) and dag and svar > dag:
            self.add_error("svara_senast", "Den dagen är efter mötet.")
        return data


class MoteMeta:
    model = Mote
    fields = (
        "dag", "fran", "till", "sista_dag", "plats", "lank", "rubrik", "ordforande", "sekreterare", "svara_senast",
    )  # fmt: skip
    widgets = {"dag": Datum, "sista_dag": Datum, "svara_senast": Datum, "fran": Klockslag, "till": Klockslag}
    field_classes = {"lank": Videolank}
    labels = {"rubrik": "Mötets namn"}
    help_texts = {
        "sista_dag": "Fylls i bara om mötet varar flera dagar.",
        "rubrik": "Om det heter något särskilt, till exempel Framtidsdag.",
        "lank": "Börjar med https://",
        "svara_senast": "Den sista dagen att svara på kallelsen.",
    }


class MoteAndraForm(VersionFormular, MoteFalt, forms.ModelForm):
    """A meeting that is set. When the calendar's facts change, calendars that have it are told (RFC 5545)."""

    class Meta(MoteMeta):
        pass

    def clean_dag(self):
        dag = self.cleaned_data["dag"]
        if dag != self._sparad["dag"] and dag < idag():
            raise ValidationError("Ett möte flyttas till en dag som inte har varit. Kontrollera dagen.")
        return dag

    def save(self, commit=True):
        if KALENDERFALT & self.andringar().keys():
            self.instance.sekvens += 1
        return super().save(commit)


class MoteNastaForm(EngangsFormular, MoteFalt, forms.ModelForm):
    """The meeting after another one."""

    class Meta(MoteMeta):
        pass

    def clean_dag(self):
        dag = self.cleaned_data["dag"]
        if dag < idag():
            raise ValidationError("Dagen har varit. Välj en dag som kommer.")
        return dag


class MotesFilter(forms.Form):
    """What the list of meetings shows. A choice that does not exist shows everything."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="Organ", required=False, empty_label="Alla organ")
    mina = forms.BooleanField(label="Bara mina", required=False)

    def __init__(self, data, *, organ):
        super().__init__(data)
        self.fields["organ"].queryset = organ

    @property
    def anvands(self):
        return any(self[namn].value() for namn in self.fields)


class PunktFalt(Formular):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["underlag"].validators.append(MaxLengthValidator(LANGSTA_TEXT))
        kontaktval(self.fields["foredragande"])
        falt = self.fields["arende"]
        falt.queryset = Arende.objects.filter(~Q(lage__in=SLUT) | Q(pk=self.instance.arende_id)).order_by(
            "-ar", "-lopnummer"
        )
        falt.empty_label = "Inget ärende"

    def clean_minuter(self):
        minuter = self.cleaned_data["minuter"]
        if minuter is not None and not 1 <= minuter <= 600:
            raise ValidationError("Skriv ett antal minuter mellan 1 och 600, eller lämna tomt.")
        return minuter


class PunktMeta:
    model = Punkt
    fields = ("rubrik", "underlag", "arende", "foredragande", "minuter")
    widgets = {"underlag": forms.Textarea({"rows": 6})}
    help_texts = {"underlag": "Det som står i kallelsen. Börja en rad med - för en lista."}


class PunktForm(EngangsFormular, PunktFalt, forms.ModelForm):
    class Meta(PunktMeta):
        pass


class PunktAndraForm(VersionFormular, PunktFalt, forms.ModelForm):
    class Meta(PunktMeta):
        pass


class UnderlagForm(EngangsFormular, forms.ModelForm):
    """A file that goes with the meeting, or with one of its items."""

    uppladdad = bilagor.Bilagefalt(label="Fil")

    class Meta:
        model = Underlag
        fields = ("rubrik", "punkt")
        labels = {"rubrik": "Vad det är"}

    field_order = ("rubrik", "uppladdad", "punkt")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["punkt"].queryset = self.instance.mote.punkter.all()
        self.fields["punkt"].empty_label = "Hela mötet"

    def spara(self, *, av):
        self.instance.fil = bilagor.spara(self.cleaned_data["uppladdad"], av=av)
        self.instance.av = av
        return self.save()


class FastpunktFalt(Formular):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["underlag"].validators.append(MaxLengthValidator(LANGSTA_TEXT))


class FastpunktMeta:
    model = Fastpunkt
    fields = ("slag", "rubrik", "underlag")
    widgets = {"underlag": forms.Textarea({"rows": 4})}
    help_texts = {"slag": "En vanlig punkt fyller ni själva. De andra fylls i efter hand."}


class FastpunktForm(EngangsFormular, FastpunktFalt, forms.ModelForm):
    class Meta(FastpunktMeta):
        pass


class FastpunktAndraForm(AvtrycksFormular, FastpunktFalt, forms.ModelForm):
    class Meta(FastpunktMeta):
        pass


class ForslagForm(EngangsFormular, forms.ModelForm):
    """A wish for a body's agenda."""

    class Meta:
        model = Forslag
        fields = ("organ", "rubrik", "text", "tidigast", "kalla")
        widgets = {"tidigast": Datum, "text": forms.Textarea({"rows": 4})}
        labels = {"kalla": "Vem eller vad som önskar den"}
        help_texts = {"tidigast": "Föreslås på det första möte som hålls den dagen eller senare."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.append(MaxLengthValidator(LANGSTA_TEXT))
        self.fields["organ"].queryset = finns(idag())
        self.fields["organ"].empty_label = "Välj organ"


class ForslagAvforForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför tas den inte upp?", max_length=200, error_messages={"required": "Skriv varför."}
    )


class SamtalsfragaForm(EngangsFormular, Regelformular, forms.ModelForm):
    class Meta:
        model = Samtalsfraga
        fields = ("slag", "text")
        error_messages = {"text": {"unique": "Den frågan finns redan."}}


class SamtalsfragaAndraForm(AvtrycksFormular, Regelformular, forms.ModelForm):
    class Meta:
        model = Samtalsfraga
        fields = ("slag", "text", "anvands")
        error_messages = SamtalsfragaForm.Meta.error_messages
        help_texts = {"anvands": "Ta bort krysset så föreslås den inte mer."}


def finns(dag):
    """Bodies that exist on a day, by name."""
    return Organ.objects.filter(Q(upphorde=None) | Q(upphorde__gte=dag)).order_by(SvenskOrdning("namn"))
