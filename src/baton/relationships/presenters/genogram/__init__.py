"""The genogram: a family drawn by the field's rules. Plain Python: facts in, lines and symbols out."""

from baton.relationships.presenters.genogram.facts import (
    FamilyFacts,
    Parentage,
    Partnership,
    Remark,
    Siblings,
    Somebody,
)
from baton.relationships.presenters.genogram.picture import Picture, picture_of

__all__ = [
    "FamilyFacts",
    "Parentage",
    "Partnership",
    "Picture",
    "Remark",
    "Siblings",
    "Somebody",
    "picture_of",
]
