"""A frozen forecast and an adopted document never change."""

from django.db import migrations

LAST = """
create function ekonomi_fryst() returns trigger language plpgsql as $$
begin
    raise exception '%: it is frozen', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger ekonomi_prognos_fryst before update or delete on ekonomi_prognos
    for each row when (old.lage = 'last') execute function ekonomi_fryst();
create trigger ekonomi_dokument_fryst before update or delete on ekonomi_dokument
    for each row when (old.lage = 'faststallt') execute function ekonomi_fryst();
create function ekonomi_delar_frysta() returns trigger language plpgsql as $$
declare fryst boolean;
begin
    if tg_table_name = 'ekonomi_prognosrad' then
        select exists (select 1 from ekonomi_prognos p where p.lage = 'last' and p.id in (
            case when tg_op = 'INSERT' then new.prognos_id else old.prognos_id end,
            case when tg_op = 'DELETE' then old.prognos_id else new.prognos_id end)) into fryst;
    else
        select exists (select 1 from ekonomi_dokument d where d.lage = 'faststallt' and d.id in (
            case when tg_op = 'INSERT' then new.dokument_id else old.dokument_id end,
            case when tg_op = 'DELETE' then old.dokument_id else new.dokument_id end)) into fryst;
    end if;
    if fryst then
        raise exception '%: it is frozen', tg_table_name using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
-- What was frozen stands in the forecast's own values: a line of the budget may go away, and its row with it.
create trigger ekonomi_prognosrad_fryst before insert or update on ekonomi_prognosrad
    for each row execute function ekonomi_delar_frysta();
create trigger ekonomi_dokumenttext_fryst before insert or update or delete on ekonomi_dokumenttext
    for each row execute function ekonomi_delar_frysta();
"""
LAST_BORT = """
drop trigger ekonomi_dokumenttext_fryst on ekonomi_dokumenttext;
drop trigger ekonomi_prognosrad_fryst on ekonomi_prognosrad;
drop function ekonomi_delar_frysta();
drop trigger ekonomi_dokument_fryst on ekonomi_dokument;
drop trigger ekonomi_prognos_fryst on ekonomi_prognos;
drop function ekonomi_fryst();
"""


class Migration(migrations.Migration):
    dependencies = [("ekonomi", "0008_prognos_hjul_dokument")]

    operations = [migrations.RunSQL(LAST, LAST_BORT)]
