"""Who sees episodes, what happened in them and what is due."""

from django.db import migrations

from baton.platform.row_security import HUB, TEAM_OR_LEAD, policy, seen_with_the_family


class Migration(migrations.Migration):
    dependencies = [("episodes", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        policy("episodes_episode", name="held", using=TEAM_OR_LEAD.format(family="family_id")),
        seen_with_the_family("episodes_episode"),  # earlier episodes of a family held now: the story is told once
        policy("episodes_episode", name="hub", using=HUB, command="select"),  # that there is one, not what is in it
        policy("episodes_deadline", name="held", using=TEAM_OR_LEAD.format(family="family_id")),
        seen_with_the_family("episodes_allocation"),
        policy("episodes_allocation", name="hub", using=HUB, command="select"),
        seen_with_the_family("episodes_event"),
        seen_with_the_family("episodes_directeddate"),
        seen_with_the_family("episodes_stepup"),
    ]
