"""Files of meetings are searched as papers of cases are, and words inside other words are found by an index."""

import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Upper


def _trigram(modell, falt):
    index = GinIndex(OpClass(Upper(falt), name='gin_trgm_ops'), name=f'{modell}_{falt}_trigram')
    return migrations.AddIndex(model_name=modell, index=index)


class Migration(migrations.Migration):
    dependencies = [('moten', '0006_kallelsens_mejl')]

    operations = [
        migrations.AddField(model_name='handlingstext', name='fel', field=models.CharField(blank=True, db_default='', default='', max_length=30)),
        migrations.AddField(model_name='handlingstext', name='last', field=models.DateTimeField(editable=False, null=True)),
        migrations.AddField(model_name='handlingstext', name='rubrik', field=models.CharField(blank=True, db_default='', default='', max_length=200)),
        migrations.AddField(
            model_name='handlingstext', name='underlag',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='innehall', to='moten.underlag'),
        ),
        migrations.AlterField(
            model_name='handlingstext', name='handling',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='innehall', to='moten.handling'),
        ),
        _trigram('handlingstext', 'rubrik'),
        _trigram('punkt', 'rubrik'),
        _trigram('punkt', 'text'),
        _trigram('utfall', 'text'),
        migrations.AddConstraint(
            model_name='handlingstext',
            constraint=models.CheckConstraint(
                condition=models.Q(('handling', None), ('underlag__isnull', False)) | models.Q(('handling__isnull', False), ('underlag', None)),
                name='handlingstext_av_ett',
            ),
        ),
    ]
