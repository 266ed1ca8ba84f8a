"""What a run found stays after it, without anybody's values: lines for information governance, numbers for both."""

from typing import Any

from django.db import migrations, models

from baton.platform.row_security import GOVERNANCE, policy

# Only an operator's command writes them, as the owner.
WRITTEN_BY_THE_OWNER = """select guard.let_only_writers_write('importing_reportline');
revoke insert, update, delete, truncate on importing_reportline from baton_app;"""


def _of_run(name: str, **more: Any) -> "models.ForeignKey[Any, Any]":
    """Without a key in the database: a run is never removed, and looking it up for each row cost time."""
    return models.ForeignKey("importing.run", related_name=name, db_constraint=False, **more)


class Migration(migrations.Migration):
    dependencies = [("importing", "0004_called")]
    operations = [
        migrations.AlterField(
            "run",
            "state",
            models.CharField(
                choices=[
                    ("staged", "Under way"),
                    ("done", "Done"),
                    ("undone", "Taken back"),
                    ("partly_undone", "Taken back in part"),
                    ("tried", "Tried, nothing kept"),
                ],
                default="staged",
                max_length=16,
            ),
        ),
        migrations.AddField("run", "rows", models.JSONField(default=list, db_default=[])),
        migrations.AddField("run", "said", models.JSONField(default=list, db_default=[])),
        migrations.AddField("run", "known", models.JSONField(default=dict, db_default={})),
        migrations.AddField("run", "families_taken_back", models.IntegerField(default=0, db_default=0)),
        migrations.AddField("run", "families_that_stay", models.IntegerField(default=0, db_default=0)),
        migrations.CreateModel(
            name="ReportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=200)),
                ("line", models.IntegerField()),
                ("kind", models.CharField(max_length=12)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed in the other system"),
                            ("same", "As it was"),
                            ("stopped", "Not brought"),
                        ],
                        max_length=8,
                    ),
                ),
                ("level", models.CharField(max_length=8)),
                ("field", models.CharField(max_length=40)),
                ("words", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.deletion.CASCADE,
                        related_name="lines",
                        to="importing.run",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["run", "level", "id"], name="report_lines_by_level")]},
        ),
        migrations.AlterField("staged", "run", _of_run("staged", on_delete=models.CASCADE, db_index=False)),
        migrations.AlterField("sourcerecord", "run", _of_run("brought", on_delete=models.PROTECT)),
        migrations.AlterField("sourcerecord", "changed_by", _of_run("changed", on_delete=models.PROTECT, null=True)),
        policy("importing_reportline", name="governance", using=GOVERNANCE, command="select"),
        migrations.RunSQL(WRITTEN_BY_THE_OWNER, migrations.RunSQL.noop),
    ]
