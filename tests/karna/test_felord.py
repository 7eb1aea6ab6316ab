"""What a field says when it cannot take a value: always which field, and in words that help."""

import datetime

import pytest
from django import forms
from django.core.validators import MinValueValidator, RegexValidator

from samordning.karna import felord
from samordning.karna.forms import Datum, Formular


class Prov(Formular, forms.Form):
    namn = forms.CharField(label="Namn", max_length=5, min_length=2, required=False)
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    antal = forms.IntegerField(label="Antal", min_value=2, max_value=9, required=False)
    andel = forms.DecimalField(label="Andel i %", max_digits=3, decimal_places=1, required=False)
    dag = forms.DateField(label="Dag", widget=Datum, required=False)
    epost = forms.EmailField(label="E-post", required=False)
    val = forms.ChoiceField(label="Val", choices=[("a", "A")], required=False)
    flera = forms.MultipleChoiceField(label="Flera", choices=[("a", "A")], required=False)
    losen = forms.CharField(label="Lösenord", widget=forms.PasswordInput, required=False)
    egna = forms.IntegerField(error_messages={"invalid": "Egna ord."}, required=False)
    egen_regel = forms.CharField(validators=[RegexValidator("^a", "Egen regel.")], required=False)
    egen_grans = forms.IntegerField(validators=[MinValueValidator(5, "Egen gräns.")], required=False)
    fil = forms.FileField(label="Fil", max_length=3, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent"] = forms.IntegerField(label="Tillagt sent", required=False)


@pytest.mark.parametrize(
    ("falt", "varde", "text"),
    [
        ("namn", "abcdef", "”Namn” får ha högst 5 tecken. Nu har texten 6. Korta den."),
        ("namn", "a", "”Namn” ska ha minst 2 tecken. Nu har texten 1."),
        ("namn", "a\x00b", "”Namn” innehåller ett tecken som inte går att spara. Skriv om texten."),
        ("namn", "ab\tc", "”Namn” innehåller ett osynligt tecken efter ”ab”. Skriv om texten där."),
        ("namn", "\u202eab", "”Namn” innehåller ett osynligt tecken i början. Skriv om texten där."),
        ("text", "a\n\tb\u2067", "”Text” innehåller ett osynligt tecken efter ”a\n\tb”. Skriv om texten där."),
        ("antal", "x", "”Antal” ska vara ett heltal med siffror, till exempel 12."),
        ("antal", "1", "”Antal” kan inte vara lägre än 2."),
        ("antal", "10", "”Antal” kan inte vara högre än 9."),
        ("andel", "x", "”Andel i procent” ska vara ett tal med siffror, till exempel 12,5."),
        ("andel", "1.55", "”Andel i procent” får ha så här många decimaler som mest: 1."),
        ("dag", "i går", "Skriv datumet för ”Dag” som 2026-03-31."),
        ("dag", "1899-12-31", "”Dag” ska vara ett datum mellan 1900 och 2100. Kontrollera årtalet."),
        ("dag", "2101-01-01", "”Dag” ska vara ett datum mellan 1900 och 2100. Kontrollera årtalet."),
        ("epost", "frida", "”E-post” ska vara en hel e-postadress, till exempel namn@example.se."),
        ("val", "zz", "”zz” går inte att välja i ”Val”. Välj något av det som visas."),
        ("flera", ["z" * 90], f"”{'z' * 40}” går inte att välja i ”Flera”. Välj något av det som visas."),
        ("egna", "x", "Egna ord."),
        ("egen_regel", "b", "Egen regel."),
        ("egen_grans", "4", "Egen gräns."),
        ("sent", "x", "”Tillagt sent” ska vara ett heltal med siffror, till exempel 12."),
    ],
)
def test_the_message_says_which_field_and_what_to_do(falt, varde, text):
    assert Prov({falt: varde}).errors == {falt: [text]}


def test_what_is_right_is_taken():
    form = Prov(
        {
            "namn": "Åsa😀", "text": "Rad\r\n\trad", "antal": "2", "andel": "12.5", "dag": "1900-01-01",
            "epost": "a@example.se", "val": "a", "flera": ["a"], "losen": "a\tb", "egna": "1",
        }
    )  # fmt: skip
    assert form.errors == {}
    assert form.cleaned_data["dag"] == datetime.date(1900, 1, 1)
    # Asked again, the rules are there once and not twice.
    antal = len(form.fields["namn"].validators)
    form.full_clean()
    assert len(form.fields["namn"].validators) == antal


def test_a_forms_own_rule_about_a_day_comes_first():
    class Egen(Formular, forms.Form):
        dag = forms.DateField(label="Dag")

        def clean_dag(self):
            raise forms.ValidationError("Dagen har inte varit än.")

    assert Egen({"dag": "9999-12-31"}).errors == {"dag": ["Dagen har inte varit än."]}


def test_the_words_are_of_this_form_only():
    assert "required" in Prov({}).fields["namn"].error_messages
    Prov({"namn": "x"}).is_valid()
    assert "”Namn”" not in str(Prov.base_fields["namn"].error_messages)


@pytest.mark.parametrize(
    ("falt", "etikett", "text"),
    [
        (forms.CharField(), "AF-kontor", "Fyll i AF-kontor."),
        (forms.CharField(), "E-post", "Fyll i e-post."),
        (forms.BooleanField(), "Jag har läst texten", "Kryssa i ”jag har läst texten”."),
        (forms.ChoiceField(), "Hur går det?", "Svara på ”Hur går det?”"),
    ],
)
def test_an_empty_field_says_what_to_do(falt, etikett, text):
    assert felord.saknas(falt, etikett) == text
