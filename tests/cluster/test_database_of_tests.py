"""The database that tests work in is like the real one."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError


@pytest.mark.django_db
def test_tests_connect_as_the_application_and_not_as_a_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, usesuper from pg_user where usename = current_user")
        assert cursor.fetchone() == ("baton_app", False)


@pytest.mark.django_db
def test_the_application_may_not_make_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("create table mine (id int)")
