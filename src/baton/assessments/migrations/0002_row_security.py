"""Assessments and scores are seen with the family."""

from django.db import migrations

from baton.platform.row_security import seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        seen_with_the_family("assessments_assessment"),
        seen_with_the_family("assessments_answer"),
        seen_with_the_family("assessments_outcomeview"),
        seen_with_the_family("assessments_managercomment"),
        seen_with_the_family("assessments_toolscore"),
    ]
