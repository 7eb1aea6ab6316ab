"""What a released report holds cannot be changed; the days that it covers are columns, so that overlaps can be asked for."""

from django.db import migrations, models
from django.db.models import F, Q

UTGIVEN = """
create function karna_utgiven() returns trigger language plpgsql as $$
begin
    raise exception 'the figures of a released report never change' using errcode = 'restrict_violation';
end $$;
create trigger utgiven before update on karna_rapportversion for each row
    when (old.lage = 'slappt' and (
        new.varden is distinct from old.varden or new.fingeravtryck is distinct from old.fingeravtryck
        or new.fran is distinct from old.fran or new.till is distinct from old.till or new.lage in ('utkast', 'granskad')
    ))
    execute function karna_utgiven();
create function karna_utgivens_filer() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from karna_rapportversion r
        where r.id = coalesce(old.rapportversion_id, new.rapportversion_id) and r.lage in ('slappt', 'faststalld')
    ) then
        raise exception 'the files of a released report never change' using errcode = 'restrict_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger utgivens_filer before insert or update or delete on karna_rapportversion_filer
    for each row execute function karna_utgivens_filer();
"""
UTGIVEN_BORT = """
drop trigger utgivens_filer on karna_rapportversion_filer;
drop function karna_utgivens_filer();
drop trigger utgiven on karna_rapportversion;
drop function karna_utgiven();
"""


class Migration(migrations.Migration):
    dependencies = [("karna", "0002_grund")]

    operations = [
        migrations.AlterModelOptions(
            name="rapportversion", options={"verbose_name": "rapport", "verbose_name_plural": "rapporter"}
        ),
        migrations.AddField(
            model_name="rapportversion",
            name="fran",
            field=models.DateField(help_text="First day of all its parts.", null=True, verbose_name="från och med"),
        ),
        migrations.AddField(
            model_name="rapportversion",
            name="till",
            field=models.DateField(help_text="Last day of all its parts.", null=True, verbose_name="till och med"),
        ),
        migrations.AddField(
            model_name="rapportversion",
            name="slappt",
            field=models.DateTimeField(editable=False, null=True, verbose_name="släppt"),
        ),
        migrations.AddIndex(
            model_name="rapportversion",
            index=models.Index(fields=["malgrupp", "lage", "fran", "till"], name="rapportversion_utgivna"),
        ),
        migrations.AddConstraint(
            model_name="rapportversion",
            constraint=models.CheckConstraint(
                condition=Q(("till", None), ("till__gte", F("fran")), _connector="OR"),
                name="rapportversion_till_efter_fran",
            ),
        ),
        migrations.RunSQL(UTGIVEN, UTGIVEN_BORT),
    ]
