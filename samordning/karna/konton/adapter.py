"""How django-allauth behaves here: no self-registration, and mail that says where it comes from."""

from allauth.account.adapter import DefaultAccountAdapter


class Kontoadapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts come by invitation (beslut.md 15)."""
        return False
