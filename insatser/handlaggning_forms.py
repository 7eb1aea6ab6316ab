"""Forms of the kansli about an application: what is to be completed, and how it meets the criteria."""

import hashlib
import json
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from insatser import avsnitt, granskning
from insatser.models import Granskningspunkt, Kompletteringspunkt
from samordning.karna import felord
from samordning.karna.forms import NAGON_ANNAN_HANN_FORE, Datum, Formular, inte_forbi
from samordning.karna.kalender import idag

TVA_VECKOR = timedelta(days=14)
RADER, FLER, FLEST_RADER = 3, 3, 30
OBEDOMT = "Inte bedömt"


class KompletteringForm(Formular, forms.Form):
    """Points on named sections, one a row, and one day for them all. `?fler` in the data adds empty rows."""

    senast = forms.DateField(
        label="Svar senast",
        widget=Datum,
        validators=[inte_forbi],
        error_messages={"required": "Skriv vilken dag svaret ska vara inne."},
    )

    def __init__(self, *args, ansokan, **kwargs):
        super().__init__(*args, **kwargs)
        self.ansokan = ansokan
        self.initial.setdefault("senast", idag() + TVA_VECKOR)
        val = [("", "Välj avsnitt"), *((rad.nyckel, rad.rubrik) for rad in avsnitt.for_slag(ansokan.slag))]
        for nr in range(1, self._antal() + 1):
            self.fields[f"avsnitt_{nr}"] = forms.ChoiceField(
                label=f"Avsnitt, punkt {nr}", choices=val, required=False
            )  # fmt: skip
            self.fields[f"text_{nr}"] = forms.CharField(
                label=f"Vad som behöver kompletteras, punkt {nr}", required=False, max_length=4000,
                widget=forms.Textarea({"rows": 3}),
            )  # fmt: skip

    def _antal(self):
        skickade = max((nr for nr in range(1, FLEST_RADER + 1) if f"text_{nr}" in self.data), default=RADER)
        return min(FLEST_RADER, skickade + (FLER if "fler" in self.data else 0))

    @property
    def vill_ha_fler(self):
        return "fler" in self.data

    def rader(self):
        """[(number, section, text)] for the template."""
        return [(nr, self[f"avsnitt_{nr}"], self[f"text_{nr}"]) for nr in range(1, self._antal() + 1)]

    def clean(self):
        data = super().clean()
        self.punkter = []
        for nr in range(1, self._antal() + 1):
            nyckel, text = data.get(f"avsnitt_{nr}"), (data.get(f"text_{nr}") or "").strip()
            if nyckel and text:
                self.punkter.append((nyckel, text))
            elif nyckel and f"text_{nr}" not in self.errors:
                self.add_error(f"text_{nr}", "Skriv vad som behöver kompletteras, eller ta bort valet av avsnitt.")
            elif text and f"avsnitt_{nr}" not in self.errors:
                self.add_error(f"avsnitt_{nr}", "Välj vilket avsnitt det gäller.")
        if not self.punkter and not self.errors:
            self.add_error("avsnitt_1", "Välj minst ett avsnitt och skriv vad som saknas.")
        return data

    def spara(self, *, av):
        Kompletteringspunkt.objects.bulk_create(
            Kompletteringspunkt(
                ansokan=self.ansokan, avsnitt=nyckel, text=text, senast=self.cleaned_data["senast"], av=av
            )
            for nyckel, text in self.punkter
        )  # fmt: skip


class GranskningForm(Formular, forms.Form):
    """One row a criterion; may be saved half. Refuses to save over what a colleague saved meanwhile: `nyare` holds it.

    The caller holds a lock on the application when it is sent.
    """

    alla_frivilliga = True
    nyare = ()

    def __init__(self, *args, ansokan, **kwargs):
        super().__init__(*args, **kwargs)
        self.ansokan = ansokan
        self.kriterier = granskning.kriterier(ansokan)
        self._sparat = {rad.kriterium: (rad.bedomning, rad.notering) for rad in ansokan.granskning.all()}
        for nyckel, text in self.kriterier:
            bedomning, notering = self._sparat.get(nyckel, ("", ""))
            self.fields[f"bedomning_{nyckel}"] = forms.ChoiceField(
                label=text, required=False, initial=bedomning, widget=forms.RadioSelect,
                choices=[*Granskningspunkt.Bedomning.choices, ("", OBEDOMT)],
            )  # fmt: skip
            self.fields[f"notering_{nyckel}"] = forms.CharField(
                label="Intern notering", required=False, initial=notering, max_length=4000,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        self.fields["avtryck"] = forms.CharField(
            widget=forms.HiddenInput, initial=self._avtryck(),
            error_messages=dict.fromkeys(("required", "invalid"), felord.OPPNA_IGEN),
        )  # fmt: skip

    def rader(self):
        return [(self[f"bedomning_{nyckel}"], self[f"notering_{nyckel}"]) for nyckel, _ in self.kriterier]

    def _avtryck(self):
        return hashlib.sha256(json.dumps(sorted(self._sparat.items())).encode()).hexdigest()[:32]

    def _skrivet(self, data, nyckel):
        return (data.get(f"bedomning_{nyckel}", ""), data.get(f"notering_{nyckel}", ""))

    def clean(self):
        data = super().clean()
        if data.get("avtryck") and data["avtryck"] != self._avtryck():
            self.nyare = [
                (text, self._i_ord(*self._sparat.get(nyckel, ("", ""))))
                for nyckel, text in self.kriterier
                if self._sparat.get(nyckel, ("", "")) != self._skrivet(data, nyckel)
            ]
            if self.nyare:
                self.data = self.data.copy()
                self.data["avtryck"] = self._avtryck()
                raise ValidationError(NAGON_ANNAN_HANN_FORE)
        return data

    def _i_ord(self, bedomning, notering):
        ord_ = dict(Granskningspunkt.Bedomning.choices).get(bedomning, OBEDOMT)
        return f"{ord_}. {notering}" if notering else ord_

    def spara(self):
        """The keys of the criteria that changed."""
        andrade = [
            nyckel
            for nyckel, _ in self.kriterier
            if self._skrivet(self.cleaned_data, nyckel) != self._sparat.get(nyckel, ("", ""))
        ]
        for nyckel in andrade:
            bedomning, notering = self._skrivet(self.cleaned_data, nyckel)
            Granskningspunkt.objects.update_or_create(
                ansokan=self.ansokan, kriterium=nyckel, defaults={"bedomning": bedomning, "notering": notering}
            )
        return andrade
