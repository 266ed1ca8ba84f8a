"""Restrictions are reviewed, emergencies judged, audits have a name of their own, and a team around a family its keepers."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from baton.platform.row_security import GOVERNANCE, keep_history, policy

TEAM_AROUND = (Path(__file__).resolve().parent.parent / "team_around.sql").read_text()
USER = settings.AUTH_USER_MODEL
SERVICE_MANAGERS = "(select guard.has_role('service_manager'))"
MANAGED = """((select guard.has_role('team_manager')) or (select guard.has_role('service_manager')))
    and guard.holds(family_id)"""
# Whoever works with a restricted family sees that it is, and who else is named.
KNOWN_TO_THE_NAMED = "{now} is null and guard.holds(family_id)"
# The name that a sample carried becomes an audit of its own.
AUDITS_FROM_NAMES = """
insert into governance_audit (title, question, auditor_id, seed, drawn_from, made_by_id, made_at, closed_by_id, closed_at)
select s.audit, '', s.auditor_id, 1, 0, min(s.opened_by_id), min(s.opened_at),
       case when bool_and(s.closed_at is not null) then max(s.closed_by_id) end,
       case when bool_and(s.closed_at is not null) then max(s.closed_at) end
  from governance_sample s group by s.audit, s.auditor_id;
update governance_sample s set within_id = a.id from governance_audit a where a.title = s.audit and a.auditor_id = s.auditor_id;
set constraints all immediate;
"""


def key(to: str, **told: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, **{"related_name": "+", **told})


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_who_sees"), migrations.swappable_dependency(USER)]
    operations = [
        migrations.AddField("restriction", "review_on", models.DateField(null=True)),
        migrations.RunSQL(
            "update governance_restriction set review_on = set_at::date + 90; set constraints all immediate;",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("restriction", "review_on", models.DateField()),
        migrations.AddField("restriction", "lifted_because", models.TextField(blank=True, default="")),
        migrations.AlterField("restriction", "lifted_because", models.TextField(blank=True)),
        migrations.AddField("namedperson", "ended_by", key(USER, null=True)),
        migrations.AddField(
            "emergency",
            "judgement",
            models.CharField(
                blank=True,
                choices=[("justified", "It was justified"), ("not_justified", "It was not justified")],
                db_default="",
                default="",
                max_length=13,
            ),
        ),
        migrations.CreateModel(
            "RestrictionReview",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("review_on", models.DateField()),
                ("reviewed_at", models.DateTimeField()),
                ("family", key("people.family")),
                ("restriction", key("governance.restriction", related_name="reviews")),
                ("reviewed_by", key(USER)),
            ],
        ),
        migrations.AlterField("aroundmember", "user", key(USER, null=True)),
        migrations.AddField("aroundmember", "name", models.CharField(blank=True, default="", max_length=200)),
        migrations.AlterField("aroundmember", "name", models.CharField(blank=True, max_length=200)),
        migrations.AddField("aroundmember", "agency", models.CharField(blank=True, default="", max_length=200)),
        migrations.AlterField("aroundmember", "agency", models.CharField(blank=True, max_length=200)),
        migrations.AddConstraint(
            "aroundmember",
            models.CheckConstraint(
                condition=Q(("name", ""), ("user__isnull", False))
                | Q(("user__isnull", True), Q(("name", ""), _negated=True)),
                name="a_member_has_an_account_or_a_name",
            ),
        ),
        migrations.CreateModel(
            "Audit",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("question", models.TextField()),
                ("seed", models.PositiveIntegerField()),
                ("drawn_from", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("auditor", key(USER)),
                ("made_by", key(USER)),
                ("closed_by", key(USER, null=True)),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
        migrations.AddField("sample", "is_drawn", models.BooleanField(default=False)),
        migrations.AddField("sample", "within", key("governance.audit", null=True)),
        migrations.RunSQL(AUDITS_FROM_NAMES, migrations.RunSQL.noop),
        migrations.RemoveField("sample", "audit"),
        migrations.RenameField("sample", "within", "audit"),
        migrations.AlterField("sample", "audit", key("governance.audit", related_name="samples")),
        policy(
            "governance_restriction", name="named", using=KNOWN_TO_THE_NAMED.format(now="lifted_at"), command="select"
        ),
        policy(
            "governance_namedperson", name="named", using=KNOWN_TO_THE_NAMED.format(now="until_at"), command="select"
        ),
        policy("governance_restrictionreview", name="governance", using=GOVERNANCE),
        policy("governance_restrictionreview", name="managed", using=MANAGED),
        policy("governance_audit", name="governance", using=GOVERNANCE),
        policy("governance_audit", name="service_manager", using=SERVICE_MANAGERS),
        policy("governance_audit", name="own", using="auditor_id = (select guard.user_id())", command="select"),
        migrations.RunSQL(
            "create policy nobody_their_own on governance_emergency as restrictive for update"
            " using (true) with check (user_id <> (select guard.user_id()));",
            "drop policy nobody_their_own on governance_emergency;",
        ),
        migrations.RunSQL(TEAM_AROUND),
        *(
            migrations.RunSQL(f"revoke delete, truncate on governance_{table} from baton_app;", migrations.RunSQL.noop)
            for table in ("restrictionreview", "audit")
        ),
        *(keep_history(f"governance_{table}") for table in ("restrictionreview", "audit")),
    ]
