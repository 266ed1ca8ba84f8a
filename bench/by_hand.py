"""The facts each page shows, in SQL written by hand, asked as the application's role inside the person's context."""

from dataclasses import dataclass
from typing import Any

import psycopg

CONTEXT = "select role, team_id from guard.open_context(%s)"
HOME = (
    """select d.title, d.lasts_until, d.warn_from, f.name from episodes_deadline d
       join people_family f on f.id = d.family_id where d.owner_id = %(user)s and d.state = 'open'
        and d.warn_from <= now() order by d.lasts_until limit 50""",
    """select f.id, f.name, e.level, e.state from episodes_allocation a join episodes_episode e on e.id = a.episode_id
       join people_family f on f.id = a.family_id where a.practitioner_id = %(user)s and a.until_at is null""",
    """select v.planned_for, f.name from visits_visit v join people_family f on f.id = v.family_id
       where v.practitioner_id = %(user)s and v.state = 'planned' order by v.planned_for limit 10""",
)
QUEUE = (
    """select r.id, r.reference, r.received_at, r.screen_due_at, r.consent, u.family_name,
              (select count(*) from requests_requestperson p where p.request_id = r.id and p.part = 'child')
         from requests_helprequest r left join platform_user u on u.id = r.screener_id
        where r.state <> 'answered' order by r.screen_due_at nulls last, r.received_at limit 25""",
    "select count(*) from requests_helprequest where state <> 'answered'",
)
FAMILY = (
    "select f.name, t.name from people_family f join platform_team t on t.id = f.team_id where f.id = %(family)s",
    """select p.given_name, p.family_name, p.date_of_birth, m.part from people_familymember m
       join people_person p on p.id = m.person_id where m.family_id = %(family)s and m.until_on is null""",
    """select e.state, e.level, u.family_name from episodes_episode e
       left join episodes_allocation a on a.episode_id = e.id and a.until_at is null
       left join platform_user u on u.id = a.practitioner_id where e.family_id = %(family)s""",
    "select kind, at, summary from episodes_event where family_id = %(family)s order by at desc limit 100",
    "select title, lasts_until, state from episodes_deadline where family_id = %(family)s and state = 'open'",
    """select g.wanted, a.what, a.owner, a.due_on from plans_goal g join plans_planaction a on a.goal_id = g.id
       where g.family_id = %(family)s""",
)
SEARCH = (
    """select p.id, p.given_name, p.family_name, f.name
         from guard.people_like(string_to_array(guard.bare(%(words)s), ' '),
                                string_to_array(guard.bare(%(words)s), ' '),
                                array[%(born)s::date], null, null, '{}', false, 25) s
       join people_person p on p.id = s.person_id join people_family f on f.id = s.family_id""",
)
SAVE_VISIT = (
    """insert into visits_visit (episode_id, family_id, practitioner_id, state, happened_at, place, purpose, action,
           reflection, analysis, failed_because, recorded_at, recorded_by_id, version)
       values (%(episode)s, %(family)s, %(user)s, 'made', now(), 'home', 'x', 'x', 'x', 'x', '', now(), %(user)s, 1)""",
)


@dataclass
class ByHand:
    """One connection of the application's role."""

    connection: psycopg.Connection[tuple[Any, ...]]

    def ask(self, statements: tuple[str, ...], **given: object) -> None:
        """Run the statements in one transaction in the person's context and read every row."""
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.execute(CONTEXT, [given["user"]])
            cursor.fetchall()
            for statement in statements:
                cursor.execute(statement, given)
                if cursor.description:
                    cursor.fetchall()
