"""The code lists of the referral: situation, language, and why a remiss is declined."""

from django.db import migrations

SITUATIONER = [
    ("ARBETSLOS", "Arbetslös", "Utan arbete"),
    ("SJUKSKRIVEN", "Sjukskriven", "Sjukskriven"),
    ("PERIODVIS", "Periodvis eller delvis sjukskriven", "Sjukskriven till och från"),
    ("ANNAT", "Annat", "Annat"),
]
SPRAK = [
    ("ar", "Arabiska"), ("bs", "Bosniska, kroatiska, serbiska"), ("prs", "Dari"), ("en", "Engelska"),
    ("fi", "Finska"), ("fr", "Franska"), ("ckb", "Kurdiska, sorani"), ("kmr", "Kurdiska, kurmandji"),
    ("ps", "Pashto"), ("fa", "Persiska"), ("pl", "Polska"), ("ru", "Ryska"), ("so", "Somaliska"), ("es", "Spanska"),
    ("swl", "Svenskt teckenspråk"), ("th", "Thailändska"), ("ti", "Tigrinja"), ("tr", "Turkiska"), ("uk", "Ukrainska"),
    ("ANNAT", "Annat språk"),
]  # fmt: skip
ORSAKER = [
    ("FULLT", "insatsen", "Det finns ingen ledig plats nu"),
    ("PASSAR_INTE", "insatsen", "Insatsen passar inte det som personen behöver"),
    ("ANNAN_INSATS", "insatsen", "En annan insats passar bättre"),
    ("HALSA", "deltagaren", "Deltagaren orkar inte nu"),
    ("TACKADE_NEJ", "deltagaren", "Deltagaren tackade nej"),
    ("DROG_TILLBAKA", "remittenten", "Den som remitterade drog tillbaka"),
    ("ANNAT", "insatsen", "Annat"),
]


def fyll(apps, schema_editor):
    hamta = apps.get_model
    hamta("remisser", "Situation").objects.bulk_create(
        hamta("remisser", "Situation")(kod=kod, text=text, enkel_text=enkel, ordning=nr)
        for nr, (kod, text, enkel) in enumerate(SITUATIONER, 1)
    )
    hamta("remisser", "Sprak").objects.bulk_create(
        hamta("remisser", "Sprak")(kod=kod, text=text, ordning=nr) for nr, (kod, text) in enumerate(SPRAK, 1)
    )
    hamta("remisser", "Avbojandeorsak").objects.bulk_create(
        hamta("remisser", "Avbojandeorsak")(kod=kod, vem=vem, text=text, ordning=nr)
        for nr, (kod, vem, text) in enumerate(ORSAKER, 1)
    )


def tom(apps, schema_editor):
    for modell in ("Situation", "Sprak", "Avbojandeorsak"):
        apps.get_model("remisser", modell).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("remisser", "0003_remiss")]
    operations = [migrations.RunPython(fyll, tom)]
