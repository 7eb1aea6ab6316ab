"""The ledger is only added to; of a closed year nothing goes away, and what is added says why."""

from django.db import migrations

LAST = """
create trigger ekonomi_verifikation_andras_inte before update on ekonomi_verifikation
    for each row execute function karna_bara_tillagg();
create trigger ekonomi_verifikationsrad_andras_inte before update on ekonomi_verifikationsrad
    for each row execute function karna_bara_tillagg();
create trigger ekonomi_boksaldo_andras_inte before update on ekonomi_boksaldo
    for each row execute function karna_bara_tillagg();

-- Once for each statement: an import writes hundreds of thousands of rows.
create function ekonomi_bok_kvar() returns trigger language plpgsql as $$
begin
    if exists (select 1 from gamla g join ekonomi_verksamhetsar a on a.id = g.verksamhetsar_id
               where a.lage = 'avslutat') then
        raise exception '%: the year is closed', tg_table_name using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger ekonomi_verifikation_kvar after delete on ekonomi_verifikation
    referencing old table as gamla for each statement execute function ekonomi_bok_kvar();
create trigger ekonomi_verifikationsrad_kvar after delete on ekonomi_verifikationsrad
    referencing old table as gamla for each statement execute function ekonomi_bok_kvar();
create trigger ekonomi_boksaldo_kvar after delete on ekonomi_boksaldo
    referencing old table as gamla for each statement execute function ekonomi_bok_kvar();

create function ekonomi_verifikation_skal() returns trigger language plpgsql as $$
begin
    if exists (select 1 from nya n join ekonomi_verksamhetsar a on a.id = n.verksamhetsar_id
               where a.lage = 'avslutat' and n.skal = '') then
        raise exception 'ekonomi_verifikation: the year is closed' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger ekonomi_verifikation_skal after insert on ekonomi_verifikation
    referencing new table as nya for each statement execute function ekonomi_verifikation_skal();
create function ekonomi_verifikationsrad_skal() returns trigger language plpgsql as $$
begin
    if exists (select 1 from nya n join ekonomi_verifikation v on v.id = n.verifikation_id
               where v.verksamhetsar_id <> n.verksamhetsar_id) then
        raise exception 'ekonomi_verifikationsrad: not the year of its voucher' using errcode = 'restrict_violation';
    end if;
    if exists (select 1 from nya n join ekonomi_verksamhetsar a on a.id = n.verksamhetsar_id
               join ekonomi_verifikation v on v.id = n.verifikation_id
               where a.lage = 'avslutat' and v.skal = '') then
        raise exception 'ekonomi_verifikationsrad: the year is closed' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger ekonomi_verifikationsrad_skal after insert on ekonomi_verifikationsrad
    referencing new table as nya for each statement execute function ekonomi_verifikationsrad_skal();

-- How a closed year was read does not change either.
create function ekonomi_regel_last() returns trigger language plpgsql as $$
begin
    if exists (select 1 from ekonomi_verksamhetsar a where a.lage = 'avslutat' and a.id in (
        case when tg_op = 'INSERT' then new.verksamhetsar_id else old.verksamhetsar_id end,
        case when tg_op = 'DELETE' then old.verksamhetsar_id else new.verksamhetsar_id end)) then
        raise exception '%: the year is closed', tg_table_name using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger ekonomi_konteringsregel_last before insert or update or delete on ekonomi_konteringsregel
    for each row execute function ekonomi_regel_last();
"""
LAST_BORT = """
drop trigger ekonomi_konteringsregel_last on ekonomi_konteringsregel;
drop function ekonomi_regel_last();
drop trigger ekonomi_verifikationsrad_skal on ekonomi_verifikationsrad;
drop function ekonomi_verifikationsrad_skal();
drop trigger ekonomi_verifikation_skal on ekonomi_verifikation;
drop function ekonomi_verifikation_skal();
drop trigger ekonomi_boksaldo_kvar on ekonomi_boksaldo;
drop trigger ekonomi_verifikationsrad_kvar on ekonomi_verifikationsrad;
drop trigger ekonomi_verifikation_kvar on ekonomi_verifikation;
drop function ekonomi_bok_kvar();
drop trigger ekonomi_boksaldo_andras_inte on ekonomi_boksaldo;
drop trigger ekonomi_verifikationsrad_andras_inte on ekonomi_verifikationsrad;
drop trigger ekonomi_verifikation_andras_inte on ekonomi_verifikation;
"""


class Migration(migrations.Migration):
    dependencies = [("ekonomi", "0006_kontering")]

    operations = [migrations.RunSQL(LAST, LAST_BORT)]
