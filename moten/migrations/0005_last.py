"""Records that are locked, numbers that are given once, and the bodies that were there before."""

from django.db import migrations

LAST = """
-- The record of a meeting that is approved or published never changes (MA8, MA15): what was noted, in which order and
-- under which number. What is done about a decision afterwards may be written.
create function moten_last_protokoll(mote bigint) returns boolean language sql stable as $$
    select exists (select 1 from moten_mote m where m.id = mote and m.lage in ('justerat', 'publicerat', 'arkiverat'))
$$;
create function moten_punkt_last() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if moten_last_protokoll(old.mote_id) then
            raise exception 'moten_punkt: the record is locked' using errcode = 'restrict_violation';
        end if;
        return old;
    end if;
    if (tg_op = 'INSERT' or (old.mote_id, old.rubrik, old.text, old.status, old.hanvisad_till, old.ordning,
            old.nummer_text) is distinct from (new.mote_id, new.rubrik, new.text, new.status, new.hanvisad_till,
            new.ordning, new.nummer_text) or old.nummer is distinct from new.nummer)
        and (moten_last_protokoll(new.mote_id) or (tg_op = 'UPDATE' and moten_last_protokoll(old.mote_id))) then
        raise exception 'moten_punkt: the record is locked' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'UPDATE' and old.nummer is not null and new.nummer is distinct from old.nummer then
        raise exception 'moten_punkt: a number never changes' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger moten_punkt_last before insert or update or delete on moten_punkt
    for each row execute function moten_punkt_last();
create function moten_utfall_last() returns trigger language plpgsql as $$
declare mote bigint;
begin
    select p.mote_id into mote from moten_punkt p
        where p.id = (case when tg_op = 'DELETE' then old.punkt_id else new.punkt_id end);
    if moten_last_protokoll(mote) and (tg_op <> 'UPDATE' or (old.punkt_id, old.typ, old.text, old.arendeutfall,
            old.ordning) is distinct from (new.punkt_id, new.typ, new.text, new.arendeutfall, new.ordning)) then
        raise exception 'moten_utfall: the record is locked' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger moten_utfall_last before insert or update or delete on moten_utfall
    for each row execute function moten_utfall_last();
-- Rows are only added: the function of karna 0002.
create trigger moten_paragraf_bara_nya before update or delete on moten_paragraf
    for each row execute function karna_bara_tillagg();
create trigger moten_protokollversion_bara_nya before update or delete on moten_protokollversion
    for each row execute function karna_bara_tillagg();
create trigger moten_publicering_bara_nya before update or delete on moten_publicering
    for each row execute function karna_bara_tillagg();
"""
LAST_BORT = """
drop trigger moten_publicering_bara_nya on moten_publicering;
drop trigger moten_protokollversion_bara_nya on moten_protokollversion;
drop trigger moten_paragraf_bara_nya on moten_paragraf;
drop trigger moten_utfall_last on moten_utfall;
drop function moten_utfall_last();
drop trigger moten_punkt_last on moten_punkt;
drop function moten_punkt_last();
drop function moten_last_protokoll(bigint);
"""
# Bodies and meetings that were there before: the board's decisions are numbered, approved and read by all.
BEFINTLIGA = """
update moten_organ set numrering = 'paragraf', justeras = true, publikt = true, kallelse_dagar = 14
    where slag = 'styrelse';
update moten_mote set uid = gen_random_uuid() where uid is null;
"""


class Migration(migrations.Migration):
    dependencies = [("moten", "0004_protokoll")]

    operations = [
        migrations.RunSQL(LAST, LAST_BORT),
        migrations.RunSQL(BEFINTLIGA, migrations.RunSQL.noop),
    ]
