"""Mails about a meeting, what a summons said, and addresses of calendars."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samordning.karna.kalender


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ('moten', '0005_last')]

    operations = [
        migrations.AddField(
            model_name='kallelse', name='innehall', field=models.JSONField(db_default={}, default=dict)
        ),
        migrations.CreateModel(
            name='Kalenderprenumeration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nummer', models.PositiveIntegerField(default=1)),
                ('anvandare', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={'verbose_name': 'kalenderprenumeration', 'verbose_name_plural': 'kalenderprenumerationer'},
        ),
        migrations.CreateModel(
            name='Motesmejl',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slag', models.CharField(choices=[('kallelse', 'Kallelse'), ('ersattare', 'Kallelse till ersättare'), ('paminnelse', 'Påminnelse'), ('installt', 'Inställt')], max_length=10)),
                ('skapat', models.DateTimeField(default=samordning.karna.kalender.nu)),
                ('skickat', models.DateTimeField(null=True)),
                ('forsok', models.PositiveSmallIntegerField(default=0)),
                ('kallelse', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moten.kallelse')),
                ('mote', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mejl', to='moten.mote')),
                ('narvaro', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='moten.narvaro')),
            ],
            options={
                'verbose_name': 'mejl om ett möte',
                'verbose_name_plural': 'mejl om möten',
                'indexes': [models.Index(condition=models.Q(('skickat', None)), fields=['mote'], name='motesmejl_osanda')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('slag__in', ['kallelse', 'ersattare'])), fields=('narvaro', 'kallelse', 'slag'), name='motesmejl_en_gang_per_kallelse')],
            },
        ),
    ]
