"""Which two stays are one person's, and what counts where they say different things."""

from django import forms
from django.core.exceptions import ValidationError

from remisser.models import Kon
from samordning.karna.forms import EngangsFormular, Formular
from uppfoljning.deltagande_falt import VAL_SAKNAS, granska_lokal_kod, lokal_kod_falt
from uppfoljning.models import Sammanslagning
from uppfoljning.sammanslagning import ANDRAT, tid

SAMORDNING = " (samordnings\N{SOFT HYPHEN}nummer)"


def maskerat(nummer):
    """What a page shows of a number until somebody asks for it: 19900161-••••, and if it is a samordningsnummer."""
    if not nummer:
        return ""
    return f"{nummer[:8]}-••••{SAMORDNING if int(nummer[6:8]) > 60 else ''}"


def _radio(label, val, saknas, **kwargs):
    fel = {"required": saknas, "invalid_choice": VAL_SAKNAS}
    return forms.ChoiceField(label=label, choices=val, widget=forms.RadioSelect, error_messages=fel, **kwargs)


class ValjForm(Formular, forms.Form):
    """One of the other stays of the insats."""

    def __init__(self, *args, rader, **kwargs):
        super().__init__(*args, **kwargs)
        val = [(str(rad.uuid), self._ord(rad)) for rad in rader]
        self.fields["annan"] = _radio("Vem är samma person?", val, "Välj den som är samma person.")

    def _ord(self, rad):
        ar = rad.deltagare.fodelsear
        return f"{rad.visat_namn}, {f'född {ar}' if ar else 'okänt födelseår'}, {tid(rad)}"


class SammanslagningForm(EngangsFormular, forms.Form):
    """The choices where the two differ, and why. `sett` is the state that the page showed when it was read."""

    def __init__(self, *args, ena, andra, val, **kwargs):
        super().__init__(*args, **kwargs)
        self._lage = f"{ena.version}.{andra.version}"
        self.fields["sett"] = forms.CharField(widget=forms.HiddenInput, initial=self._lage, required=False)
        # A number is never in the page: the choice is which stay it stands in.
        self._numren = {str(rad.uuid): rad.personnummer for rad in (ena, andra)}
        if val.numren:
            numren = [(str(rad.uuid), f"{maskerat(rad.personnummer)}, från {tid(rad)}") for rad in (ena, andra)]
            self.fields["nummer"] = _radio(
                "Vilket nummer gäller nu?", numren, "Välj vilket nummer som gäller nu.",
                help_text="Det skrivs in i båda. Det andra numret sparas, så att det går att dela upp dem igen.",
            )  # fmt: skip
        if val.kon:
            kon = [(kod, Kon(kod).label) for kod in val.kon]
            self.fields["kon"] = _radio("Vilket kön gäller?", kon, "Välj vilket kön som gäller.")
        if val.fodelsear:
            ar = [(str(ar), str(ar)) for ar in val.fodelsear]
            self.fields["fodelsear"] = _radio("Vilket födelseår gäller?", ar, "Välj vilket födelseår som gäller.")
        if val.skydda:
            self.fields["lokal_kod"] = lokal_kod_falt(
                initial=val.lokal_kod,
                help_text="Koden som ni har på papper. Efter det här syns det inte vem den gäller.",
                error_messages={"required": "Fyll i insatsens egen kod, så att ni hittar personen i listan."},
            )
        self.fields["skal"] = _radio(
            "Varför finns personen två gånger?", Sammanslagning.Skal.choices, "Välj varför personen finns två gånger."
        )

    def clean_lokal_kod(self):
        return granska_lokal_kod(self.cleaned_data["lokal_kod"])

    def clean(self):
        data = super().clean()
        if data.get("sett") != self._lage:
            self.data = self.data.copy()
            self.data["sett"] = self._lage
            raise ValidationError(ANDRAT)
        return data

    def valt(self):
        """What `sammanslagning.sla_ihop` takes."""
        data = self.cleaned_data
        return {
            "skal": data["skal"],
            "nummer": self._numren.get(data.get("nummer"), ""),
            "kon": data.get("kon", ""),
            "fodelsear": int(data["fodelsear"]) if data.get("fodelsear") else None,
            "lokal_kod": data.get("lokal_kod", ""),
        }
