from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insatser", "0004_utbud")]

    operations = [
        migrations.AddField(
            model_name="ansokan",
            name="forlangt_till",
            field=models.DateField(editable=False, null=True),
        ),
    ]
