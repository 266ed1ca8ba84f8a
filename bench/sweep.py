"""`python -m bench.sweep`: the sweep for duplicates over people in families, with Baton's own model and with splink.

Makes the people as `bench.people` does, enters some of them a second time as tired people do, and beside them people
who only look so: twins, parents and children of one name, relatives of one name in another home. Says for each way how
many of the pairs it put before people are right (precision), how many of the second records it found (recall), and how
often relatives were taken for one person. Exit code 1 when either way misses LEAST_RECALL or LEAST_PRECISION.
Options: --people N (12,000).
"""

import argparse
import importlib.util
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import connection, transaction

from bench.people import _slip, database, fill

if TYPE_CHECKING:
    from baton.people.models import Person

LEAST_RECALL, LEAST_PRECISION = 0.95, 0.85
Pair = tuple[int, int]


@dataclass(frozen=True)
class Truth:
    """Which pairs are of one person, and which of relatives who look so, each with the way in which they differ."""

    twice: dict[Pair, str]
    nearly: dict[Pair, str]


def enter_again(random: Random) -> Truth:
    """A second record of every twentieth person, and somebody who only looks so beside every fortieth."""
    from baton.people.models import Family, Person

    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(pg_get_serial_sequence('people_person', 'id'), (select max(id) from people_person))"
        )
    people = list(Person.objects.order_by("pk"))
    families = list(Family.objects.order_by("pk"))
    twice, nearly = [], []
    for number, person in enumerate(people):
        if number % 20 == 3:
            way = random.choice(SLIPS)
            copy = _second(person, way, random)
            copy.first_family = random.choice(families)
            twice.append((person, copy, way))
        elif number % 40 == 7:
            way = random.choice(RELATIVES)
            nearly.append((person, _relative(person, way, random, random.choice(families)), way))
    Person.objects.bulk_create([other for _, other, _ in (*twice, *nearly)])
    return Truth(*({_pair(one, other): way for one, other, way in pairs} for pairs in (twice, nearly)))


SLIPS = (
    *("exact", "misspelt", "misspelt", "both misspelt", "nickname", "swapped names", "day and month", "another day"),
    *("married", "no birthday", "moved", "moved and misspelt"),
)
RELATIVES = ("twin", "twin", "parent of one name", "sibling", "cousin of one name")


def _second(person: "Person", way: str, random: Random) -> "Person":
    from baton.matching.likeness.names import called
    from baton.people.models import Person

    born = person.date_of_birth
    assert born is not None
    told = {
        "given_name": person.given_name, "family_name": person.family_name, "date_of_birth": born, "sex": person.sex,
        "address": person.address, "postcode": person.postcode, "school": person.school,
    }  # fmt: skip
    if "moved" in way or random.random() < 0.4:
        told |= {"address": f"{random.randint(1, 140)} Kettle Lane", "postcode": f"BX{random.randint(1, 39)} 2AB"}
    if "misspelt" in way:
        told["family_name"] = _slip(person.family_name, random)
    if way == "both misspelt":
        told["given_name"] = _slip(person.given_name, random)
    if way == "nickname":
        forms = sorted(form for form, names in called().items() if person.given_name.lower() in names)
        told["given_name"] = random.choice(forms or [person.given_name]).title()
    if way == "swapped names":
        told |= {"given_name": person.family_name, "family_name": person.given_name}
    if way == "day and month" and born.day <= 12:
        told["date_of_birth"] = date(born.year, born.day, born.month)
    if way == "another day":
        told["date_of_birth"] = born.replace(day=1 + born.day % 28)
    if way == "married":
        told |= {"family_name": random.choice(("Otterby", "Marsh", "Thorne")), "address": person.address}
        told["postcode"] = person.postcode
    if way == "no birthday":
        told |= {"date_of_birth": None, "address": person.address, "postcode": person.postcode}
    return Person(**told)


