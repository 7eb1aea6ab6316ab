"""A question that goes round the table, answers about old minutes that somebody goes on with later, and the text of
files of other apps.
"""

import django.db.models.deletion
from django.db import migrations, models

# What was said is part of the record, which never changes when it is approved or published (0005).
LAST = """
create function moten_ordsvar_last() returns trigger language plpgsql as $$
declare mote bigint;
begin
    select p.mote_id into mote from moten_ordrunda r join moten_punkt p on p.id = r.punkt_id
        where r.id = (case when tg_op = 'DELETE' then old.runda_id else new.runda_id end);
    if moten_last_protokoll(mote) then
        raise exception 'moten_ordsvar: the record is locked' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger moten_ordsvar_last before insert or update or delete on moten_ordsvar
    for each row execute function moten_ordsvar_last();
"""
LAST_BORT = """
drop trigger moten_ordsvar_last on moten_ordsvar;
drop function moten_ordsvar_last();
"""


class Migration(migrations.Migration):
    dependencies = [('moten', '0009_publicerad_text'), ('karna', '0004_jobb_rubrik')]

    operations = [
        migrations.CreateModel(
            name='Ordrunda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fraga', models.CharField(max_length=200, verbose_name='fråga')),
                ('lage', models.CharField(choices=[('utkast', 'Utkast'), ('oppen', 'Öppen'), ('stangd', 'Stängd')], default='utkast', editable=False, max_length=10, verbose_name='läge')),
                ('punkt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ordrunda', to='moten.punkt')),
            ],
            options={'verbose_name': 'rundan', 'verbose_name_plural': 'rundor'},
        ),
        migrations.CreateModel(
            name='Ordsvar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('ordning', models.PositiveSmallIntegerField(default=0)),
                ('namn', models.CharField(blank=True, max_length=80, verbose_name='vem')),
                ('text', models.CharField(max_length=200, verbose_name='svar')),
                ('enhet', models.CharField(blank=True, editable=False, max_length=64)),
                ('runda', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='svar', to='moten.ordrunda')),
            ],
            options={
                'verbose_name': 'svar i rundan',
                'verbose_name_plural': 'svar i rundan',
                'ordering': ['ordning', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('enhet', ''), _negated=True), fields=('runda', 'enhet'), name='ordsvar_ett_per_enhet')],
            },
        ),
        migrations.RunSQL(LAST, LAST_BORT),
        migrations.RemoveConstraint(model_name='handlingstext', name='handlingstext_av_ett'),
        migrations.AddField(
            model_name='handlingstext',
            name='fil',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='karna.fil'),
        ),
        migrations.AddConstraint(
            model_name='handlingstext',
            constraint=models.CheckConstraint(
                name='handlingstext_av_ett',
                condition=models.Q(('fil', None), ('handling__isnull', False), ('underlag', None))
                | models.Q(('fil', None), ('handling', None), ('underlag__isnull', False))
                | models.Q(('fil__isnull', False), ('handling', None), ('underlag', None)),
            ),
        ),
        migrations.AddField(
            model_name='inlasning', name='halva_svar', field=models.JSONField(db_default={}, default=dict, editable=False)
        ),
    ]
