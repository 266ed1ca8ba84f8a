"""Requests for what is held on people, and what became of them."""

from baton.rights.models.gathered import Item, Mark, Release, RestrictedPart
from baton.rights.models.requests import AccessRequest, Stop, Subject

__all__ = ["AccessRequest", "Item", "Mark", "Release", "RestrictedPart", "Stop", "Subject"]
