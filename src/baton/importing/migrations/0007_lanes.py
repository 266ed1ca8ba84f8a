"""A batch says which lane it belongs to. Of one that was brought before there were lanes, all rows are done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importing", "0006_not_brought")]
    operations = [
        migrations.AddField("batch", "lane", models.SmallIntegerField(null=True)),
    ]
