from django.apps import AppConfig


class KarnaConfig(AppConfig):
    """The floor: what every app stands on and nothing with a domain word in it."""

    name = "samordning.karna"
    label = "karna"
    verbose_name = "Kärna"
