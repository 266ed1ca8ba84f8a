"""Who sees what is known of a person over time: whoever holds a family the person is or was in."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import HUB, only_inserted, policy, seen_with_the_family

OVER_TIME = Path(__file__).resolve().parent.parent / "people_over_time.sql"
TAKE_BACK = "drop function guard.holds_somebody_at; drop function guard.holds_person;"
WHO_IT_IS = (
    "people_personname",
    "people_residence",
    "people_contactpoint",
    "people_setting",
)  # the hub writes them down
PERSON_IS_HELD = "guard.holds_person({person})"
ONLY_A_MERGE_MOVES_IT = "grant update (person_id) on people_personchange to baton_app;"


def held(table: str, person: str = "person_id") -> migrations.RunSQL:
    """A row about a person, seen by those who hold the person."""
    return policy(table, name="person_is_held", using=PERSON_IS_HELD.format(person=person))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_people_over_time"), ("platform", "0002_guard")]
    operations = [
        migrations.RunSQL(OVER_TIME.read_text(), TAKE_BACK),
        *(held(table) for table in WHO_IT_IS),
        *(policy(table, name="hub", using=HUB) for table in (*WHO_IT_IS, "people_address")),
        seen_with_the_family("people_address"),
        policy("people_address", name="somebody_there_is_held", using="guard.holds_somebody_at(id)"),
        held("people_involvement"),
        held("people_parentalresponsibility", "child_id"),
        held("people_personchange"),
        only_inserted("people_personchange"),
        migrations.RunSQL(ONLY_A_MERGE_MOVES_IT, migrations.RunSQL.noop),
        seen_with_the_family("people_familywarning"),
        policy(
            "people_familywarning",
            name="person_is_held",
            using="person_id is not null and guard.holds_person(person_id)",
        ),
        policy(
            "people_warningreview",
            name="with_the_warning",
            using="exists (select 1 from people_familywarning w where w.id = warning_id)",
        ),
    ]
