"""Deadlines are told apart by the record that started them, so that two visits of the same minute each keep theirs."""

from django.db import migrations, models

START = """
update {table} kept set record = started.record, record_id = started.record_id
  from (select distinct on (episode_id, at) episode_id, at, record, record_id from episodes_event
         order by episode_id, at, id) started
 where started.episode_id = kept.episode_id and started.at = kept.started_at
"""
KEPT, SET = "episodes_deadline", "episodes_directeddate"
FIELDS = ("episode", "timescale", "person", "started_at", "record", "record_id")


def fields_of(model: str) -> list[migrations.AddField]:
    return [
        migrations.AddField(model, "record", models.CharField(max_length=60, blank=True, default=""), False),
        migrations.AddField(model, "record_id", models.BigIntegerField(null=True)),
    ]


class Migration(migrations.Migration):
    dependencies = [("episodes", "0004_one_deadline_a_turn"), ("people", "0004_who_changed")]
    operations = [
        *fields_of("deadline"),
        *fields_of("directeddate"),
        migrations.RemoveConstraint("deadline", "one_deadline_a_rule_and_turn"),
        migrations.RemoveConstraint("directeddate", "one_directed_date_a_deadline"),
        migrations.RunSQL(START.format(table=KEPT), migrations.RunSQL.noop),
        migrations.RunSQL(START.format(table=SET), migrations.RunSQL.noop),
        migrations.AddConstraint(
            "deadline",
            models.UniqueConstraint(fields=FIELDS, nulls_distinct=False, name="one_deadline_a_rule_and_start"),
        ),
        migrations.AddConstraint(
            "directeddate",
            models.UniqueConstraint(fields=FIELDS, nulls_distinct=False, name="one_directed_date_a_start"),
        ),
    ]
