"""Old minutes on their way in: the file, what the reader made of it, and what came of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('karna', '0004_jobb_rubrik'),
        ('moten', '0007_sok'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inlasning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('namn', models.CharField(max_length=200, verbose_name='fil')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('lage', models.CharField(choices=[('vantar', 'Läses'), ('fragor', 'Behöver svar'), ('klar', 'Klar att spara'), ('inlast', 'Sparad som möte'), ('nekad', 'Gick inte att läsa'), ('angrad', 'Ångrad')], default='vantar', editable=False, max_length=10, verbose_name='läge')),
                ('tolkad', models.JSONField(default=dict, editable=False)),
                ('fragor', models.JSONField(default=list, editable=False)),
                ('besked', models.CharField(blank=True, editable=False, max_length=500, verbose_name='varför inte')),
                ('skapat', models.JSONField(default=dict, editable=False)),
                ('skapad', models.DateTimeField(auto_now_add=True)),
                ('av', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fil', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.fil')),
                ('korning', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='karna.importkorning')),
                ('mote', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='moten.mote')),
            ],
            options={
                'verbose_name': 'inläsningen',
                'verbose_name_plural': 'inläsningar',
                'ordering': ['-skapad', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lage', 'inlast')), fields=('sha256',), name='inlasning_en_sparad_per_fil')],
            },
        ),
    ]
