from django.apps import AppConfig


class TakConfig(AppConfig):
    """The roof: pages that gather from several apps, and the commands."""

    name = "samordning"
    label = "tak"
    verbose_name = "Samordning"
