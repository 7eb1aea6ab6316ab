"""What a field says when it cannot take a value: which field it is, and what to do. And what no field takes."""

import datetime
import unicodedata
from functools import partial

from django import forms
from django.core.exceptions import ValidationError

FORSTA_DAG, SISTA_DAG = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)

# Marks that turn the direction of the text after them: a name can be made to read as another one.
RIKTNINGSTECKEN = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
RADBYTEN = set("\n\r\t")
OSYNLIGA = {"Cc", "Zl", "Zp", "Cs"}

# By the code of the error. `{falt}` is the field's label; what stands with % Django fills in.
ORD = {
    "min_value": "”{falt}” kan inte vara lägre än %(limit_value)s.",
    "max_value": "”{falt}” kan inte vara högre än %(limit_value)s.",
    "min_length": "”{falt}” ska ha minst %(limit_value)d tecken. Nu har texten %(show_value)d.",
    "max_length": "”{falt}” får ha högst %(limit_value)d tecken. Nu har texten %(show_value)d. Korta den.",
    "max_digits": "”{falt}” får ha högst %(max)s siffror.",
    "max_decimal_places": "”{falt}” får ha så här många decimaler som mest: %(max)s.",
    "max_whole_digits": "”{falt}” får ha högst %(max)s siffror före kommatecknet.",
    "null_characters_not_allowed": "”{falt}” innehåller ett tecken som inte går att spara. Skriv om texten.",
    "invalid_choice": "”%(value).40s” går inte att välja i ”{falt}”. Välj något av det som visas.",
    "invalid_list": "Det du valde i ”{falt}” gick inte att läsa. Välj igen.",
    "invalid_pk_value": "Något du valde i ”{falt}” finns inte längre. Välj igen.",
}
OPPNA_IGEN = "Sidan gick inte att läsa. Öppna den igen och skriv in uppgifterna på nytt."
VALT_FINNS_INTE = "Det du valde i ”{falt}” finns inte längre. Välj något annat."
# The first that fits: to Django a decimal is an integer too.
FEL_FORM = (
    (forms.UUIDField, OPPNA_IGEN),
    ((forms.DecimalField, forms.FloatField), "”{falt}” ska vara ett tal med siffror, till exempel 12,5."),
    (forms.IntegerField, "”{falt}” ska vara ett heltal med siffror, till exempel 12."),
    (forms.DateTimeField, "Skriv datum och tid för ”{falt}” som 2026-03-31 14:30."),
    (forms.DateField, "Skriv datumet för ”{falt}” som 2026-03-31."),
    (forms.TimeField, "Skriv tiden för ”{falt}” som 14:30."),
    (forms.EmailField, "”{falt}” ska vara en hel e-postadress, till exempel namn@example.se."),
    (forms.URLField, "Skriv ”{falt}” som en webbadress, till exempel https://www.example.se."),
)
# These have no "invalid" of their own, only their validator has.
BARA_VALIDERARENS = (forms.EmailField, forms.URLField)


def satt(falt, etikett):
    """Give a form's field its words where the form has none of its own, and the rules that hold for every field."""
    # Django fills in the message with %, which a label must not disturb.
    etikett = str(etikett).replace("%", "procent")
    if _djangos(falt, "required"):
        falt.error_messages["required"] = saknas(falt, etikett)
    # The words of a file have placeholders of their own.
    for kod, text in () if isinstance(falt, forms.FileField) else ORD.items():
        if kod == "invalid_choice" and isinstance(falt, forms.ModelChoiceField):
            text = VALT_FINNS_INTE if not isinstance(falt, forms.ModelMultipleChoiceField) else ORD["invalid_pk_value"]
        if _djangos(falt, kod) and not _egen_validerare(falt, kod):
            falt.error_messages[kod] = text.replace("{falt}", etikett)
    form = next((text for klass, text in FEL_FORM if isinstance(falt, klass)), None)
    if form and (_djangos(falt, "invalid") if not isinstance(falt, BARA_VALIDERARENS) else _utan(falt, "invalid")):
        falt.error_messages["invalid"] = form.replace("{falt}", etikett)
    if isinstance(falt, forms.CharField) and not isinstance(falt.widget, forms.PasswordInput):
        tillatna = RADBYTEN if isinstance(falt.widget, forms.Textarea) else set()
        falt.validators.append(partial(_synliga_tecken, etikett, tillatna))


def saknas(falt, etikett):
    """What to do about an empty field, instead of that it must be filled in."""
    if etikett.endswith("?"):
        return f"Svara på ”{etikett}”"
    if not etikett[1:2].isupper():
        etikett = f"{etikett[:1].lower()}{etikett[1:]}"
    if isinstance(falt.widget, forms.CheckboxInput):
        return f"Kryssa i ”{etikett}”."
    if isinstance(falt.widget, forms.DateInput):
        return f"Fyll i datum för ”{etikett}”."
    return f"{'Välj' if isinstance(falt, forms.ChoiceField | forms.ModelChoiceField) else 'Fyll i'} {etikett}."


def orimlig_dag(etikett, dag):
    """What to say of a day that no field can mean; None of all others."""
    if dag is None or FORSTA_DAG <= dag <= SISTA_DAG:
        return None
    return f"”{etikett}” ska vara ett datum mellan 1900 och 2100. Kontrollera årtalet."


def ett_namn(varde):
    """Validator of a name: something to read, not only signs."""
    if varde and not any(tecken.isalnum() for tecken in varde):
        raise ValidationError("Skriv namnet med minst en bokstav eller siffra.")


def _djangos(falt, kod):
    """Nobody has given the field words of its own for this."""
    egna = falt.error_messages.get(kod)
    return egna is None or any(
        egna is klass.__dict__["default_error_messages"].get(kod)
        for klass in type(falt).__mro__
        if klass.__module__.startswith("django.") and "default_error_messages" in klass.__dict__
    )


def _utan(falt, kod):
    return kod not in falt.error_messages and not _egen_validerare(falt, kod)


def _egen_validerare(falt, kod):
    """A validator with a message of its own, which Django would let the field's words replace."""
    return any(
        getattr(regel, "code", None) == kod and "message" in getattr(regel, "__dict__", {}) for regel in falt.validators
    )


def _synliga_tecken(etikett, tillatna, text):
    if not isinstance(text, str):
        return
    for plats, tecken in enumerate(text):
        # The null character has words of its own.
        if tecken == "\x00" or tecken in tillatna:
            continue
        if tecken in RIKTNINGSTECKEN or unicodedata.category(tecken) in OSYNLIGA:
            fore = text[max(0, plats - 20) : plats].strip()
            var = f"efter ”{fore}”" if fore else "i början"
            raise ValidationError(f"”{etikett}” innehåller ett osynligt tecken {var}. Skriv om texten där.")
