"""Requests for help as practitioners and families send them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from baton.platform.guard import acting_as, without_account
from baton.platform.models import User
from baton.requests.actions import Asked, Named, send_request
from baton.requests.models import HelpRequest
from tests.factories.episodes import REASONS
from tests.factories.times import MONDAY

NELL = Named("child", "Nell", "Marshmarigold", date(2016, 3, 27), sex="F", school="Larkhill Test School")
BRAN = Named("child", "Bran", "Marshmarigold", date(2019, 9, 30))
MUM = Named("parent", "Maud", "Marshmarigold", relationship="mum", phone="07700 900982")


def what_is_asked(**told: Any) -> Asked:
    """A complete request about two children and their mother, who agrees; `told` changes it."""
    usual: dict[str, Any] = {
        "source": "practitioner",
        "enquirer_name": "Tess Teacher",
        "enquirer_organisation": "Larkhill Test School",
        "enquirer_phone": "01305 221000",
        "concerns": "Nell has missed nine mornings.",
        "consent": "given",
        "consent_by": "Maud Marshmarigold",
        "consent_method": "verbal",
        "reasons": ("family_conflict",),
        "address": "1 Test Street",
        "postcode": "dt1 1xj",
        "people": (NELL, BRAN, MUM),
    }
    return Asked(**usual | told)


def a_request(*, by: User, at: datetime = MONDAY, place: str = "dorset", **told: Any) -> HelpRequest:
    """A request that a member of staff sent."""
    with acting_as(by):
        asked = what_is_asked(**{"reasons": (REASONS[place],)} | told)
        return send_request(asked=asked, holder=f"u{by.pk}", place=place, by=by, at=at)


def a_public_request(*, browser: UUID | None = None, at: datetime = MONDAY, **told: Any) -> HelpRequest:
    """A request that somebody without an account sent."""
    browser = browser or uuid4()
    with without_account(browser):
        return send_request(asked=what_is_asked(**told), holder=f"p{browser}", place="dorset", by=None, at=at)
