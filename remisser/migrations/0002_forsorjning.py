"""The code list of what people live on: the union of the two forms' and the import file's codes (beslut.md 18)."""

from django.db import migrations

KODER = [
    ("FK", "Sjukpenning eller rehabiliteringspenning", "Sjukpenning från Försäkringskassan"),
    ("SJUKERS", "Sjukersättning", "Sjukersättning från Försäkringskassan"),
    ("AKTERS", "Aktivitetsersättning", "Aktivitetsersättning från Försäkringskassan"),
    ("FK_SAMLAD", "Ersättning från Försäkringskassan, flera slag", "Pengar från Försäkringskassan"),
    ("AKASSA", "Arbetslöshetsersättning", "Pengar från a-kassan"),
    ("AF", "Aktivitetsstöd eller utvecklingsersättning", "Pengar för att du deltar i ett program"),
    ("ETABL", "Etableringsersättning", "Pengar under etableringen"),
    ("FORS", "Försörjningsstöd", "Pengar från kommunen"),
    ("FORALDR", "Föräldrapenning", "Pengar när du är hemma med barn"),
    ("STUDIEMEDEL", "Studiemedel vid start", "Pengar från CSN när du studerar"),
    ("LON", "Lön", "Lön från arbete"),
    ("STUD", "Studier med studiemedel", "Studier med pengar från CSN"),
    ("INGEN", "Ingen egen inkomst", "Inga egna pengar"),
    ("ANNAN", "Annan försörjning", "Något annat"),
]


def fyll(apps, schema_editor):
    Forsorjning = apps.get_model("remisser", "Forsorjning")
    Forsorjning.objects.bulk_create(
        Forsorjning(kod=kod, text=text, enkel_text=enkel_text, ordning=nr)
        for nr, (kod, text, enkel_text) in enumerate(KODER, 1)
    )


def tom(apps, schema_editor):
    apps.get_model("remisser", "Forsorjning").objects.filter(kod__in=[kod for kod, _, _ in KODER]).delete()


class Migration(migrations.Migration):
    dependencies = [("remisser", "0001_initial")]
    operations = [migrations.RunPython(fyll, tom)]
