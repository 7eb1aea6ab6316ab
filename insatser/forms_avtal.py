"""The form of an agreement, with its sums: one row for each calendar year."""

from django import forms
from django.db import transaction

from insatser.forms_belopp import Beloppsrader
from insatser.historik import kronor_i_ord
from insatser.models import Avtal
from insatser.optioner import ar_senare
from samordning.karna.andringar import TOMT, skrivbar
from samordning.karna.forms import TAL, Datum, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.models import Part


class AvtalFalt(Beloppsrader, Regelformular, forms.ModelForm):
    regelfalt = {
        "avtal_rimlig_start": "start",
        "avtal_rimligt_slut": "slut",
        "avtal_rimliga_optioner": "optioner",
        "avtal_slut_efter_start": "slut",
        "avtal_utnyttjade_ryms": "utnyttjade",
        "avtal_ett_at_gangen": "start",
    }

    class Meta:
        model = Avtal
        fields = ("huvudpart", "parter", "start", "slut", "optioner", "utnyttjade", "platser", "deltagarveckor")
        widgets = {
            "start": Datum,
            "slut": Datum,
            "parter": forms.CheckboxSelectMultiple,
            "optioner": forms.TextInput(TAL),
            "utnyttjade": forms.TextInput(TAL),
            "platser": forms.TextInput(TAL),
            "deltagarveckor": forms.TextInput(TAL),
        }
        help_texts = {
            "slut": "Sista dagen, med de förlängningar som är beslutade.",
            "optioner": "Hur många gånger avtalet får förlängas med ett år. Skriv 0 om det inte får förlängas.",
        }
        error_messages = {
            "optioner": {"required": "Skriv hur många gånger avtalet får förlängas. Skriv 0 om det inte får det."},
            "utnyttjade": {"required": "Skriv hur många förlängningar som är beslutade. Skriv 0 om ingen är det."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parter = Part.objects.for_val()
        self.fields["huvudpart"].queryset = parter
        self.fields["huvudpart"].empty_label = "Välj part"
        # Units sign nothing of their own; the parties of an agreement are whole organisations.
        self.fields["parter"].queryset = parter.exclude(slag=Part.Slag.ENHET)
        sparade = list(self.instance.belopp.all()) if self.instance.pk else []
        self._fore = self._varden(sparade)
        self.satt_rader(sparade)

    def avtalsfalt(self):
        return [self[namn] for namn in self._meta.fields]

    def clean(self):
        data = super().clean()
        if data.get("huvudpart") and "parter" in data:
            data["parter"] = data["parter"].exclude(pk=data["huvudpart"].pk)
        self.las_rader(data, lambda ar: self._ar_ryms(data, ar))
        return data

    def _ar_ryms(self, data, ar):
        """Within the agreement and the years that it may be prolonged."""
        start, slut = data.get("start"), data.get("slut")
        if not start or not slut:
            return True
        kvar = max(0, (data.get("optioner") or 0) - (data.get("utnyttjade") or 0))
        return start.year <= ar <= ar_senare(slut, min(kvar, 50)).year

    def spara(self):
        with transaction.atomic():
            avtal = self.save()
            self.spara_rader(avtal.belopp)
        return avtal

    def andringar(self):
        """{what: [before, after]} after `spara`, for the history."""
        efter = self._varden(list(self.instance.belopp.all()))
        return {
            namn: [self._fore.get(namn), efter.get(namn)]
            for namn in dict.fromkeys([*self._fore, *efter])
            if self._fore.get(namn) != efter.get(namn)
        }

    def _varden(self, belopp):
        """The agreement as it is saved: its fields and {"belopp 2026": "450000.00"}."""
        if not self.instance.pk:
            return {}
        varden = {
            falt.name: skrivbar(falt.value_from_object(self.instance))
            for falt in self.instance._meta.get_fields()
            if falt.concrete and falt.name in self._meta.fields
        }
        varden["parter"] = sorted(part.pk for part in self.instance.parter.all())
        return varden | {f"belopp {rad.ar}": skrivbar(rad.kronor) for rad in belopp}


class AvtalForm(EngangsFormular, AvtalFalt):
    """A new agreement."""


class AvtalAndraForm(VersionFormular, AvtalFalt):
    """An agreement that exists. Its sums are saved with it, so they are behind the same guard."""

    andringar = AvtalFalt.andringar

    def _skillnader(self, data):
        sparade = {rad.ar: rad.kronor for rad in self.instance.belopp.all()}
        return super()._skillnader(data) + [
            (f"Belopp {ar}", kronor_i_ord(sparade.get(ar)) or TOMT)
            for ar in sorted(sparade.keys() | self.belopp.keys())
            if sparade.get(ar) != self.belopp.get(ar)
        ]
