"""Need to know: the context of each role, closed families, emergencies; and who reads the tables of governance itself."""

from pathlib import Path

from django.db import migrations

from baton.platform.row_security import GOVERNANCE, keep_history, policy, seen_with_the_family

HERE = Path(__file__).resolve().parent.parent
NEED_TO_KNOW = (HERE / "need_to_know.sql").read_text()
CLOSED_AND_READ = (HERE / "closed_and_read.sql").read_text()
SEARCH = (HERE.parent / "matching" / "search.sql").read_text()
RECOGNITION = (HERE.parent / "requests" / "recognition.sql").read_text()

OWN = "user_id = (select guard.user_id())"
MANAGED = """((select guard.has_role('team_manager')) or (select guard.has_role('service_manager')))
    and guard.holds(family_id)"""
SERVICE_MANAGERS = "(select guard.has_role('service_manager'))"
TABLES = ("restriction", "namedperson", "emergency", "aroundmember", "sample")


def anew(sql: str, *functions: str) -> migrations.RunSQL:
    """The functions as their file has them now, where an earlier migration made them of an older one."""
    texts = []
    for name in functions:
        begins = sql.index(f"create function guard.{name}(")
        texts.append(sql[begins : sql.index("end $$;", begins) + len("end $$;")])
    return migrations.RunSQL("\n".join(texts).replace("create function", "create or replace function"))


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_need_to_know"),
        ("people", "0006_row_security_over_time"),
        ("episodes", "0006_correction"),
        ("requests", "0003_recognition"),
        ("relationships", "0002_row_security"),
        ("matching", "0005_one_way_to_search"),
        ("chronology", "0002_row_security"),
        ("caseload", "0001_history"),
    ]
    operations = [
        migrations.RunSQL(NEED_TO_KNOW),
        # Loads pg_trgm: only then may a function of the owner name a setting of it.
        migrations.RunSQL("select similarity('', '');", migrations.RunSQL.noop),
        anew(SEARCH, "people_like"),
        anew(RECOGNITION, "known_in", "earlier_than"),
        migrations.RunSQL(CLOSED_AND_READ),
        policy("governance_restriction", name="governance", using=GOVERNANCE),
        policy("governance_restriction", name="managed", using=MANAGED),
        policy("governance_namedperson", name="governance", using=GOVERNANCE),
        policy("governance_namedperson", name="managed", using=MANAGED),
        policy("governance_emergency", name="own", using=OWN, command="select"),
        policy("governance_emergency", name="managed", using=MANAGED),
        policy("governance_emergency", name="governance", using=GOVERNANCE),
        seen_with_the_family("governance_aroundmember"),
        policy("governance_sample", name="governance", using=GOVERNANCE),
        policy("governance_sample", name="service_manager", using=SERVICE_MANAGERS),
        policy("governance_sample", name="own", using="auditor_id = (select guard.user_id())", command="select"),
        migrations.RunSQL("revoke insert on governance_emergency from baton_app;", migrations.RunSQL.noop),
        *(
            migrations.RunSQL(f"revoke delete, truncate on governance_{table} from baton_app;", migrations.RunSQL.noop)
            for table in TABLES
        ),
        *(keep_history(f"governance_{table}") for table in TABLES),
    ]