def _relative(person: "Person", way: str, random: Random, elsewhere: object) -> "Person":
    from baton.people.models import Person

    born = person.date_of_birth
    assert born is not None
    other = random.choice(("Wilfred", "Ottilie", "Barnaby", "Philippa", "Zebedee"))
    told = {
        "given_name": person.given_name, "family_name": person.family_name, "date_of_birth": born, "sex": person.sex,
        "address": person.address, "postcode": person.postcode, "first_family": person.first_family,
    }  # fmt: skip
    if way == "twin":
        told["given_name"] = other
    if way == "sibling":
        told |= {"given_name": other, "date_of_birth": born + timedelta(days=800)}
    if way == "parent of one name":
        told["date_of_birth"] = born - timedelta(days=10_300 + random.randrange(300))
    if way == "cousin of one name":
        told |= {"date_of_birth": born + timedelta(days=403), "address": "", "postcode": "", "first_family": elsewhere}
    return Person(**told)


def _pair(one: "Person", other: "Person") -> Pair:
    return (min(one.pk, other.pk), max(one.pk, other.pk))


def measure(truth: Truth, *, with_splink: bool) -> bool:
    """Sweep, and compare the queue with the truth."""
    from baton.matching.jobs import look_through_everybody
    from baton.matching.models import PossibleDuplicate

    began = time.monotonic()
    look_through_everybody(with_splink=with_splink)
    took = time.monotonic() - began
    queue = {
        (one, other): sure for one, other, sure in PossibleDuplicate.objects.values_list("one_id", "other_id", "sure")
    }
    right = truth.twice.keys() & queue.keys()
    recall, precision = len(right) / len(truth.twice), len(right) / len(queue) if queue else 0.0
    print(
        f"{'own model and splink' if with_splink else 'own model':22} {len(queue)} pairs in {took:.0f} s:"
        f" precision {precision:.4f}  recall {recall:.4f}  F1 {2 * precision * recall / (precision + recall):.4f}"
    )
    print(f"    missed, by way: {dict(Counter(way for pair, way in truth.twice.items() if pair not in queue))}")
    print(f"    relatives asked about: {dict(Counter(way for pair, way in truth.nearly.items() if pair in queue))}"
          f" of {dict(Counter(truth.nearly.values()))}")  # fmt: skip
    return recall >= LEAST_RECALL and precision >= LEAST_PRECISION


def splink_alone(truth: Truth) -> None:
    """What splink holds for one person, with nobody to weigh it."""
    from baton.matching.jobs import EVERYBODY, _read
    from baton.matching.likeness import by_splink
    from baton.matching.likeness.ranking import facts_from

    with transaction.atomic(using="owner"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("select guard.open_sweep()")
        cursor.execute(EVERYBODY)
        people = {person: facts_from(_read(facts)) for person, facts in cursor.fetchall()}
    began = time.monotonic()
    found = by_splink.pairs_found(people)
    right = truth.twice.keys() & found.keys()
    print(
        f"{'splink alone':22} {len(found)} pairs in {time.monotonic() - began:.0f} s of {len(people)} people:"
        f" precision {len(right) / max(1, len(found)):.4f}  recall {len(right) / len(truth.twice):.4f}"
    )
    print(f"    relatives taken for one: {dict(Counter(way for pair, way in truth.nearly.items() if pair in found))}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=12_000)
    options = parser.parse_args()
    with database(keep=False, reuse=False):
        fill(options.people)
        from baton.platform.database import as_owner

        with as_owner():
            truth = enter_again(Random(3))
            fine = measure(truth, with_splink=False)
            if importlib.util.find_spec("splink") is None:
                print("splink is not installed, so there is nothing beside it: pip install -e '.[matching]'")
                return 0 if fine else 1
            splink_alone(truth)
            return 0 if measure(truth, with_splink=True) and fine else 1


if __name__ == "__main__":
    sys.exit(main())
