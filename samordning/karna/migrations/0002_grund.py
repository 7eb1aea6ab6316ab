"""The association itself, and the promises that a constraint cannot keep: some rows are only added, some never change."""

from django.db import migrations


def skapa_forbund(apps, schema_editor):
    Part = apps.get_model("karna", "Part")
    Part.objects.get_or_create(
        slag="forbund",
        defaults={
            "namn": "Samordningsförbundet Skaraborg",
            "telefon": "0980-319 200",
            "epost": "kansliet@example.se",
        },
    )


BARA_TILLAGG = """
create function karna_bara_tillagg() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger bara_tillagg before update or delete on karna_handelse
    for each row execute function karna_bara_tillagg();
create trigger bara_tillagg before update or delete on karna_atkomst
    for each row execute function karna_bara_tillagg();
create trigger bara_tillagg before update or delete on karna_installning
    for each row execute function karna_bara_tillagg();
"""
BARA_TILLAGG_BORT = """
drop trigger bara_tillagg on karna_handelse;
drop trigger bara_tillagg on karna_atkomst;
drop trigger bara_tillagg on karna_installning;
drop function karna_bara_tillagg();
"""

FASTSTALLD = """
create function karna_faststalld() returns trigger language plpgsql as $$
begin
    raise exception 'a frozen report never changes' using errcode = 'restrict_violation';
end $$;
create trigger faststalld before update or delete on karna_rapportversion
    for each row when (old.lage = 'faststalld') execute function karna_faststalld();
"""
FASTSTALLD_BORT = "drop trigger faststalld on karna_rapportversion; drop function karna_faststalld();"


class Migration(migrations.Migration):
    dependencies = [("karna", "0001_initial")]

    operations = [
        migrations.RunPython(skapa_forbund, migrations.RunPython.noop, elidable=False),
        migrations.RunSQL(BARA_TILLAGG, BARA_TILLAGG_BORT),
        migrations.RunSQL(FASTSTALLD, FASTSTALLD_BORT),
    ]
