"""Three families that nobody can mistake: each name and each text kept of them carries their own mark."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections
from psycopg import sql

from baton.people.models import Family
from baton.people.queries import IS_HELD
from baton.platform.guard import acting_as
from baton.platform.models import Team, User
from baton.platform.roles import Role
from tests.factories import Place, a_place, a_user
from tests.factories.guarded import a_restriction
from tests.refusals.test_every_route import a_record_of_each_kind

# What stands in these is about who looked, who may and who asked: some see it who see no family.
NOT_THE_RECORD = ("platform_", "governance_", "rights_", "matching_", "accounts_", "mfa_", "django_", "procrastinate_")


@dataclass(frozen=True)
class Marked:
    """A family, the ids of a record of each kind about it, and its marks: in its names, and in all that was written."""

    place: Place
    records: Mapping[str, Any]
    name: str
    text: str

    @property
    def family_id(self) -> int:
        return int(self.records["family_id"])

    def forbidden_to(self, user: User) -> tuple[str, ...]:
        """Which of its marks this person must meet nowhere, by what PostgreSQL lets them see."""
        with acting_as(user):
            seen = Family.objects.filter(pk=self.family_id)
            if seen.filter(IS_HELD).exists():
                return ()
            return (self.text,) if seen.exists() else (self.name, self.text)


@dataclass(frozen=True)
class Families:
    """One of the team, one of another team, and one of a third that is restricted: not even its own team sees it."""

    own: Marked
    other: Marked
    closed: Marked

    def __iter__(self) -> Iterator[Marked]:
        return iter((self.own, self.other, self.closed))

    @property
    def people(self) -> dict[str, User]:
        """Somebody in every role, and worker and manager of each team."""
        place = self.own.place
        named = {name: getattr(place, name) for name in place.__dataclass_fields__}
        people = {name: user for name, user in named.items() if isinstance(user, User)}
        return people | {"closed_worker": self.closed.place.worker, "closed_manager": self.closed.place.manager}


def three_families() -> Families:
    """Make them, as the road does, and mark them."""
    place = a_place()
    own = _marked(place, "own")
    turned = {"team": place.other_team, "other_team": place.team, "worker": place.stranger}
    turned |= {"manager": place.other_manager, "stranger": place.worker, "other_manager": place.manager}
    elsewhere = a_user((Role.PRACTITIONER, place.other_team))
    other = _marked(replace(place, **turned, colleague=elsewhere), "other")
    third = Team.objects.create(
        name=f"{place.team.name} east",
        kind="locality",
        locality=place.team.locality,
        organisation=place.team.organisation,
    )
    worker, colleague = (a_user((Role.PRACTITIONER, third)) for _ in range(2))
    theirs = {"team": third, "worker": worker, "colleague": colleague, "manager": a_user((Role.TEAM_MANAGER, third))}
    closed = _marked(replace(place, **theirs), "closed")
    a_restriction(place, closed.family_id, a_user((Role.PRACTITIONER, third)))
    return Families(own, other, closed)


def _marked(place: Place, tag: str) -> Marked:
    made = Marked(place, a_record_of_each_kind(place), name=f"Nameof{tag}", text=f"textof{tag}")
    with as_owner() as cursor:
        cursor.execute("update people_family set name = %s where id = %s", [f"{made.name}fam", made.family_id])
        cursor.execute(
            "update people_person set family_name = %s, given_name = given_name || %s where id in"
            " (select person_id from people_familymember where family_id = %s)",
            [f"{made.name}last", made.name.lower(), made.family_id],
        )
        for table, columns in _texts(cursor).items():
            words = sql.SQL(", ").join(
                sql.SQL("{0} = case when {0} = '' then '' else {0} || {1} end").format(
                    sql.Identifier(column), sql.Literal(f" {made.text}")
                )
                for column in columns
            )
            cursor.execute(
                sql.SQL("update {} set {} where family_id = %s").format(sql.Identifier(table), words), [made.family_id]
            )
    return made


def _texts(cursor: Any) -> dict[str, list[str]]:
    """The columns of free text in every table of casework."""
    cursor.execute(
        "select c.table_name, array_agg(c.column_name::text) from information_schema.columns c"
        " where c.table_schema = 'public' and c.data_type = 'text' and exists (select from information_schema.columns f"
        " where f.table_schema = 'public' and f.table_name = c.table_name and f.column_name = 'family_id') group by 1"
    )
    left_out = (*NOT_THE_RECORD, "requests_")
    return {table: columns for table, columns in cursor.fetchall() if not table.startswith(left_out)}


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor of the owner of the tables, from whom nothing is hidden."""
    with connections["owner"].cursor() as cursor:
        yield cursor


def what_is_kept(family_id: int) -> dict[str, tuple[int, str]]:
    """Of each table: how many rows are about the family, and a hash over them."""
    with as_owner() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns where table_schema = 'public'"
            " and column_name = 'family_id' and table_name !~ '^(platform_|matching_)' order by 1"
        )
        kept = {}
        for (table,) in cursor.fetchall():
            query = "select count(*), md5(string_agg(t::text, '|' order by t.id)) from {} t where family_id = %s"
            cursor.execute(sql.SQL(query).format(sql.Identifier(table)), [family_id])
            kept[table] = cursor.fetchone()
        people = "select person_id from people_familymember where family_id = %s"
        query = (
            f"select count(*), md5(string_agg(p::text, '|' order by id)) from people_person p where id in ({people})"
        )
        cursor.execute(query, [family_id])
        return kept | {"people_person": cursor.fetchone()}
