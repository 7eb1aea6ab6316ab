from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class TakConfig(AppConfig):
    """The roof: pages that gather from several apps, and the commands."""

    name = "samordning"
    label = "tak"
    verbose_name = "Samordning"


class Statiska(StaticFilesConfig):
    """collectstatic leaves what no page uses: compressing all of Bootstrap takes half a minute of the first start."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.rtl*", "*.esm*", "bootstrap-*", "bootstrap.css*", "bootstrap.js*", "bootstrap.bundle.js*", "jquery*",
        "htmx-2.js", "htmx-2-*", "htmx-4*", "htmax-*", "hx-*",
    ]  # fmt: skip
