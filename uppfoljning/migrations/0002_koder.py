"""The starting list of exit codes (rapportdefinitioner.md 7.0) and the first versions of the questionnaires."""

import datetime

from django.db import migrations

# code, text, plain words, group, to work, studies or job-seeking
ORSAKER = [
    ("arbete", "Arbete", "Började arbeta", "positivt", True),
    ("studier", "Studier", "Började studera", "positivt", True),
    ("jobbsok", "Söker arbete, anmäld hos Arbetsförmedlingen", "Söker arbete", "positivt", True),
    ("vidare_insats", "Vidare till annan insats eller nästa steg", "Gick vidare till nästa steg", "positivt", False),
    ("forsamrad_halsa", "Försämrad hälsa", "Mådde sämre", "ovrigt", False),
    ("avbrott_eget", "Avbruten av deltagaren", "Ville sluta", "ovrigt", False),
    ("avbrott_insats", "Avbruten av insatsen eller remittenten", "Insatsen avslutades i förtid", "ovrigt", False),
    ("fullfoljd", "Fullföljd utan förändring", "Gjorde klart", "ovrigt", False),
    ("avliden", "Avliden", "", "neutralt", False),
    ("flyttat", "Flyttat", "Flyttade", "neutralt", False),
    ("felregistrering", "Felregistrering", "", "fel", False),
]
FORMULAR = [("bilaga2", "Självskattning, bilaga 2"), ("import", "Importerade svar")]


def fyll(apps, schema_editor):
    Avslutsorsak = apps.get_model("uppfoljning", "Avslutsorsak")
    Avslutsorsak.objects.bulk_create(
        Avslutsorsak(kod=kod, text=text, enkel_text=enkel, grupp=grupp, till_arbete_mm=arbete, ordning=nr)
        for nr, (kod, text, enkel, grupp, arbete) in enumerate(ORSAKER, 1)
    )
    Formular = apps.get_model("uppfoljning", "Formular")
    Formular.objects.bulk_create(
        Formular(kod=kod, version=1, namn=namn, publicerat=datetime.date(2019, 1, 1)) for kod, namn in FORMULAR
    )


def tom(apps, schema_editor):
    apps.get_model("uppfoljning", "Avslutsorsak").objects.filter(kod__in=[rad[0] for rad in ORSAKER]).delete()
    apps.get_model("uppfoljning", "Formular").objects.filter(kod__in=[kod for kod, _ in FORMULAR]).delete()


class Migration(migrations.Migration):
    dependencies = [("uppfoljning", "0001_initial")]
    operations = [migrations.RunPython(fyll, tom)]
