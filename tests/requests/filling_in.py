"""Fills in a request for help as somebody does in a browser, page by page."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse

from tests.client import PageClient

CHILD = {
    "given_name": "Nell",
    "family_name": "Marshmarigold",
    "date_of_birth-day": "27",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2016",
    "sex": "F",
}
BY_A_PARENT: dict[str, dict[str, Any]] = {
    "danger": {"child_in_danger": "no"},
    "who": {"source": "family"},
    "you": {"enquirer_name": "Maud Marshmarigold", "enquirer_phone": "07700 900982"},
    "children/1": CHILD,
    "children": {"another": "no"},
    "adults": {"another": "no"},
    "reasons": {"reasons": ["family_conflict", "not_sure"]},
    "worries": {"concerns": "Mornings are hard."},
    "strengths": {},
    "tried": {},
    "told": {},
    "consent": {"consent": "given"},
    "where": {"address": "1 Test Street", "postcode": "dt11xj"},
}
BY_A_TEACHER = BY_A_PARENT | {
    "who": {"source": "practitioner"},
    "you": {
        "enquirer_name": "Tess Teacher",
        "enquirer_job_title": "Teacher",
        "enquirer_organisation": "Larkhill Test School",
        "enquirer_organisation_kind": "school",
        "enquirer_email": "tess@example.org",
    },
    "reasons": {"reasons": ["family_conflict"]},
    "consent": {"consent": "given", "consent_by": "Maud Marshmarigold", "consent_method": "verbal"},
}


def fill_in(client: PageClient, answers: dict[str, dict[str, Any]], *, key: UUID | None = None) -> UUID:
    """Answer each page; every one must lead on."""
    key = key or uuid4()
    for step, typed in answers.items():
        answer = client.post(f"/ask/{key}/{step}/", typed)
        assert answer.status_code == 302, f"{step}: {answer.content.decode()[:3000]}"
    return key


def send(client: PageClient, key: UUID, *, form_key: str = "") -> HttpResponse:
    """Press the button that sends."""
    return client.post(f"/ask/{key}/check/", {"form_key": form_key or str(key)})
