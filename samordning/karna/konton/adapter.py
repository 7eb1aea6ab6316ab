"""How django-allauth behaves here: no self-registration, our own pages afterwards, and errors that say what to do."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.urls import reverse

from samordning.karna import brev
from samordning.karna.klient import klientadress
from samordning.karna.metoder import svarar_pa_get
from samordning.karna.models import Handelse

OKAND = "account/email/unknown_account"


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

    def get_client_ip(self, request):
        """The limits of the library count by the same address as ours."""
        return klientadress(request)

    def is_safe_url(self, url):
        """Where one may be sent after the login: to our own pages, and to none that takes forms only."""
        return super().is_safe_url(url) and svarar_pa_get(urlsplit(url).path)

    def send_mail(self, template_prefix, email, context):
        """By a worker: how long the mail server takes, or that it does not answer, must neither undo a changed password
        nor tell who has an account. An unknown address costs the same work here, with nothing sent in the end."""
        till = email
        if template_prefix == OKAND:
            template_prefix, till = "account/email/password_reset_code", None
            context = {"code": self.generate_password_reset_code()}
        context = {"email": email, "current_site": get_current_site(self.request)} | context
        mejl = self.render_mail(template_prefix, email, context)
        brev.lagg_pa(till, mejl.subject, mejl.body, mejl.from_email)
