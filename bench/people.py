"""`python -m bench.people`: finding one of a million people under row security, beside SQL by hand in the same run.

Makes the people by INSERT … SELECT, with names as common as in life, and looks for some of them as tired people type:
misspelt, by a nickname, with names or day and month the other way round, by age, postcode, school or number. Exit code
1 when the p95 of the hub or of the practitioner is over 60 ms. Options: --people N (1,000,000), --queries N (400),
--keep, --reuse (a database that was kept).
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
os.environ.setdefault("BATON_PLACE", "dorset")
os.environ["BATON_DATABASE"] = "baton_bench_people"

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from baton.cluster import background  # noqa: E402
from baton.cluster.databases import drop_database, prepare  # noqa: E402
from baton.cluster.home import home_in, var_folder  # noqa: E402
from baton.matching.likeness.names import HERE as LISTS  # noqa: E402
from baton.matching.likeness.names import called, share_of, shares  # noqa: E402

if TYPE_CHECKING:
    from baton.people.models import Person

BUDGET = 60.0
SLOTS = 40_000
TEAMS = 300
A_FAMILY = 4
ON = date(2026, 11, 22)
SYLLABLES = (
    *("al", "bar", "bex", "car", "den", "dor", "el", "fen", "gar", "hal", "ing", "jor", "kel", "lam", "mar", "nor"),
    *("ott", "pel", "quin", "ros", "sal", "tor", "ul", "ver", "wex", "yar", "zel", "bram", "cott", "dale", "field"),
    *("ford", "ham", "hurst", "ley", "mere", "ridge", "stead", "ston", "thorpe", "ton", "wick", "worth"),
)
BY_HAND = """
select p.id, p.given_name, p.family_name, p.date_of_birth, p.postcode, f.name from (
    select person_id from matching_searchedname where born = %(born)s
    union select person_id from matching_searchedname where family = %(family)s and given = %(given)s
    union select person_id from (select person_id from matching_searchedname where family_sound = dmetaphone(%(family)s)
             and given_sound = dmetaphone(%(given)s) limit 200) s
    union select person_id from matching_searchedname where given = %(given)s and born between %(first)s and %(last)s
) found join people_person p on p.id = found.person_id join people_familymember m on m.person_id = p.id
  join people_family f on f.id = m.family_id limit 25"""


@contextmanager
def database(*, keep: bool, reuse: bool) -> Iterator[None]:
    """The benchmark's own database, on the cluster of this tree."""
    started = background.start(var_folder())
    home = home_in(var_folder())
    if not reuse:
        drop_database(home, "baton_bench_people")
        prepare(home, "baton_bench_people")
    django.setup()
    try:
        if not reuse:
            call_command("migrate", database="owner", verbosity=0)
        yield
    finally:
        connections.close_all()
        if not keep:
            drop_database(home, "baton_bench_people")
        if started:
            background.stop(var_folder())


def pools() -> tuple[list[str], list[str]]:
    """Slots of first and last names: a name has as many as it is common."""
    random = Random(9)
    common = {kind: [name for k, name in shares() if k == kind] for kind in ("given", "family")}
    invented = sorted({random.choice(SYLLABLES) + random.choice(SYLLABLES) for _ in range(3_000)})
    longer = sorted({random.choice(SYLLABLES) + random.choice(invented) for _ in range(20_000)})
    first = [
        line.split(":")[0]
        for line in (LISTS / "nicknames.txt").read_text().splitlines()
        if ":" in line and line[0] != "#"
    ]
    pool = {kind: [n for n in names for _ in range(int(share_of(kind, n) * SLOTS))] for kind, names in common.items()}
    for kind, rest in (("given", first * 40 + invented[:1500]), ("family", invented * 4 + longer)):
        pool[kind] += random.choices(rest, k=SLOTS - len(pool[kind]))
    return pool["given"], pool["family"]


