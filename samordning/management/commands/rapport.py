"""`manage.py rapport utfall ...` and `rapport halvar ...`: the reports on the command line (format.md)."""

import argparse
import datetime
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ekonomi.budgetrapport import som_json
from ekonomi.models import Verksamhetsar
from ekonomi.reports import budgetrapport_med_utfall
from samordning.karna.kalender import Period, nu, tolka_period
from samordning.karna.models import Atkomst, Rapportversion
from samordning.karna.pdf import PdfSaknas
from samordning.management.konto import oppet_konto
from uppfoljning.halvarsrapport import perioder
from uppfoljning.policies import can_take_out_rapport, insatser_med_utfall
from uppfoljning.rapportversioner import namn, overlapp, utan_slappt_halvar
from uppfoljning.reports import (
    halvarsrapport,
    omslut,
    rapport_html,
    rapport_json,
    rapport_pdf,
    rapport_xlsx,
    skyddad,
    utfallsrapport,
)

INTERN = Rapportversion.Malgrupp.INTERN
RITARE = {"html": rapport_html, "pdf": rapport_pdf, "xlsx": rapport_xlsx}
BARA_FIL = ("pdf", "xlsx")


def datum(text):
    """YYYY-MM-DD; the parser turns the error into exit code 2."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 fromisoformat also takes 2024-W26
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{text}” är inte ett datum. Skriv till exempel 2024-01-31.") from None


def periodkod(text):
    """2024H1, 2024H2 or 2024; the parser turns the error into exit code 2."""
    try:
        tolka_period(text)
    except ValueError as fel:
        raise argparse.ArgumentTypeError(str(fel)) from None
    return text.strip()


class Command(BaseCommand):
    help = "Skriver en rapport. Välj rapport först, till exempel: rapport halvar 2024H1 --format pdf --ut rapport.pdf"

    def add_arguments(self, parser):
        rapporter = parser.add_subparsers(dest="rapport", required=True, metavar="RAPPORT")
        utfall = rapporter.add_parser("utfall", help="Utfallsrapporten: alla tal för en period.")
        utfall.add_argument("--fran", type=datum, required=True, metavar="DATUM", help="Första dagen i perioden.")
        utfall.add_argument("--till", type=datum, required=True, metavar="DATUM", help="Sista dagen i perioden.")
        utfall.add_argument(
            "--insats", action="append", metavar="ADRESS", help="Bara den här insatsen. Kan anges flera gånger."
        )
        halvar = rapporter.add_parser("halvar", help="Halvårsrapporten. Den för andra halvåret har också hela året.")
        halvar.add_argument("period", type=periodkod, metavar="PERIOD", help="2024H1, 2024H2 eller 2024.")
        budget = rapporter.add_parser("budget", help="Budgeten: rader, kategorier, tilldelning, eget kapital.")
        budget.add_argument("--ar", type=int, required=True, metavar="ÅR", help="Till exempel 2019.")
        budget.add_argument("--format", choices=["json"], default="json", help="Filens format.")
        budget.add_argument("--kronor", action="store_true", help="Beloppen i kronor i stället för tkr.")
        budget.add_argument("--ut", type=Path, metavar="FIL", help="Filen att skriva till, annars skrivs den här.")
        for rapport in (utfall, halvar):
            rapport.add_argument(
                "--for", dest="malgrupp", choices=Rapportversion.Malgrupp.values, default=INTERN,
                help="Vem rapporten är till för. I alla utom intern är små tal dolda.",
            )  # fmt: skip
            rapport.add_argument(
                "--format", choices=["json", *RITARE], default="json", help="Filens format. pdf och xlsx kräver --ut."
            )
            rapport.add_argument("--ut", type=Path, metavar="FIL", help="Filen att skriva till, annars skrivs den här.")
            rapport.add_argument("--som", metavar="E-POST", help="Vem som tar ut rapporten. Annars gör systemet det.")

    def handle(self, *, rapport, ut, **val):
        if rapport == "budget":
            self._skriv(_budget(val["ar"], val["kronor"]), ut)
        else:
            self._utfall(rapport, ut=ut, **val)

    def _utfall(self, rapport, *, malgrupp, ut, som, **val):
        format_ = val["format"]
        if format_ in BARA_FIL and not ut:
            raise CommandError(f"{format_} är ingen text. Ange en fil med --ut. Inget skrevs.", returncode=2)
        av = _anvandare(som, malgrupp)
        try:
            varde = (_halvar if rapport == "halvar" else _utfall)(av, malgrupp, val)
            if format_ == "json":
                # The outcome report is one part, and its JSON is that part alone.
                innehall = rapport_json(varde if rapport == "halvar" else varde["delar"][0])
            else:
                innehall = RITARE[format_](varde, nu())
        except (ValueError, PdfSaknas) as fel:
            raise CommandError(f"{fel} Inget skrevs.") from None
        andamal = f"kommandorad, {malgrupp}"
        Atkomst.logga(av, "hämtade", f"{rapport}srapport", [(varde["period"], None)], andamal=andamal)
        self._skriv(innehall, ut)

    def _skriv(self, innehall, ut):
        if not ut:
            self.stdout.write(innehall.decode() if isinstance(innehall, bytes) else innehall)
            return
        try:
            ut.write_bytes(innehall if isinstance(innehall, bytes) else innehall.encode())
        except OSError as fel:
            raise CommandError(f"Det gick inte att skriva {ut}: {fel.strerror}.") from None


def _budget(ar, kronor):
    rad = Verksamhetsar.objects.filter(ar=ar).first()
    if rad is None:
        raise CommandError(f"Det finns ingen budget för {ar}. Inget skrevs.")
    return json.dumps(som_json(budgetrapport_med_utfall(rad), kronor), ensure_ascii=False, indent=2)


def _halvar(av, malgrupp, val):
    if malgrupp == INTERN and av and not av.ar_kansli:
        raise CommandError(
            "Den interna halvårsrapporten har alla insatser och finns för kansliet. Inget skrevs. "
            "Talen för dina insatser får du med rapport utfall."
        )
    varde = halvarsrapport(val["period"])
    return varde if malgrupp == INTERN else _for_andra(utan_slappt_halvar(varde), malgrupp)


def _utfall(av, malgrupp, val):
    insatser = val["insats"]
    if malgrupp == INTERN and av and not av.ar_kansli:
        insatser = _egna(av, insatser)
    varde = omslut(utfallsrapport(Period(val["fran"], val["till"]), insatser))
    return varde if malgrupp == INTERN else _for_andra(varde, malgrupp)


def _for_andra(varde, malgrupp):
    """Small numbers hidden; refused when it holds a day that a released report tells already (beslut.md 28)."""
    if slappta := overlapp(perioder(varde)):
        vilka = ", ".join(f"{namn(rad)}, version {rad.version}" for rad in slappta)
        raise CommandError(
            f"En rapport för samma tid är redan släppt: {vilka}. Två rapporter för samma tid kan tillsammans avslöja "
            "tal som är dolda. Inget skrevs. Använd den som är släppt."
        )
    return skyddad(varde, malgrupp)


def _anvandare(epost, malgrupp):
    """Who acts, None for the system. Refused when there is no such account or the audience is not the user's."""
    av = oppet_konto(epost)
    if av and not can_take_out_rapport(av, malgrupp):
        raise CommandError(f"{av} får inte ta ut rapporten för målgruppen {malgrupp}. Inget skrevs.")
    return av


def _egna(av, insatser):
    """What the user asked for, or all that the user may see."""
    egna = set(insatser_med_utfall(av).values_list("slug", flat=True))
    if not egna:
        raise CommandError(f"{av} har inga insatser att se tal för. Inget skrevs.")
    if andra := sorted(set(insatser or ()) - egna):
        raise CommandError(f"{av} får inte se interna tal för {', '.join(andra)}. Inget skrevs.")
    return insatser or sorted(egna)
