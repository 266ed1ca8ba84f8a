"""Why there is no learner number of somebody, and no property number of an address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_row_security_over_time")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="no_uln",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="address",
            name="no_uprn",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
