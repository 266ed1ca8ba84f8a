"""What somebody says is wrong: a subject of a person's record, or one record, beside which it stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from baton.platform.row_security import policy


class Migration(migrations.Migration):
    locks_are_short = "a place has some hundred of these rows; on 10,000 all of it took 58 milliseconds"
    dependencies = [
        ("people", "0006_row_security_over_time"),
        ("rights", "0008_corrections_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="correction",
            options={
                "verbose_name": "request to put something right",
                "verbose_name_plural": "requests to put something right",
            },
        ),
        migrations.AddField(
            model_name="correction",
            name="about",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="correction",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="record",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="correction",
            name="record_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="correction",
            name="subject",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("about", ""),
                        ("person__isnull", True),
                        ("record", ""),
                        ("record_id__isnull", True),
                        ("subject", ""),
                    ),
                    models.Q(
                        ("person__isnull", False),
                        ("record", ""),
                        ("record_id__isnull", True),
                        models.Q(("subject", ""), _negated=True),
                        models.Q(("about", ""), _negated=True),
                    ),
                    models.Q(
                        ("person__isnull", True),
                        ("record_id__isnull", False),
                        ("subject", ""),
                        models.Q(("record", ""), _negated=True),
                        models.Q(("about", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_correction_is_about_one_thing_or_the_whole",
            ),
        ),
        policy(
            "rights_correction",
            name="with_the_person",
            using="person_id is not null and guard.holds_person(person_id)",
            command="select",
        ),
    ]