def fill(people: int) -> None:
    """Teams, families of four, and their people, in a few statements; then their keys."""
    given, family = pools()
    began = time.monotonic()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("set local app.index_later = 'on'; select setseed(0.42)")
        for name, pool in (("given", given), ("family", family)):
            cursor.execute(f"create temp table pool_{name} (slot int primary key, name text)")
            cursor.execute(f"insert into pool_{name} select row_number() over (), n from unnest(%s::text[]) n", [pool])
        for statement in MAKE:
            cursor.execute(
                statement, {"people": people, "families": people // A_FAMILY, "teams": TEAMS, "slots": SLOTS}
            )
    print(f"{people} people made in {time.monotonic() - began:.0f} s", flush=True)
    began = time.monotonic()
    with connections["owner"].cursor() as cursor:
        cursor.execute("select guard.index_everybody()")
        cursor.execute("vacuum analyze")
    print(f"their keys in {time.monotonic() - began:.0f} s", flush=True)


MAKE = (
    "insert into platform_organisation (id, name, kind) values (1, 'Bench Council', 'council')",
    "insert into platform_locality (id, name) values (1, 'Bench')",
    """insert into platform_team (id, name, kind, locality_id, organisation_id)
       select n, 'Team ' || n, 'locality', 1, 1 from generate_series(1, %(teams)s) n""",
    """insert into people_family (id, name, team_id, created_at)
       select n, initcap(g.name), 1 + n %% %(teams)s, now()
         from (select n, 1 + (random() * (%(slots)s - 1))::int as slot from generate_series(1, %(families)s) n) f
         join pool_family g on g.slot = f.slot""",
    """insert into people_person (id, given_name, family_name, known_as, date_of_birth, sex, ethnicity, first_language,
              interpreter_needed, interpreter_language, communication, gender, nhs_number, no_nhs_number, upn, no_upn,
              uln, disabilities, send, send_needs, phone, email, address, postcode, school, first_family_id, version)
       select p.n, initcap(g.name), f.name, '', case when p.n %% 4 < 2 then date '2008-11-22' + (p.r * 6570)::int
                   else date '1956-01-01' + (p.r * 18250)::int end, case when p.r2 < 0.5 then 'F' else 'M' end, '', '',
              false, '', '', '', case when p.r2 < 0.4 then (4000000000 + p.n)::text else '' end, '', '', '', '',
              '{}', '', '{}', '', '',
              1 + f.id %% 140 || ' ' || (array['Otter', 'Bramble', 'Kettle', 'Mill'])[1 + f.id %% 4]
              || ' Lane', 'BX' || 1 + f.id %% 40 || ' ' || f.id / 40 %% 10 || chr(65 + (f.id / 400 %% 20)::int)
              || chr(65 + (f.id / 8000 %% 26)::int),
              case when p.n %% 4 < 2 then (array['Larkmere','Otterdown','Copperfield','Acorngate'])[1 + f.id %% 4]
                   || ' ' || f.id %% 300 || ' Primary School' else '' end, f.id, 1
         from (select n, 1 + (n - 1) / 4 as family, random() as r, random() as r2,
                      1 + (random() * (%(slots)s - 1))::int as slot from generate_series(1, %(people)s) n) p
         join pool_given g on g.slot = p.slot join people_family f on f.id = p.family""",
    """insert into people_familymember (family_id, person_id, part, relationship, lives_with_family, from_on)
       select first_family_id, id, case when id %% 4 < 2 then 'child' else 'parent' end, '', true, date '2026-01-05'
         from people_person""",
)


def typed_for(person: "Person", random: Random) -> tuple[str, str]:
    """How somebody tired types one person, and the name of that way."""
    given, family, born = person.given_name, person.family_name, person.date_of_birth
    assert born is not None
    nick = [form for form, names in called().items() if given.lower() in names and form != given.lower()]
    ways: dict[str, str] = {
        "exact": f"{given} {family} {born:%d/%m/%Y}",
        "misspelt": f"{_slip(given, random)} {_slip(family, random)} {born:%d %m %Y}",
        "misspelt, no date": f"{given} {_slip(family, random)} {_age(born)}",
        "nickname": f"{random.choice(nick or [given])} {family} {born:%d.%m.%Y}",
        "names swapped": f"{family} {given} {born:%d/%m/%Y}",
        "day and month swapped": f"{given} {family} {born:%m/%d/%Y}"
        if born.day <= 12
        else f"{given} {family} {born:%Y}",
        "another day": f"{given} {family} {born.replace(day=1 + born.day % 28):%d/%m/%Y}",
        "beginning": f"{given[:3]} {family[:5]} {born:%d/%m/%Y}",
        "age": f"{given} {family} {_age(born)}",
        "postcode": f"{given} {person.postcode}",
        "school": f"{given} {family} {person.school.split()[0] if person.school else ''}",
        "number": person.nhs_number or f"{given} {family} {born:%d/%m/%Y}",
        "birthday": f"{given} {born:%d/%m/%Y}",
    }
    way = random.choice(list(ways))
    return way, ways[way]


def _age(born: date) -> int:
    return ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))


