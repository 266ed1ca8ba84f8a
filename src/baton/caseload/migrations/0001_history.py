"""Every table about people that there was when history began keeps its own from here on.

A table made later says so in its own migration: `keep_history("area_table")`.
"""

from django.db import migrations

from baton.platform.row_security import keep_history

CASEWORK = """
people_familymember people_address people_familywarning consent_consent
episodes_episode episodes_allocation episodes_event episodes_directeddate episodes_stepup episodes_correction
requests_helprequest
assessments_assessment assessments_answer assessments_outcomeview assessments_managercomment assessments_toolscore
plans_plan plans_seenalone plans_planrevision plans_goal plans_planaction plans_meeting plans_attendance plans_closure
visits_visit visits_seen
oversight_oversightnote oversight_supervision oversight_signoff
"""
OF_A_PERSON = """
people_personname people_residence people_contactpoint people_setting people_involvement people_personchange
"""


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0005_history"),
        ("accounts", "0001_initial"),
        ("people", "0006_row_security_over_time"),
        ("consent", "0002_row_security"),
        ("episodes", "0006_correction"),
        ("requests", "0003_recognition"),
        ("assessments", "0003_read_only"),
        ("plans", "0003_meetings_are_corrected"),
        ("visits", "0003_who_changed"),
        ("oversight", "0002_row_security"),
    ]
    operations = [
        keep_history("people_family", family="id"),
        keep_history("people_person", family="first_family_id"),
        keep_history("requests_requestperson", family=""),  # it is seen with the request
        keep_history("people_parentalresponsibility", family="", person="child_id"),
        keep_history("people_warningreview", family=""),
        keep_history("accounts_invitation", family="", unsaid="token_hash"),
        *(keep_history(table, family="", person="person_id") for table in OF_A_PERSON.split()),
        *(keep_history(table) for table in CASEWORK.split()),
    ]
