"""Whether somebody named in a request is known already, asked of staff alone."""

from collections.abc import Sequence
from typing import Any, cast

from baton.platform.form_fields import BatonForm, ChoiceField

SOMEBODY_ELSE, NOT_SURE = "new", "not_sure"


class KnownForm(BatonForm):
    """One of those who are likely, somebody else, or left to the hub."""

    same_as = ChoiceField(
        help_text="What you say here goes to the hub with the request. They look again.",
        required_message="Select who it is, or that it is somebody else",
    )

    def __init__(self, *args: Any, label: str, matches: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        """`matches` are ids, descriptions of people who may be meant, and why."""
        super().__init__(*args, **kwargs)
        field = cast(ChoiceField, self.fields["same_as"])
        field.label = label
        field.choices = [
            *((value, described) for value, described, _ in matches),
            (SOMEBODY_ELSE, "No, it is somebody else"),
            (NOT_SURE, "I am not sure"),
        ]
        field.hints = {value: why for value, _, why in matches}