def _slip(name: str, random: Random) -> str:
    at = random.randrange(1, max(2, len(name) - 1))
    return random.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at : at + 1] + name[at - 1] + name[at + 1 :],
        )
    )


@dataclass
class Timed:
    """What one person's searches took and found."""

    who: str
    took: list[float]
    by_hand: list[float]
    first: int = 0
    in_ten: int = 0
    wide: int = 0

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.took, n=20)[-1]

    def report(self) -> None:
        number, hand = len(self.took), statistics.median(self.by_hand)
        print(
            f"{self.who:22} median {statistics.median(self.took):6.1f} ms  p95 {self.p95:6.1f}"
            f"  slowest {max(self.took):6.1f}"
            f"  by hand {hand:5.1f} (p95 {statistics.quantiles(self.by_hand, n=20)[-1]:.1f})"
            f"  ratio {statistics.median(self.took) / hand:.1f}"
            f"  first {self.first / number:.3f}  in ten {self.in_ten / number:.3f}  letters alike {self.wide}"
        )  # fmt: skip


def measure(user: object, who: str, people: list["Person"], ways: dict[str, list[float]]) -> Timed:
    """Search for each of the people as this user."""
    from baton.matching.queries.finding import find
    from baton.platform.guard import acting_as

    timed, random = Timed(who, [], []), Random(7)
    missed: dict[str, int] = {}
    for person in people:
        way, text = typed_for(person, random)
        with acting_as(user):  # type: ignore[arg-type]
            took = _timed(partial(find, text, on=ON))
        found = took[1]
        ids = [each.person.pk for each in found.people]
        timed.took.append(took[0])
        ways.setdefault(way, []).append(took[0])
        timed.first += ids[:1] == [person.pk]
        timed.in_ten += person.pk in ids[:10]
        timed.wide += found.looked_wide
        if person.pk not in ids[:10]:
            missed[way] = missed.get(way, 0) + 1
        timed.by_hand.append(_timed(partial(_by_hand, person))[0])
    timed.report()
    print(f"    not in ten, by way: {missed}")
    return timed


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def _by_hand(person: "Person") -> None:
    born = person.date_of_birth
    assert born is not None
    given, family = person.given_name.lower(), person.family_name.lower()
    asked = {"born": born, "given": given, "family": family, "first": born.replace(day=1), "last": born.replace(day=28)}
    with connections["owner"].cursor() as cursor:
        cursor.execute(BY_HAND, asked)
        cursor.fetchall()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--reuse", action="store_true")
    options = parser.parse_args()
    with database(keep=options.keep, reuse=options.reuse):
        if not options.reuse:
            fill(options.people)
        return 0 if compare(options.people, options.queries) else 1


def compare(people: int, queries: int) -> bool:
    """Measure the hub, who sees everybody, and a practitioner of three teams, who looks for their own."""
    from baton.people.models import Person
    from baton.platform.database import as_owner
    from baton.platform.models import RoleHeld, Team, User

    random, ways = Random(5), {}
    with as_owner():
        hub, worker = (_somebody(User, name) for name in ("hub", "worker"))
        RoleHeld.objects.get_or_create(user=hub, role="hub_adviser", from_on=date(2024, 1, 1))
        for team in Team.objects.filter(pk__in=(1, 2, 3)):
            RoleHeld.objects.get_or_create(user=worker, role="practitioner", team=team, from_on=date(2024, 1, 1))
        anybody = list(Person.objects.filter(pk__in=random.sample(range(1, people + 1), queries)))
        own = list(Person.objects.filter(first_family__team__in=(1, 2, 3)).order_by("?")[: queries // 2])
    measure(hub, "warming up", anybody[:20], {})
    hubs = measure(hub, "hub, of everybody", anybody, ways)
    workers = measure(worker, "practitioner, of their", own, {})
    for way, took in sorted(ways.items(), key=lambda pair: -statistics.median(pair[1])):
        print(f"    {way:22} median {statistics.median(took):6.1f} ms  slowest {max(took):6.1f}  ({len(took)})")
    print(f"load of the machine: {os.getloadavg()}; {connection.vendor}")
    return max(hubs.p95, workers.p95) <= BUDGET


def _somebody(model: type, name: str) -> object:
    defaults = {"given_name": name, "family_name": "Bench", "organisation_id": 1, "password": "!"}
    return model.objects.get_or_create(email=f"{name}@example.org", defaults=defaults)[0]  # type: ignore[attr-defined]


if __name__ == "__main__":
    raise SystemExit(main())
