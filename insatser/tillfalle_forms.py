"""Forms for events, who comes to them, and nominations for Det goda exemplet."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from insatser.models import Anmalan, Insats, Nominering, Tillfalle
from insatser.tillfalle_anmalan import kvar
from samordning.karna.felord import OPPNA_IGEN, ett_namn
from samordning.karna.forms import (
    NAGON_ANNAN_HANN_FORE,
    TAL,
    Datum,
    EngangsFormular,
    Formular,
    Regelformular,
    VersionFormular,
)
from samordning.karna.kalender import idag
from samordning.karna.models import Part, Roll
from samordning.karna.models.part import SvenskOrdning

FLEST_PLATSER = 2000
ORD_FOR_NARVARO = {True: "var där", False: "var inte där", None: "inte ifyllt"}


class TillfalleFalt(Regelformular, forms.ModelForm):
    regelfalt = {"tillfalle_anmalan_fore_dagen": "sista_anmalan", "tillfalle_har_platser": "platser"}

    class Meta:
        model = Tillfalle
        fields = ("insats", "rubrik", "beskrivning", "dag", "tid", "plats", "platser", "sista_anmalan")
        widgets = {
            "beskrivning": forms.Textarea({"rows": 4}),
            "dag": Datum,
            "sista_anmalan": Datum,
            "platser": forms.TextInput(TAL),
        }
        help_texts = {
            "rubrik": "Det som visas i listan, till exempel KUR: Psykisk hälsa i mötet med deltagaren.",
            "beskrivning": "Vad det handlar om och vem det är för.",
            "plats": "Lokal och ort, eller Digitalt.",
            "sista_anmalan": "Lämna tomt om det går att anmäla sig till och med dagen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        insatser = Insats.objects.filter(Q(inriktning=Insats.Inriktning.STRUKTUR) | Q(aven_strukturell=True))
        nuvarande = Insats.objects.filter(pk=self.instance.insats_id)
        self.fields["insats"].queryset = (insatser.pagaende() | nuvarande).order_by(SvenskOrdning("namn"), "pk")
        self.fields["insats"].empty_label = "Välj insats"
        self.fields["rubrik"].validators.append(ett_namn)

    def clean_platser(self):
        platser = self.cleaned_data["platser"]
        if platser > FLEST_PLATSER:
            raise ValidationError(f"Ett tillfälle kan ha högst {FLEST_PLATSER} platser.")
        bokade = kvar(self.instance).count() if self.instance.pk else 0
        if platser < bokade:
            raise ValidationError(f"{bokade} är redan anmälda. Antalet platser kan inte vara lägre än så.")
        return platser


class TillfalleForm(EngangsFormular, TillfalleFalt):
    """A new event."""


class TillfalleAndraForm(VersionFormular, TillfalleFalt):
    """An event that exists. The row is locked, so that nobody signs up between the check of the places and the save."""


class EgenAnmalanForm(Formular, forms.Form):
    """One click; who works in several places says for which they come."""

    part = forms.ModelChoiceField(Part.objects.none(), label="Du kommer från", empty_label=None)

    def __init__(self, *args, parter, **kwargs):
        super().__init__(*args, **kwargs)
        self.parter = list(parter)
        self.fields["part"].queryset = parter
        if len(self.parter) < 2:
            del self.fields["part"]

    @property
    def ensam(self):
        return self.parter[0] if len(self.parter) == 1 else None


class AnmalanForm(EngangsFormular, forms.ModelForm):
    """Somebody whom the kansli writes down: a colleague without an account, or who came anyway."""

    class Meta:
        model = Anmalan
        fields = ("namn", "epost", "part")
        help_texts = {
            "namn": "Den som kommer till tillfället arbetar hos en part. Skriv inga deltagare här.",
            "epost": "Så att du kan höra av dig om något ändras.",
        }

    def __init__(self, *args, hinder, **kwargs):
        super().__init__(*args, **kwargs)
        self.hinder = hinder
        self.fields["part"].queryset = Part.objects.for_val()
        self.fields["part"].empty_label = "Vet inte"
        self.fields["namn"].validators.append(ett_namn)

    def clean(self):
        if self.hinder:
            raise ValidationError(f"{self.hinder} Ingen ny anmälan är sparad.")
        return super().clean()


class NarvaroForm(Formular, forms.Form):
    """A box for each who is signed up, and a print of what was saved when the page was shown."""

    nyare = ()

    def __init__(self, *args, anmalda, **kwargs):
        super().__init__(*args, **kwargs)
        self.anmalda = list(anmalda)
        self._lapp = hashlib.sha256(repr([(rad.pk, rad.narvarade) for rad in self.anmalda]).encode()).hexdigest()[:32]
        self.fields["var_dar"] = forms.TypedMultipleChoiceField(
            label="De som var där", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(rad.pk, rad.namn) for rad in self.anmalda],
            initial=[rad.pk for rad in self.anmalda if rad.narvarade],
            error_messages={"invalid_choice": "Någon som du har kryssat för är inte längre anmäld. Läs listan igen."},
        )  # fmt: skip
        self.fields["version"] = forms.CharField(
            widget=forms.HiddenInput, initial=self._lapp,
            error_messages=dict.fromkeys(("required", "invalid"), OPPNA_IGEN),
        )  # fmt: skip

    def rader(self):
        """[(anmalan, ticked)] as the page shows them: as they are saved, or as they were typed."""
        valda = {str(varde) for varde in self["var_dar"].value() or ()}
        return [(rad, str(rad.pk) in valda) for rad in self.anmalda]

    def clean(self):
        data = super().clean()
        if data.get("version") not in (None, self._lapp):
            var_dar = set(data.get("var_dar", ()))
            self.nyare = [
                (rad.namn, ORD_FOR_NARVARO[rad.narvarade])
                for rad in self.anmalda
                if (rad.pk in var_dar) != bool(rad.narvarade)
            ]
            # The next sending is a choice made with both in sight.
            self.data = self.data.copy()
            self.data["version"] = self._lapp
            raise ValidationError(NAGON_ANNAN_HANN_FORE)
        return data

    def spara(self):
        """How many were there."""
        var_dar = set(self.cleaned_data["var_dar"])
        for rad in self.anmalda:
            rad.narvarade = rad.pk in var_dar
        Anmalan.objects.bulk_update(self.anmalda, ["narvarade"])
        return len(var_dar)


class NomineringFalt(Regelformular, forms.ModelForm):
    regelfalt = {"nominering_en_per_ar": "arbetsgivare"}

    class Meta:
        model = Nominering
        fields = ("ar", "arbetsgivare", "motivering", "part")
        widgets = {"ar": forms.TextInput(TAL), "motivering": forms.Textarea({"rows": 5})}
        help_texts = {
            "motivering": "Vad har arbetsgivaren gjort utöver det vanliga? Skriv inget om den som fick chansen: ingen "
            "ska kunna kännas igen.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        parter = Part.objects.for_val()
        if not user.ar_kansli:
            egna = user.parter_som(Roll.PARTSFORETRADARE, Roll.BEREDNING)
            parter = parter.filter(pk__in={*egna, self.instance.part_id} - {None})
            if not self.instance.pk and len(egna) == 1:
                self.initial.setdefault("part", next(iter(egna)))
        self.fields["part"].queryset = parter
        self.fields["part"].empty_label = "Välj vem som nominerar"
        self.fields["arbetsgivare"].validators.append(ett_namn)
        if not self.instance.pk:
            self.initial.setdefault("ar", idag().year)

    def clean_ar(self):
        ar = self.cleaned_data["ar"]
        if not 2000 <= ar <= idag().year + 1:
            raise ValidationError(f"Skriv ett år mellan 2000 och {idag().year + 1}.")
        return ar

    def clean_arbetsgivare(self):
        namn = " ".join(self.cleaned_data["arbetsgivare"].split())
        ar = self.cleaned_data.get("ar")
        redan = Nominering.objects.filter(ar=ar, arbetsgivare__iexact=namn).exclude(pk=self.instance.pk)
        if ar and redan.exists():
            raise ValidationError("Arbetsgivaren är redan nominerad det året.")
        return namn


class NomineringForm(EngangsFormular, NomineringFalt):
    """A new nomination."""


class NomineringAndraForm(VersionFormular, NomineringFalt):
    """A nomination that exists, and is not chosen yet."""
