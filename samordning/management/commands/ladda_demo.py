"""Fill an empty database with invented data."""

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from samordning.demo.ladda import ladda


def _antal(text):
    if not text.isdecimal():
        raise ArgumentTypeError(f"”{text}” är inte ett antal. Skriv ett heltal, till exempel 500.")
    return int(text)


class Command(BaseCommand):
    help = (
        "Fyller en tom databas med påhittade uppgifter: insatserna i verksamhetsplanen 2019, parter, konton, avtal och "
        "deltaganden. En databas med andra uppgifter lämnas orörd."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--storlek", type=_antal, default=0, metavar="N", help="Lägg till N deltaganden, för att prova med många."
        )

    def handle(self, *, storlek, verbosity, **_):
        try:
            antal = ladda(storlek)
        except ValueError as fel:
            raise CommandError(str(fel)) from fel
        if antal is None:
            text = "De påhittade uppgifterna finns redan. Inget har ändrats."
        else:
            text = f"De påhittade uppgifterna är inlagda, med {antal} deltaganden."
        if verbosity:
            self.stdout.write(text)
