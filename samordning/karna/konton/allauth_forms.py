"""django-allauth's forms in our words: labels without placeholders, and errors that say what to do."""

from copy import copy

from allauth.account import forms as allauth_forms
from django.core.exceptions import ValidationError

LOSENORDSHJALP = "Minst tolv tecken. Välj inte ditt namn, din adress eller ett vanligt lösenord."

# field: (label, what to do when it is empty)
FALT = {
    "login": ("E-post", "Skriv din e-postadress."),
    "email": ("E-post", "Skriv din e-postadress."),
    "password": ("Lösenord", "Skriv ditt lösenord."),
    "oldpassword": ("Ditt lösenord nu", "Skriv det lösenord du har nu."),
    "password1": ("Välj ett nytt lösenord", "Välj ett nytt lösenord."),
    "password2": ("Skriv det nya lösenordet igen", "Skriv det nya lösenordet en gång till."),
    "code": ("Kod", "Skriv koden som står i mejlet."),
}
OLIKA = "Lösenorden är inte lika. Skriv samma lösenord två gånger."
ADRESSENS_FORM = "Skriv en hel e-postadress, till exempel namn@example.se."


class EgnaOrd:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for namn, falt in self.fields.items():
            falt.label, tomt = FALT[namn]
            falt.error_messages = falt.error_messages | {"required": tomt, "invalid": ADRESSENS_FORM}
            falt.widget.attrs.pop("placeholder", None)
            if namn == "password1":
                falt.help_text = LOSENORDSHJALP
            if namn in ("login", "email"):
                falt.validators = [_med_egna_ord(validator) for validator in falt.validators]

    def add_error(self, field, error):
        """Two passwords that differ: the only error that the library gives as a mere text."""
        olika = field == "password2" and not isinstance(error, ValidationError)
        super().add_error(field, OLIKA if olika else error)


def _med_egna_ord(validator):
    """A copy: Django's own is shared by every field of the kind."""
    egen = copy(validator)
    egen.message = ADRESSENS_FORM
    return egen


class Inloggning(EgnaOrd, allauth_forms.LoginForm):
    pass


class BytLosenord(EgnaOrd, allauth_forms.ChangePasswordForm):
    pass


class GlomtLosenord(EgnaOrd, allauth_forms.ResetPasswordForm):
    pass


class NyttLosenord(EgnaOrd, allauth_forms.ResetPasswordKeyForm):
    pass


class Kod(EgnaOrd, allauth_forms.ConfirmPasswordResetCodeForm):
    pass


class Bekraftelse(EgnaOrd, allauth_forms.ReauthenticateForm):
    pass
