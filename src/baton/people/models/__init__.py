"""Persons, the families they belong to, and what is known of them over time."""

from baton.people.models.families import Family, FamilyMember, ParentalResponsibility
from baton.people.models.over_time import (
    Address,
    ContactPoint,
    Involvement,
    OverTime,
    PersonChange,
    PersonName,
    Residence,
    Setting,
)
from baton.people.models.persons import Person
from baton.people.models.warnings import FamilyWarning, WarningReview

__all__ = [
    "Address",
    "ContactPoint",
    "Family",
    "FamilyMember",
    "FamilyWarning",
    "Involvement",
    "OverTime",
    "ParentalResponsibility",
    "Person",
    "PersonChange",
    "PersonName",
    "Residence",
    "Setting",
    "WarningReview",
]
