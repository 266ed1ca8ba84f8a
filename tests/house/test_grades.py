"""Every table has a grade, and what its grade asks for."""

import csv

import pytest
from django.apps import apps
from django.db import connection

from baton.platform.row_security import WITHOUT_HISTORY, WITHOUT_POLICY
from tests.house.tables import DOCUMENTS, tables_of

WITHOUT_MODEL = {"platform_cache", "rights_disposedentry"}
OTHERS = ("auth_", "django_", "account_", "mfa_", "socialaccount_", "procrastinate_")  # tables of packages


def grades() -> dict[str, str]:
    with (DOCUMENTS / "security" / "grades.csv").open() as file:
        return {row["table"]: row["grade"] for row in csv.DictReader(file) if row["what is in it"]}


def of_grade(grade: str) -> set[str]:
    return {table for table, given in grades().items() if given == grade}


def test_every_table_has_one_of_the_grades_that_are_written_down() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(grades()) - WITHOUT_MODEL == tables
    written = {row[0].strip("*") for row in tables_of("security/data.md") if row[0].startswith("**")}
    assert set(grades().values()) == written == {"open", "staff", "record", "secret"}


def test_what_is_about_a_family_is_behind_row_security_and_keeps_its_history() -> None:
    assert of_grade("record") & set(WITHOUT_POLICY) == set()
    ours_without_policy = {table for table in grades() if not table.startswith(OTHERS)} & set(WITHOUT_POLICY)
    assert ours_without_policy == set(WITHOUT_POLICY), "and what has no policy has another grade"
    for table in of_grade("record") & set(WITHOUT_HISTORY):
        assert WITHOUT_HISTORY[table], table


@pytest.mark.django_db
def test_no_table_of_a_package_is_about_a_family() -> None:
    assert {table for table in of_grade("record") if table.startswith(OTHERS)} == set()
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
            " where contype = 'f' and connamespace = 'public'::regnamespace"
        )
        leads_to = cursor.fetchall()
    found = {
        child for child, parent in leads_to if grades().get(parent) == "record" and grades().get(child) != "record"
    }
    assert found == set(), "what names a record by its number is about it"


@pytest.mark.django_db
def test_what_lets_somebody_in_is_kept_as_a_hash_or_encrypted_and_in_no_history() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text from pg_trigger where tgname like 'history_%' and tgenabled = 'O'"
        )
        kept = {table for (table,) in cursor.fetchall()}
    assert kept & (of_grade("secret") - {"accounts_invitation"}) == set()
