"""A budget that is decided or a year that is closed never changes; a decided version is never changed at all."""

from django.db import migrations

LAST = """
-- Decided: only the step that begins a revision or closes the year may change the row (MC14).
create function ekonomi_ar_last() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (old.ar, old.tilldelning, old.ovriga_intakter, old.ovriga_vad, old.eget_kapital_in)
            is distinct from (new.ar, new.tilldelning, new.ovriga_intakter, new.ovriga_vad, new.eget_kapital_in)
            or (old.lage = 'avslutat' and new.lage <> 'avslutat') then
        raise exception 'ekonomi_verksamhetsar: the budget is decided' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger ekonomi_ar_last before update or delete on ekonomi_verksamhetsar
    for each row when (old.lage in ('faststalld', 'avslutat')) execute function ekonomi_ar_last();
create function ekonomi_arets_rader_last() returns trigger language plpgsql as $$
declare last boolean;
begin
    select exists (select 1 from ekonomi_verksamhetsar a where a.lage in ('faststalld', 'avslutat') and a.id in (
        case when tg_op = 'INSERT' then new.verksamhetsar_id else old.verksamhetsar_id end,
        case when tg_op = 'DELETE' then old.verksamhetsar_id else new.verksamhetsar_id end)) into last;
    if last then
        raise exception '%: the budget is decided', tg_table_name using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger ekonomi_budgetpost_last before insert or update or delete on ekonomi_budgetpost
    for each row execute function ekonomi_arets_rader_last();
create trigger ekonomi_medlemsbidrag_last before insert or update or delete on ekonomi_medlemsbidrag
    for each row execute function ekonomi_arets_rader_last();
create trigger ekonomi_budgetversion_bara_nya before update or delete on ekonomi_budgetversion
    for each row execute function karna_bara_tillagg();
"""
LAST_BORT = """
drop trigger ekonomi_budgetversion_bara_nya on ekonomi_budgetversion;
drop trigger ekonomi_medlemsbidrag_last on ekonomi_medlemsbidrag;
drop trigger ekonomi_budgetpost_last on ekonomi_budgetpost;
drop function ekonomi_arets_rader_last();
drop trigger ekonomi_ar_last on ekonomi_verksamhetsar;
drop function ekonomi_ar_last();
"""
# Lines that were there before: those about management and what is neither stand in their own blocks of the table.
BEFINTLIGA = """
update ekonomi_budgetpost set block = kategori where kategori in ('ledning', 'ovrigt');
"""


class Migration(migrations.Migration):
    dependencies = [("ekonomi", "0003_budgetens_versioner")]

    operations = [
        migrations.RunSQL(BEFINTLIGA, migrations.RunSQL.noop),
        migrations.RunSQL(LAST, LAST_BORT),
    ]
