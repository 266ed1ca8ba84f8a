"""What is typed about relationships and about a family's network."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from baton.people.models import FamilyMember, Person
from baton.platform.form_fields import BatonForm, ChoiceField, DayField, SelectField, TextField
from baton.relationships.states import (
    ENERGIES,
    KINDS,
    PARENTS,
    PARTNERS,
    STANDINGS,
    STRENGTHS,
    TIE_KINDS,
    Group,
    Standing,
)

Named = Sequence[tuple[str, str]]
WHOLE_FAMILY = "all"
SOMEBODY_NEW = "new"
IF_KNOWN = "Leave it empty if nobody knows"


def kinds_offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds under their headings, as "birth mother of"."""
    return [(group.value, [(k.key, k.choice) for k in KINDS.values() if k.group == group]) for group in Group]


def kinds_of_a_relative() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds from the newcomer's side too: a new child of somebody is the other way round."""
    children = [(f"back:{k.key}", f"{k.back[0]} (by {k.is_[0]}) of") for k in KINDS.values() if k.key in PARENTS]
    return [*kinds_offered(), ("Somebody’s child", children)]


class DayAskedForm(BatonForm):
    """The day for which a picture is drawn."""

    on = DayField(label="As it was on", called="date", past=True)


class HowItWasForm(BatonForm):
    """How a relationship stands and stood."""

    from_on = DayField(label="Since when?", called="date", help_text=IF_KNOWN, past=True, required=False)
    standing = ChoiceField(
        label="How does it stand?", choices=list(STANDINGS.items()), required_message="Select how it stands"
    )
    ended_on = DayField(
        label="If it is over, or they separated or divorced: when?", called="date it ended", help_text=IF_KNOWN,
        past=True, required=False,
    )  # fmt: skip
    note = TextField(label="Note", limit=300, required=False, width="two-thirds")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ended_on") and cleaned.get("standing") == Standing.NOW:
            self.add_error("standing", "Select how it ended, or leave the date it ended empty")
        return cleaned


class RelationshipForm(HowItWasForm):
    """How two people of the family are related."""

    person = SelectField(label="Who?", required_message="Select who it is about")
    kind = SelectField(label="is or was the", required_message="Select how they are related")
    relative = SelectField(label="of whom?", required_message="Select whose relative they are")
    field_order = ("person", "kind", "relative")

    def __init__(self, *args: Any, people: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "relative"):
            self.fields[name].choices = [("", "Select"), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Select"), *kinds_offered()]  # type: ignore[attr-defined]


class CorrectRelationshipForm(HowItWasForm):
    """What is recorded of two people, put right or ended."""

    kind = SelectField(label="How are they related?", required_message="Select how they are related")
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("kind",)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = KINDS[kind].group
        same = [(k.key, k.choice) for k in KINDS.values() if k.group == group]
        self.fields["kind"].choices = [("", "Select"), *same]  # type: ignore[attr-defined]
        if kind not in PARTNERS:
            kept = [pair for pair in STANDINGS.items() if pair[0] in (Standing.NOW, Standing.OVER)]
            self.fields["standing"].choices = kept  # type: ignore[attr-defined]


class RelativeForm(BatonForm):
    """Somebody who is not in the family’s record yet, and whose relative they are."""

    given_name = TextField(label="First name", limit=100, width=20, required_message="Enter a first name")
    family_name = TextField(label="Last name", limit=100, width=20, required_message="Enter a last name")
    sex = ChoiceField(label="Sex", choices=Person.Sex.choices, required_message="Select a sex, or “Not known”")
    date_of_birth = DayField(
        label="Date of birth", called="date of birth", help_text=IF_KNOWN, past=True, required=False
    )
    died_on = DayField(label="Died on", called="date of death", help_text="Only of somebody who has died", past=True,
                       required=False)  # fmt: skip
    kind = SelectField(label="They are or were the", required_message="Select how they are related")
    relative = SelectField(label="of whom?", required_message="Select whose relative they are")
    same_as = ChoiceField(
        label="Is it one of these people?", help_text="Baton knows somebody with this name",
        required_message="Select who it is, or that it is somebody else",
    )  # fmt: skip
    field_order = ("same_as",)

    def __init__(self, *args: Any, people: Named, matches: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relative"].choices = [("", "Select"), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Select"), *kinds_of_a_relative()]  # type: ignore[attr-defined]
        if matches:
            field = cast(ChoiceField, self.fields["same_as"])
            known = [(value, described) for value, described, _ in matches]
            field.choices = [*known, (SOMEBODY_NEW, "No, it is somebody else")]
            field.hints = {value: why for value, _, why in matches}
        else:
            del self.fields["same_as"]


class StrikeForm(BatonForm):
    """Why something should never have been recorded."""

    because = TextField(
        label="Why should this not have been recorded?", limit=300, width="two-thirds",
        required_message="Say why it should not have been recorded",
    )  # fmt: skip


class HowStrongForm(BatonForm):
    """How strong a tie is, and who gives strength to whom."""

    strength = ChoiceField(label="How strong is it?", choices=list(STRENGTHS.items()))
    energy = ChoiceField(label="Who gives strength to whom?", choices=list(ENERGIES.items()))


class TieForm(HowStrongForm):
    """Who or what supports the family, or weighs on it."""

    name = TextField(
        label="Who or what is it?", help_text="Nan next door, Larkmere Primary School", limit=120, width="two-thirds",
        required_message="Enter who or what it is",
    )  # fmt: skip
    kind = SelectField(label="What kind of support is it?", choices=list(TIE_KINDS.items()))
    member = SelectField(label="Whose is it?", required_message="Select whose it is, or the whole family")
    from_on = DayField(label="Since when?", called="date", help_text=IF_KNOWN, past=True, required=False)
    until_on = DayField(
        label="Until when?", called="last date", help_text="Leave it empty while it goes on", past=True, required=False
    )
    note = TextField(label="Note", limit=300, required=False, width="two-thirds")
    field_order = ("name", "kind", "member", "strength", "energy")

    def __init__(self, *args: Any, people: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "Select"), (WHOLE_FAMILY, "The whole family"), *people]  # type: ignore[attr-defined]


class CorrectTieForm(TieForm):
    """What is recorded of a tie, put right or ended."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeTieForm(HowStrongForm):
    """How a tie has changed, and since when."""

    from_on = DayField(label="Since when?", called="date", past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("from_on",)


def people_offered(members: Iterable[FamilyMember]) -> list[tuple[str, str]]:
    """People to choose from, with the year of birth, since names repeat in families."""
    return [
        (
            str(member.person_id),
            member.person.name + (f", born {member.person.date_of_birth.year}" if member.person.date_of_birth else ""),
        )
        for member in members
    ]
