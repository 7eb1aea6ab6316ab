"""How django-allauth behaves here: no self-registration, our own pages afterwards, and errors that say what to do."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from samordning.karna.models import Handelse

logg = logging.getLogger(__name__)


class Kontoadapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        # The same for a wrong password and an unknown address: nobody learns who has an account.
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.",
        "enter_current_password": "Lösenordet stämmer inte. Skriv det lösenord du har nu.",
        "incorrect_password": "Lösenordet stämmer inte. Försök igen.",
        "incorrect_code": "Koden stämmer inte. Kontrollera den i mejlet och försök igen.",
        "too_many_login_attempts": "Det blev för många försök. Vänta några minuter och försök igen.",
        "rate_limited": "Det blev för många försök. Vänta några minuter och försök igen.",
        "invalid_password_reset": "Koden gäller inte längre. Be om en ny.",
    }

    def is_open_for_signup(self, request):
        """Accounts come by invitation (beslut.md 15)."""
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("konton:mitt_konto")

    def set_password(self, user, password):
        """Both a change and a reset come here."""
        super().set_password(user, password)
        Handelse.logga(user, "byt_losenord", av=user)

    def send_mail(self, template_prefix, email, context):
        """A mail server that does not answer must neither undo a changed password nor tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logg.exception("Mejlet %s gick inte att skicka", template_prefix)
