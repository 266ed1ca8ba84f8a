"""Requests for what is held on people, and what became of them."""

from baton.rights.models.requests import AccessRequest, Stop, Subject

__all__ = ["AccessRequest", "Stop", "Subject"]
