"""A meeting of sixty items and forty people, and two hundred old minutes that are read in.

The floor of the import is the reader alone, which knows no database: what is measured is it and everything that is
saved.
"""

from datetime import date, timedelta

from moten import inlasning
from moten.inlasning_tolkad import tolka
from moten.models import Mote, Narvaro, Organ, Punkt, Utfall
from samordning.karna.kalender import idag
from samordning.karna.models import Kontakt, Part
from samordning.matning import data

PUNKTER, PERSONER, FILER = 60, 40, 200


def fyll_mote():
    """A meeting that goes on; its primary key."""
    data.tom()
    organ, _ = Organ.objects.get_or_create(namn="Beredningsgruppen", defaults={"slag": "beredning"})
    mote = Mote.objects.create(organ=organ, dag=idag(), lage="pagar")
    part = Part.objects.forbund()
    kontakter = Kontakt.objects.bulk_create(Kontakt(namn=f"Person Nummer{nr}", part=part) for nr in range(PERSONER))
    Narvaro.objects.bulk_create(Narvaro(mote=mote, kontakt=kontakt, status="narvarande") for kontakt in kontakter)
    punkter = Punkt.objects.bulk_create(
        Punkt(mote=mote, ordning=nr, rubrik=f"Punkt {nr}", text="Vi talade om saken. " * 20) for nr in range(PUNKTER)
    )
    Utfall.objects.bulk_create(Utfall(punkt=punkt, typ="medskick", text="Ta med vården.") for punkt in punkter)
    return mote.pk


def anteckningar():
    """[(file name, bytes)] of as many meetings, one a day, with the same twenty people."""
    namn = ", ".join(f"Anna Provnamn{chr(97 + nr)}" for nr in range(20))
    filer = []
    for nr in range(FILER):
        dag = date(2010, 1, 1) + timedelta(nr)
        punkter = "\n\n".join(f"{p}. Rubrik {p}\n{'Vi talade om saken. ' * 10}" for p in range(1, 14))
        text = f"Minnesanteckningar Beredningsgruppen {dag}\n\nNärvarande: {namn}\n\n{punkter}\n"
        filer.append((f"anteckningar-{dag}.txt", text.encode()))
    return filer


def spara(filer):
    """Read and save them all; the number of meetings."""
    organ, _ = Organ.objects.get_or_create(namn="Beredningsgruppen", defaults={"slag": "beredning"})
    underlag = inlasning.Underlag.nu()
    for nr, (namn, innehall) in enumerate(filer):
        inlasning.las_in(innehall, namn, organ=organ, underlag=underlag)
        if nr == 0:  # the people are known from here on
            underlag = inlasning.Underlag.nu()
    return Mote.objects.filter(organ=organ).count()


def bara_lasa(filer):
    return sum(bool(tolka(innehall, namn)) for namn, innehall in filer)
