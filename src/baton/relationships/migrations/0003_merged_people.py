"""People who are made one: couples, brothers and sisters stay one row whichever stands first; relatives are two people."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations
from django.db.models import F, Func, Q

SQL = (Path(__file__).resolve().parent.parent / "two_people.sql").read_text()
BACK = """
create or replace function guard.why_two(one bigint, other bigint) returns text language plpgsql stable set search_path = public, pg_temp as
$$ begin return null; end $$;
"""
MUTUAL = [
    "civil_partner",
    "cousin",
    "friend",
    "half_sibling",
    "living_together",
    "married",
    "neighbour",
    "other_relative",
    "partner",
    "sibling",
    "step_sibling",
]


class Migration(migrations.Migration):
    locks_are_short = "a constraint over the mutual relationships of a place; 100,000 of them take under three seconds"
    dependencies = [("relationships", "0002_row_security"), ("matching", "0010_what_cannot_be_merged")]
    operations = [
        migrations.RemoveConstraint("relationship", "a_mutual_relationship_is_one_row"),
        migrations.AddConstraint(
            "relationship",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="a_mutual_relationship_is_said_once",
                expressions=[
                    (
                        Func(F("person"), F("relative"), function="LEAST"),
                        django.contrib.postgres.fields.ranges.RangeOperators.EQUAL,
                    ),
                    (
                        Func(F("person"), F("relative"), function="GREATEST"),
                        django.contrib.postgres.fields.ranges.RangeOperators.EQUAL,
                    ),
                    ("kind", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                    (
                        Func(F("from_on"), F("until_on"), function="DATERANGE"),
                        django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(struck_at__isnull=True) & Q(kind__in=MUTUAL),
            ),
        ),
        migrations.RunSQL(SQL, BACK),
    ]
