"""Bodies, cases, opinions and decisions. What is filed stays as it was: triggers see to it."""

import django.db.models.deletion
import django.db.models.functions.datetime
import samordning.karna.kalender
import samordning.karna.models.part
from django.conf import settings
from django.db import migrations, models


LAST = """
create function moten_stangd_runda() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from moten_yttranderunda r
        where r.id in (new.runda_id, old.runda_id) and r.lage = 'stangd'
    ) then
        raise exception 'an opinion in a closed round never changes' using errcode = 'restrict_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger stangd_runda before insert or update or delete on moten_yttrande
    for each row execute function moten_stangd_runda();
create function moten_aldrig() returns trigger language plpgsql as $$
begin
    raise exception 'what is filed in a case is never changed or removed' using errcode = 'restrict_violation';
end $$;
create trigger handling_star_kvar before delete on moten_handling for each row execute function moten_aldrig();
create trigger handling_andras_inte before update on moten_handling for each row
    when ((old.arende_id, old.rubrik, old.datum, old.fil_id, old.text, old.rapportversion_id)
        is distinct from (new.arende_id, new.rubrik, new.datum, new.fil_id, new.text, new.rapportversion_id))
    execute function moten_aldrig();
create trigger beslut_star_kvar before delete on moten_beslut for each row execute function moten_aldrig();
create trigger beslut_utfall_star before update on moten_beslut for each row
    when ((old.arende_id, old.utfall) is distinct from (new.arende_id, new.utfall))
    execute function moten_aldrig();
"""
LAST_BORT = """
drop trigger beslut_utfall_star on moten_beslut;
drop trigger beslut_star_kvar on moten_beslut;
drop trigger handling_andras_inte on moten_handling;
drop trigger handling_star_kvar on moten_handling;
drop function moten_aldrig();
drop trigger stangd_runda on moten_yttrande;
drop function moten_stangd_runda();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('karna', '0004_jobb_rubrik'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Organ',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('namn', models.CharField(max_length=80, unique=True, verbose_name='namn')),
                ('slag', models.CharField(choices=[('beredning', 'Beredningsgrupp'), ('au', 'Arbetsutskott'), ('styrelse', 'Styrelse')], max_length=10, verbose_name='slag')),
                ('upphorde', models.DateField(blank=True, null=True, verbose_name='finns till och med')),
            ],
            options={
                'verbose_name': 'organ',
                'verbose_name_plural': 'organ',
                'ordering': [samordning.karna.models.part.SvenskOrdning('namn')],
            },
        ),
        migrations.CreateModel(
            name='Arende',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ar', models.PositiveSmallIntegerField(editable=False, verbose_name='år')),
                ('lopnummer', models.PositiveIntegerField(editable=False, verbose_name='löpnummer')),
                ('slag', models.CharField(choices=[('ansokan', 'Ansökan'), ('forlangning', 'Förlängning'), ('ovrigt', 'Övrigt')], max_length=15, verbose_name='slag')),
                ('rubrik', models.CharField(max_length=200, verbose_name='rubrik')),
                ('inkom', models.DateField(verbose_name='kom in')),
                ('objekt_typ', models.CharField(max_length=60)),
                ('objekt_id', models.BigIntegerField()),
                ('lage', models.CharField(choices=[('inkommen', 'Inkommen'), ('komplettering', 'Kompletteras'), ('beredning', 'I beredningsgruppen'), ('au', 'I arbetsutskottet'), ('styrelse', 'Hos styrelsen'), ('beviljad', 'Beviljad'), ('avslagen', 'Avslagen'), ('avslutad', 'Avslutad'), ('aterkallad', 'Återkallad')], default='inkommen', editable=False, max_length=15, verbose_name='läge')),
                ('beredd', models.DateTimeField(editable=False, null=True, verbose_name='gick till beredning')),
                ('andrad', models.DateTimeField(default=samordning.karna.kalender.nu, editable=False, verbose_name='läget ändrades')),
                ('handlaggare', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handläggare')),
                ('parter', models.ManyToManyField(related_name='+', to='karna.part', verbose_name='parter')),
            ],
            options={
                'verbose_name': 'ärendet',
                'verbose_name_plural': 'ärenden',
            },
        ),
        migrations.CreateModel(
            name='Handling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rubrik', models.CharField(max_length=200, verbose_name='rubrik')),
                ('datum', models.DateField(default=samordning.karna.kalender.idag, verbose_name='datum')),
                ('krets', models.CharField(choices=[('alla', 'Alla som ser ärendet'), ('intern', 'Bara kansliet')], default='alla', max_length=10, verbose_name='vem som ser den')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('skapad', models.DateTimeField(auto_now_add=True)),
                ('makulerad', models.CharField(blank=True, max_length=200, verbose_name='makulerad för att')),
                ('arende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handlingar', to='moten.arende')),
                ('av', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fil', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.fil')),
                ('rapportversion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.rapportversion')),
            ],
            options={
                'verbose_name': 'handling',
                'verbose_name_plural': 'handlingar',
                'ordering': ['-datum', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Jav',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slag', models.CharField(choices=[('jav', 'Jäv'), ('deltar_inte', 'Deltar inte')], default='jav', max_length=15, verbose_name='varför')),
                ('skapad', models.DateTimeField(auto_now_add=True)),
                ('arende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jav', to='moten.arende')),
                ('av', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kontakt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.kontakt', verbose_name='person')),
            ],
            options={
                'verbose_name': 'jäv',
                'verbose_name_plural': 'jäv',
            },
        ),
        migrations.CreateModel(
            name='Mote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dag', models.DateField(verbose_name='dag')),
                ('plats', models.CharField(blank=True, max_length=120, verbose_name='plats')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moten', to='moten.organ')),
            ],
            options={
                'verbose_name': 'möte',
                'verbose_name_plural': 'möten',
                'ordering': ['dag'],
            },
        ),
        migrations.CreateModel(
            name='Ledamotskap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ersattare', models.BooleanField(default=False, verbose_name='ersättare')),
                ('fran', models.DateField(default=samordning.karna.kalender.idag, verbose_name='från och med')),
                ('till', models.DateField(blank=True, null=True, verbose_name='till och med')),
                ('kontakt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.kontakt', verbose_name='person')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.part', verbose_name='för')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledamotskap', to='moten.organ')),
            ],
            options={
                'verbose_name': 'ledamot',
                'verbose_name_plural': 'ledamöter',
            },
        ),
        migrations.CreateModel(
            name='Beslut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('datum', models.DateField(verbose_name='datum')),
                ('paragraf', models.CharField(help_text='Till exempel § 34.', max_length=20, verbose_name='paragraf')),
                ('utfall', models.CharField(choices=[('bifall', 'Bifall'), ('avslag', 'Avslag'), ('aterremiss', 'Återremiss')], max_length=12, verbose_name='beslut')),
                ('motivering', models.TextField(blank=True, verbose_name='beslutet med ord')),
                ('justerat', models.DateField(blank=True, null=True, verbose_name='protokollet justerat')),
                ('skapad', models.DateTimeField(auto_now_add=True)),
                ('arende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alla_beslut', to='moten.arende')),
                ('av', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moten.organ', verbose_name='organ')),
            ],
            options={
                'verbose_name': 'beslut',
                'verbose_name_plural': 'beslut',
                'ordering': ['-datum', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Yttranderunda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('oppnad', models.DateTimeField(default=samordning.karna.kalender.nu, editable=False)),
                ('senast', models.DateField(verbose_name='svar senast')),
                ('fraga', models.TextField(blank=True, verbose_name='fråga')),
                ('lage', models.CharField(choices=[('oppen', 'Öppen'), ('stangd', 'Stängd')], default='oppen', editable=False, max_length=10, verbose_name='läge')),
                ('stangd', models.DateTimeField(editable=False, null=True)),
                ('sammanfattning', models.TextField(blank=True, verbose_name='sammanfattning')),
                ('paminda', models.DateTimeField(editable=False, null=True, verbose_name='påminnelse skickades')),
                ('arende', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rundor', to='moten.arende')),
                ('organ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moten.organ', verbose_name='organ')),
            ],
            options={
                'verbose_name': 'yttranderundan',
                'verbose_name_plural': 'yttranderundor',
                'ordering': ['-oppnad', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Yttrande',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('grupp', models.CharField(blank=True, max_length=60, verbose_name='grupp')),
                ('ordning', models.PositiveSmallIntegerField(default=0)),
                ('stallning', models.CharField(blank=True, choices=[('tillstyrker', 'Tillstyrker'), ('medskick', 'Tillstyrker med medskick'), ('tveksam', 'Tveksam'), ('avstyrker', 'Avstyrker'), ('aterremiss', 'Vill ha ärendet omarbetat'), ('avstar', 'Avstår')], max_length=15, verbose_name='ställning')),
                ('text', models.TextField(blank=True, verbose_name='synpunkter')),
                ('kalla', models.CharField(choices=[('mote', 'På mötet'), ('skriftligt', 'Skriftligt')], default='mote', max_length=12, verbose_name='lämnat')),
                ('inkom', models.DateField(blank=True, null=True, verbose_name='datum')),
                ('av', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ledamot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.kontakt')),
                ('organ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moten.organ')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.part')),
                ('runda', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yttranden', to='moten.yttranderunda')),
            ],
            options={
                'verbose_name': 'yttrande',
                'verbose_name_plural': 'yttranden',
                'ordering': ['ordning', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='arende',
            index=models.Index(fields=['-ar', '-lopnummer'], name='arende_diarium'),
        ),
        migrations.AddIndex(
            model_name='arende',
            index=models.Index(fields=['lage'], name='arende_lage'),
        ),
        migrations.AddConstraint(
            model_name='arende',
            constraint=models.UniqueConstraint(fields=('ar', 'lopnummer'), name='arende_diarienummer'),
        ),
        migrations.AddConstraint(
            model_name='arende',
            constraint=models.UniqueConstraint(fields=('objekt_typ', 'objekt_id'), name='arende_ett_per_objekt'),
        ),
        migrations.AddConstraint(
            model_name='handling',
            constraint=models.CheckConstraint(condition=models.Q(('fil__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='handling_har_innehall', violation_error_message='Välj en fil eller skriv en text.'),
        ),
        migrations.AddConstraint(
            model_name='jav',
            constraint=models.UniqueConstraint(fields=('arende', 'kontakt'), name='jav_en_gang', violation_error_message='Personen är redan antecknad.'),
        ),
        migrations.AddConstraint(
            model_name='mote',
            constraint=models.UniqueConstraint(fields=('organ', 'dag'), name='mote_ett_om_dagen', violation_error_message='Det finns redan ett möte den dagen.'),
        ),
        migrations.AddConstraint(
            model_name='ledamotskap',
            constraint=models.CheckConstraint(condition=models.Q(('till', None), ('till__gte', models.F('fran')), _connector='OR'), name='ledamotskap_slut_efter_start', violation_error_message='Uppdraget kan inte sluta innan det börjar.'),
        ),
        migrations.AddConstraint(
            model_name='ledamotskap',
            constraint=models.UniqueConstraint(fields=('organ', 'kontakt', 'fran'), name='ledamotskap_en_gang', violation_error_message='Personen är redan ledamot från den dagen.'),
        ),
        migrations.AddConstraint(
            model_name='yttranderunda',
            constraint=models.UniqueConstraint(condition=models.Q(('lage', 'oppen')), fields=('arende',), name='yttranderunda_en_oppen', violation_error_message='Ärendet har redan en öppen runda. Stäng den först.'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('grupp', ''), _negated=True), ('ledamot', None), ('organ', None), ('part', None)), models.Q(('grupp', ''), ('ledamot', None), ('organ__isnull', False), ('part', None)), models.Q(('grupp', ''), ('ledamot', None), ('organ', None), ('part__isnull', False)), models.Q(('grupp', ''), ('ledamot__isnull', False), ('organ', None), ('part', None)), _connector='OR'), name='yttrande_en_avlamnare'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('inkom', None), ('stallning', '')), models.Q(models.Q(('stallning', ''), _negated=True), ('inkom__isnull', False)), _connector='OR'), name='yttrande_inkom_nar_lamnat', violation_error_message='Skriv vilken dag yttrandet lämnades.'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.UniqueConstraint(condition=models.Q(('part__isnull', False)), fields=('runda', 'part'), name='yttrande_en_per_part'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.UniqueConstraint(condition=models.Q(('grupp', ''), _negated=True), fields=('runda', 'grupp'), name='yttrande_en_per_grupp'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.UniqueConstraint(condition=models.Q(('organ__isnull', False)), fields=('runda', 'organ'), name='yttrande_ett_per_organ'),
        ),
        migrations.AddConstraint(
            model_name='yttrande',
            constraint=models.UniqueConstraint(condition=models.Q(('ledamot__isnull', False)), fields=('runda', 'ledamot'), name='yttrande_ett_per_ledamot'),
        ),
        migrations.AddField(
            model_name='arende',
            name='huvudpart',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.part', verbose_name='huvudpart'),
        ),
        migrations.AlterField(
            model_name='arende',
            name='lage',
            field=models.CharField(choices=[('inkommen', 'Inkommen'), ('komplettering', 'Under komplettering'), ('beredning', 'I beredningsgruppen'), ('au', 'I arbetsutskottet'), ('styrelse', 'Hos styrelsen'), ('beviljad', 'Beviljad'), ('avslagen', 'Avslagen'), ('avslutad', 'Avslutad'), ('aterkallad', 'Återkallad')], default='inkommen', editable=False, max_length=15, verbose_name='läge'),
        ),
        migrations.AddConstraint(
            model_name='beslut',
            constraint=models.UniqueConstraint(models.F('organ'), django.db.models.functions.datetime.ExtractYear('datum'), models.F('paragraf'), name='beslut_paragraf_en_gang', violation_error_message='Organet har redan ett beslut med den paragrafen det året.'),
        ),
        migrations.RunSQL(LAST, LAST_BORT),
    ]
