"""The kinds of relationship, read from both sides, and how a relationship may stand."""

from dataclasses import dataclass
from enum import StrEnum

ByAnySex = tuple[str, str, str]  # of anybody, of a man, of a woman
CHILD: ByAnySex = ("child", "son", "daughter")


class Group(StrEnum):
    """What sort of relationship a kind is; the form shows them under these headings."""

    PARENT = "Parent and child"
    PARTNER = "Couples"
    SIBLING = "Brothers and sisters"
    WIDER = "Wider family and friends"


@dataclass(frozen=True)
class Kind:
    """One kind: what the first is to the second, and what the second is to the first.

    `drawn` is how a parent is drawn above a child; `rows_up` how many generations the first is above the second.
    """

    key: str
    group: Group
    is_: ByAnySex
    back: ByAnySex
    drawn: str = ""
    rows_up: int = 0

    @property
    def is_mutual(self) -> bool:
        """Whether both are the same to each other, so that it does not matter who is named first."""
        return self.is_ == self.back

    @property
    def choice(self) -> str:
        """As a form offers it: "birth mother of"."""
        words = "/".join(dict.fromkeys((self.is_[0], *self.is_[1:]) if self.is_[1] != self.is_[0] else self.is_[:1]))
        return f"{words} of"


def _same(anybody: str, man: str = "", woman: str = "") -> ByAnySex:
    return anybody, man or anybody, woman or anybody


def _mutual(key: str, group: Group, words: ByAnySex) -> Kind:
    return Kind(key, group, words, words)


KINDS = {
    kind.key: kind
    for kind in (
        Kind("birth_mother", Group.PARENT, _same("birth mother"), CHILD, "birth", 1),
        Kind("birth_father", Group.PARENT, _same("birth father"), CHILD, "birth", 1),
        Kind("second_parent", Group.PARENT, _same("second parent from birth"), CHILD, "birth", 1),
        Kind(
            "adoptive_parent", Group.PARENT, ("adoptive parent", "adoptive father", "adoptive mother"),
            ("adopted child", "adopted son", "adopted daughter"), "adoptive", 1,
        ),
        Kind(
            "step_parent", Group.PARENT, ("step-parent", "step-father", "step-mother"),
            ("stepchild", "stepson", "stepdaughter"), "step", 1,
        ),
        Kind(
            "special_guardian", Group.PARENT, _same("special guardian"), _same("child in the guardianship"),
            "guardian", 1,
        ),
        Kind("kinship_carer", Group.PARENT, _same("carer in the family"), _same("child in the care"), "guardian", 1),
        Kind(
            "foster_carer", Group.PARENT, ("foster carer", "foster father", "foster mother"),
            ("foster child", "foster son", "foster daughter"), "foster", 1,
        ),
        _mutual("married", Group.PARTNER, ("spouse", "husband", "wife")),
        _mutual("civil_partner", Group.PARTNER, _same("civil partner")),
        _mutual("living_together", Group.PARTNER, _same("partner, living together")),
        _mutual("partner", Group.PARTNER, _same("partner, living apart")),
        _mutual("sibling", Group.SIBLING, ("brother or sister", "brother", "sister")),
        _mutual("half_sibling", Group.SIBLING, ("half-brother or half-sister", "half-brother", "half-sister")),
        _mutual("step_sibling", Group.SIBLING, ("stepbrother or stepsister", "stepbrother", "stepsister")),
        Kind("grandparent", Group.WIDER, ("grandparent", "grandfather", "grandmother"),
             ("grandchild", "grandson", "granddaughter"), rows_up=2),
        Kind("great_grandparent", Group.WIDER, ("great-grandparent", "great-grandfather", "great-grandmother"),
             ("great-grandchild", "great-grandson", "great-granddaughter"), rows_up=3),
        Kind("aunt_or_uncle", Group.WIDER, ("aunt or uncle", "uncle", "aunt"), ("niece or nephew", "nephew", "niece"),
             rows_up=1),
        _mutual("cousin", Group.WIDER, _same("cousin")),
        Kind("carer", Group.WIDER, _same("carer"), _same("cared-for person")),
        Kind("godparent", Group.WIDER, ("godparent", "godfather", "godmother"), ("godchild", "godson", "goddaughter"),
             rows_up=1),
        _mutual("friend", Group.WIDER, _same("friend")),
        _mutual("neighbour", Group.WIDER, _same("neighbour")),
        _mutual("other_relative", Group.WIDER, _same("relative")),
    )
}  # fmt: skip

FROM_BIRTH = frozenset({"birth_mother", "birth_father", "second_parent"})
PARENTS = frozenset(key for key, kind in KINDS.items() if kind.group == Group.PARENT)
PARTNERS = frozenset(key for key, kind in KINDS.items() if kind.group == Group.PARTNER)
WEDDED = frozenset({"married", "civil_partner"})
MUTUAL = frozenset(key for key, kind in KINDS.items() if kind.is_mutual)


class Standing(StrEnum):
    """How a relationship stands."""

    NOW = "now"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    OVER = "over"


STANDINGS = {
    Standing.NOW: "It is so now",
    Standing.SEPARATED: "They have separated",
    Standing.DIVORCED: "They have divorced, or ended the civil partnership in law",
    Standing.OVER: "It is over",
}


class Strength(StrEnum):
    """How strong a tie of the family's network is."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"
    STRESSFUL = "stressful"


class Energy(StrEnum):
    """Who gives strength to whom."""

    TO_FAMILY = "to_family"
    FROM_FAMILY = "from_family"
    BOTH = "both"
    NEITHER = "neither"


TIE_KINDS = {
    "family": "Wider family", "friend": "Friends", "neighbour": "Neighbours", "school": "School or nursery",
    "health": "Health", "service": "Council or other service", "faith": "Faith or culture", "work": "Work and training",
    "money": "Money and benefits", "housing": "Housing", "leisure": "Clubs and leisure", "online": "Online",
    "other": "Something else",
}  # fmt: skip
STRENGTHS = {
    Strength.STRONG: "Strong",
    Strength.ORDINARY: "Ordinary",
    Strength.WEAK: "Weak or uncertain",
    Strength.STRESSFUL: "Stressful or in conflict",
}
ENERGIES = {
    Energy.TO_FAMILY: "It gives the family strength",
    Energy.FROM_FAMILY: "It takes strength from the family",
    Energy.BOTH: "Both ways",
    Energy.NEITHER: "Neither, or not known",
}
