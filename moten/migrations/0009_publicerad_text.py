"""What was published of each item, to be searched by those who read the published record."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import CombinedSearchVector, SearchConfig, SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Upper

# What was published of each item. A later publication of the meeting takes the place of an earlier one.
PUBLICERAT = """
create function moten_publicera_punkter(nyckel bigint, mote bigint, innehall jsonb) returns void language sql as $$
    delete from moten_publiceradtext t using moten_punkt p where t.punkt_id = p.id and p.mote_id = mote
        and not exists (
            select from jsonb_path_query(innehall, 'strict $.**.punkter[*]') r(rad) where rad -> 'pk' = to_jsonb(p.id)
        );
    insert into moten_publiceradtext (punkt_id, publicering_id, rubrik, text)
    select distinct on (p.id) p.id, nyckel, left(coalesce(rad ->> 'rubrik', ''), 500), left(coalesce((
        select string_agg(v #>> '{}', chr(10)) from jsonb_path_query(rad, 'strict $.**.text') v
        where jsonb_typeof(v) = 'string'
    ), ''), 100000)
    from jsonb_path_query(innehall, 'strict $.**.punkter[*]') r(rad)
    join moten_punkt p on p.mote_id = mote and to_jsonb(p.id) = rad -> 'pk'
    on conflict (punkt_id) do update
        set publicering_id = excluded.publicering_id, rubrik = excluded.rubrik, text = excluded.text;
$$;
create function moten_publicerad_text() returns trigger language plpgsql as $$
begin
    perform moten_publicera_punkter(new.id, new.mote_id, new.innehall);
    return new;
end $$;
create trigger moten_publicerad_text after insert on moten_publicering
    for each row execute function moten_publicerad_text();
"""
PUBLICERAT_BORT = """
drop trigger moten_publicerad_text on moten_publicering;
drop function moten_publicerad_text();
drop function moten_publicera_punkter(bigint, bigint, jsonb);
"""
# Records that were published before there was a trigger.
BEFINTLIGA = """
select moten_publicera_punkter(id, mote_id, innehall)
from (select distinct on (mote_id) * from moten_publicering order by mote_id, nr desc) p;
"""


def _trigram(modell, falt):
    index = GinIndex(OpClass(Upper(falt), name='gin_trgm_ops'), name=f'{modell}_{falt}_trigram')
    return migrations.AddIndex(model_name=modell, index=index)


class Migration(migrations.Migration):
    dependencies = [('moten', '0008_inlasning')]

    operations = [
        migrations.CreateModel(
            name='Publiceradtext',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rubrik', models.TextField()),
                ('text', models.TextField()),
                ('sokvektor', models.GeneratedField(db_persist=True, expression=CombinedSearchVector(SearchVector('rubrik', config='swedish', weight='A'), '||', SearchVector('text', config='swedish', weight='B'), SearchConfig('swedish')), output_field=SearchVectorField())),
                ('publicering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moten.publicering')),
                ('punkt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='publicerad', to='moten.punkt')),
            ],
            options={'verbose_name': 'publicerad text', 'verbose_name_plural': 'publicerade texter'},
        ),
        migrations.AddIndex(model_name='publiceradtext', index=GinIndex(fields=['sokvektor'], name='publiceradtext_sokvektor')),
        _trigram('publiceradtext', 'rubrik'),
        _trigram('publiceradtext', 'text'),
        migrations.RunSQL(PUBLICERAT, PUBLICERAT_BORT),
        migrations.RunSQL(BEFINTLIGA, migrations.RunSQL.noop),
    ]
