"""`manage.py rapport utfall ...`: the reports on the command line (format.md)."""

import argparse
import datetime
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from samordning.karna.kalender import Period
from samordning.karna.models import Atkomst
from uppfoljning.reports import utfallsrapport, utfallsrapport_html


def datum(text):
    """YYYY-MM-DD; the parser turns the error into exit code 2."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 fromisoformat also takes 2024-W26
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{text}” är inte ett datum. Skriv till exempel 2024-01-31.") from None


class Command(BaseCommand):
    help = "Skriver en rapport. Välj rapport först, till exempel: rapport utfall --fran 2024-01-01 --till 2024-06-30"

    def add_arguments(self, parser):
        rapporter = parser.add_subparsers(dest="rapport", required=True, metavar="RAPPORT")
        utfall = rapporter.add_parser("utfall", help="Utfallsrapporten: alla tal för en period.")
        utfall.add_argument("--fran", type=datum, required=True, metavar="DATUM", help="Första dagen i perioden.")
        utfall.add_argument("--till", type=datum, required=True, metavar="DATUM", help="Sista dagen i perioden.")
        utfall.add_argument(
            "--insats", action="append", metavar="ADRESS", help="Bara den här insatsen. Kan anges flera gånger."
        )
        utfall.add_argument(
            "--for", dest="malgrupp", choices=["intern", "styrelse", "publik"], default="intern",
            help="Vem rapporten är till för. Än så länge finns bara intern.",
        )  # fmt: skip
        utfall.add_argument("--format", choices=["json", "html"], default="json", help="Filens format.")
        utfall.add_argument("--ut", type=Path, metavar="FIL", help="Filen att skriva till. Annars skrivs den ut här.")

    def handle(self, *, fran, till, insats, malgrupp, ut, **val):
        if malgrupp != "intern":
            raise CommandError(
                f"Rapporten för {malgrupp} kan inte göras än, eftersom små tal inte kan döljas. Inget skrevs. "
                f"Använd --for intern och sprid den inte."
            )
        try:
            rapport = utfallsrapport(Period(fran, till), insats)
        except ValueError as fel:
            raise CommandError(f"{fel} Inget skrevs.") from None
        Atkomst.logga(None, "hämtade", "utfallsrapport", [("--".join(rapport["period"]), None)], andamal="kommandorad")
        if val["format"] == "html":
            text = utfallsrapport_html(rapport)
        else:
            text = json.dumps(rapport, ensure_ascii=False, indent=1)
        if ut:
            try:
                ut.write_text(text, encoding="utf-8")
            except OSError as fel:
                raise CommandError(f"Det gick inte att skriva {ut}: {fel.strerror}.") from None
        else:
            self.stdout.write(text)
