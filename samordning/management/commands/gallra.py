"""Remove what has been kept as long as it may. What is counted in reports stays."""

from django.core.management.base import BaseCommand

from remisser import gallring


class Command(BaseCommand):
    help = "Tar bort det som har sparats så länge det får: utkast till remisser som ingen har rört på 30 dagar."

    def add_arguments(self, parser):
        parser.add_argument("--torrkor", action="store_true", help="Räkna bara. Ingenting tas bort.")

    def handle(self, *args, torrkor, **options):
        antal = gallring.ta_bort_utkast(torrkor=torrkor)
        self.stdout.write(f"Utkast till remisser: {antal} {'skulle tas bort' if torrkor else 'togs bort'}.")
