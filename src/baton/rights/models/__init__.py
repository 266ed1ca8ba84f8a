"""Requests for what is held on people, and what became of them."""

from baton.rights.models.corrections import Correction
from baton.rights.models.files import CopiedFile, FileDecision
from baton.rights.models.gathered import Item, Mark, Release, RestrictedPart
from baton.rights.models.requests import AccessRequest, Stop, Subject
from baton.rights.models.retention import Disposal, Hold, RequestReview, RetentionReview

__all__ = [
    "AccessRequest",
    "CopiedFile",
    "Correction",
    "Disposal",
    "FileDecision",
    "Hold",
    "Item",
    "Mark",
    "Release",
    "RequestReview",
    "RestrictedPart",
    "RetentionReview",
    "Stop",
    "Subject",
]
