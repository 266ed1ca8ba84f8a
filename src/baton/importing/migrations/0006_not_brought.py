"""A run says which columns and sheets of its extract nothing was made of, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importing", "0005_reports")]
    operations = [
        migrations.AddField("run", "not_brought", models.JSONField(default=list, db_default=[])),
    ]
