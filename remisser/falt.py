"""Kinds of fields that the forms of the remiss share."""

import re

from django import forms
from django.core.exceptions import ValidationError

from samordning.karna.kalender import idag

JA_NEJ = ((True, "Ja"), (False, "Nej"))
MANAD = re.compile(r"(\d{4})-?(0?[1-9]|1[0-2])", re.ASCII)
TELEFON = re.compile(r"\+?[\d\s()/-]{6,29}", re.ASCII)


def kravs(text):
    """What to do when the answer is missing, where the label is no noun."""
    return {"required": text}


class Manad(forms.CharField):
    """A month as 2024-03, not in the future; the browser's own picker where there is one."""

    def __init__(self, **kwargs):
        widget = forms.TextInput({"type": "month", "class": "b-kort", "autocomplete": "off"})
        super().__init__(required=False, max_length=7, widget=widget, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        if not (traff := MANAD.fullmatch(text)) or int(traff[1]) < 1950:
            raise ValidationError("Skriv år och månad, till exempel 2024-03.")
        manad = f"{traff[1]}-{int(traff[2]):02}"
        if manad > f"{idag():%Y-%m}":
            raise ValidationError("Månaden har inte varit än. Skriv den månad då det började.")
        return manad


class Telefon(forms.CharField):
    def __init__(self, **kwargs):
        attrs = {"type": "tel", "class": "b-mellan", "autocomplete": kwargs.pop("autocomplete", "off")}
        super().__init__(max_length=30, widget=forms.TextInput(attrs), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if text and not TELEFON.fullmatch(text):
            raise ValidationError("Skriv telefonnumret med siffror, till exempel 0501-123 45.")
        return text


class JaNej(forms.TypedChoiceField):
    """Yes or no as two buttons, neither of them chosen beforehand."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=JA_NEJ, coerce=lambda svar: svar == "True", empty_value=None, widget=forms.RadioSelect, **kwargs
        )


class Kryss(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


def kort(**attrs):
    return forms.TextInput({"class": "b-mellan", "autocomplete": "off"} | attrs)


def lang(rader=4):
    return forms.Textarea({"rows": rader, "autocomplete": "off"})
