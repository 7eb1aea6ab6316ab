"""Lint our own migrations: `python -m samordning.uppstart.migrationsgranskning`.

The linter is a test tool that a production image lacks, so it is no installed app and its command is called directly.
"""

import os
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django_migration_linter.management.commands.lintmigrations import Command

from samordning.uppstart.miljo import ROT, VENV


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordning.settings")
    django.setup()
    egna = [
        app.label
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(ROT) and not Path(app.path).is_relative_to(VENV)
    ]
    call_command(Command(), no_cache=True, include_apps=egna, quiet=["ok", "ignore"])


if __name__ == "__main__":
    main()
