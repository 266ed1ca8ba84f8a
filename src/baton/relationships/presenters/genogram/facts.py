"""What a genogram is drawn from: people, and who is whose parent, partner, brother or sister on one date."""

from dataclasses import dataclass
from datetime import date

BIRTH, ADOPTIVE, FOSTER, GUARDIAN, STEP = "birth", "adoptive", "foster", "guardian", "step"
NEAREST_FIRST = (BIRTH, ADOPTIVE, GUARDIAN, FOSTER, STEP)  # under whom a child is drawn, where several are known
TOGETHER, SEPARATED, DIVORCED = "together", "separated", "divorced"


@dataclass(frozen=True)
class Somebody:
    """One person: sex is "M", "F" or anything else; `inside` stands in the symbol, `under` below it."""

    id: int
    name: str
    sex: str = "U"
    born: date | None = None
    inside: str = ""
    under: tuple[str, ...] = ()
    unborn: bool = False
    died: bool = False
    concerned: bool = False
    at_home: bool = False


@dataclass(frozen=True)
class Parentage:
    """Somebody is a parent of somebody, by birth or as said."""

    parent: int
    child: int
    kind: str = BIRTH


@dataclass(frozen=True)
class Partnership:
    """Two people who are or were a couple. `words` are written over their line."""

    one: int
    other: int
    married: bool = False
    standing: str = TOGETHER
    from_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Siblings:
    """Two people who have the same parents, whoever those are."""

    one: int
    other: int


@dataclass(frozen=True)
class Remark:
    """A relationship that has no line of its own: `rows_up` is how many generations `one` stands above `other`."""

    one: int
    other: int
    rows_up: int = 0
    words: str = ""


@dataclass(frozen=True)
class FamilyFacts:
    """A family on one date."""

    people: tuple[Somebody, ...]
    parentages: tuple[Parentage, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    siblings: tuple[Siblings, ...] = ()
    remarks: tuple[Remark, ...] = ()
