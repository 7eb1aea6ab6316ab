"""What is claimed is counted against the agreement's own years, and again at each step towards payment; two requisitions
never ask for the same quarter."""

from django.db import migrations

# A sum that is agreed for an option is nobody's money until the option is decided (the agreement's last day is then
# later). A step back or a withdrawal is always possible, also when the agreement has been lowered under a claim.
RYMS = """
create or replace function ekonomi_rekvisition_ryms() returns trigger language plpgsql as $$
declare
    beviljat numeric;
    rekvirerat numeric;
begin
    if new.lage = 'aterkallad' then
        return new;
    end if;
    if tg_op = 'UPDATE' and new.lage in ('utkast', 'tillbaka')
            and (new.avtal_id, new.ar, new.belopp) is not distinct from (old.avtal_id, old.ar, old.belopp) then
        return new;
    end if;
    perform 1 from insatser_avtal where id = new.avtal_id for no key update;
    select coalesce(sum(kronor), 0) into beviljat from insatser_avtalsar a join insatser_avtal v on v.id = a.avtal_id
        where a.avtal_id = new.avtal_id and a.ar = new.ar
            and a.ar between extract(year from v.start) and extract(year from v.slut);
    select coalesce(sum(belopp), 0) into rekvirerat from ekonomi_rekvisition
        where avtal_id = new.avtal_id and ar = new.ar and lage <> 'aterkallad' and id <> new.id;
    if rekvirerat + new.belopp > beviljat then
        raise exception 'more is claimed than granted'
            using errcode = 'check_violation', constraint = 'rekvisition_ryms_i_avtalet';
    end if;
    return new;
end $$;
drop trigger rekvisition_ryms on ekonomi_rekvisition;
create trigger rekvisition_ryms before insert or update of avtal_id, ar, belopp, lage on ekonomi_rekvisition
    for each row execute function ekonomi_rekvisition_ryms();
"""
RYMS_FORUT = """
create or replace function ekonomi_rekvisition_ryms() returns trigger language plpgsql as $$
declare
    beviljat numeric;
    rekvirerat numeric;
begin
    if new.lage = 'aterkallad' then
        return new;
    end if;
    perform 1 from insatser_avtal where id = new.avtal_id for no key update;
    select coalesce(sum(kronor), 0) into beviljat from insatser_avtalsar where avtal_id = new.avtal_id and ar = new.ar;
    select coalesce(sum(belopp), 0) into rekvirerat from ekonomi_rekvisition
        where avtal_id = new.avtal_id and ar = new.ar and lage <> 'aterkallad' and id <> new.id;
    if rekvirerat + new.belopp > beviljat then
        raise exception 'more is claimed than granted'
            using errcode = 'check_violation', constraint = 'rekvisition_ryms_i_avtalet';
    end if;
    return new;
end $$;
drop trigger rekvisition_ryms on ekonomi_rekvisition;
create trigger rekvisition_ryms before insert or update of avtal_id, ar, belopp on ekonomi_rekvisition
    for each row execute function ekonomi_rekvisition_ryms();
"""
SKILDA = """
alter table ekonomi_rekvisition add constraint rekvisition_perioder_skilda exclude using gist (
    avtal_id with =,
    ar with =,
    (case period
        when 'H1' then int4range(1, 3) when 'H2' then int4range(3, 5) when 'K1' then int4range(1, 2)
        when 'K2' then int4range(2, 3) when 'K3' then int4range(3, 4) else int4range(4, 5)
    end) with &&
) where (lage <> 'aterkallad');
"""
SKILDA_BORT = "alter table ekonomi_rekvisition drop constraint rekvisition_perioder_skilda;"


class Migration(migrations.Migration):
    dependencies = [("ekonomi", "0001_initial")]

    operations = [migrations.RunSQL(RYMS, RYMS_FORUT), migrations.RunSQL(SKILDA, SKILDA_BORT)]
