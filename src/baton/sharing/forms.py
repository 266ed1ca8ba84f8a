"""What is typed about sharing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from baton.consent.models import Consent
from baton.documents.models import Document as Uploaded
from baton.people.models import FamilyMember
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    LongTextField,
    MomentField,
    SelectField,
    TextField,
)
from baton.practice.codes import code_list
from baton.sharing.actions import Ground, Told
from baton.sharing.models import Decision
from baton.sharing.presenters.decisions import agreement_in_words, hint_of, hint_of_document
from baton.sharing.queries import Document, as_document

REASON, OWN, AGREEMENT = "reason", "own", "agreement-"
MADE, ADDED = "Made from the record", "Documents that were added"
GROUPS = (("safeguarding", Decision.Ground.SAFEGUARDING.label), ("duty", Decision.Ground.DUTY.label))


class DecisionForm(BatonForm):
    """To whom, by whom, when and why; for both ways to decide."""

    described = LongTextField(
        label="What is it?", help_text="In your own words", limit=4_000, rows=3, required_message="Write what it is"
    )
    organisation = TextField(label="Which agency?", width="two-thirds", required=False)
    agency = SelectField(label="What kind of agency is it?", required=False)
    recipient = TextField(label="Who there? (optional)", width="two-thirds", required=False)
    because = LongTextField(
        label="Why?",
        help_text="What they need it for, what you weighed, and whether the family was told",
        limit=4_000,
        rows=4,
        required=False,
    )
    decided_by = TextField(label="Who decided?", width="two-thirds", required_message="Enter who decided")
    decided_at = MomentField(
        label="When was it decided?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )

    def __init__(self, *args: Any, document: Document | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        fields: Any = self.fields
        fields["agency"].choices = [("", "Select"), *((each.code, each.title) for each in code_list("agency").on(on))]
        if document:
            del fields["described"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("organisation") and not cleaned.get("agency"):
            self.add_error("agency", "Select what kind of agency it is")
        return cleaned

    def told(self, document: Document | None = None) -> Told:
        """What was decided about, to whom and by whom."""
        typed = self.cleaned_data
        said = {name: typed[name] for name in ("organisation", "agency", "recipient", "because", "decided_by")}
        return Told(document=document or self.document or self._in_words(), decided_at=typed["decided_at"], **said)

    def _in_words(self) -> Document:
        return Document(Decision.What.INFORMATION, 0, self.cleaned_data["described"])


class ShareForm(DecisionForm):
    """Under what something goes."""

    ground = ChoiceField(label="Under what does it go?", required_message="Select what it goes under")
    reason = SelectField(label="What is the reason or duty?", required=False)
    person = SelectField(label="Who in the family?", required=False)

    def __init__(
        self, *args: Any, agreements: Sequence[Consent], members: Iterable[FamilyMember], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, on=on, **kwargs)
        fields: Any = self.fields
        self.agreements = {f"{AGREEMENT}{each.pk}": each for each in agreements}
        self.people = {str(member.person_id): member.person for member in members}
        agreed = [(key, agreement_in_words(each)) for key, each in self.agreements.items()]
        others = [
            (REASON, "A safeguarding reason or a duty"),
            (OWN, "It is the family’s own, and goes to somebody in it"),
        ]
        fields["ground"].choices = [*agreed, *others]
        fields["ground"].hints = {key: hint_of(each) for key, each in self.agreements.items()}
        codes = code_list("sharing_reason").on(on)
        groups = [(title, [(each.code, each.title) for each in codes if each.group == key]) for key, title in GROUPS]
        fields["reason"].choices = [("", "Select"), *groups]
        fields["person"].choices = [("", "Select"), *((key, person.name) for key, person in self.people.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("ground")
        if chosen == REASON and not cleaned.get("reason"):
            self.add_error("reason", "Select the reason or duty")
        if chosen == REASON and not cleaned.get("organisation"):
            self.add_error("organisation", "Enter which agency it goes to")
        if chosen == OWN and not cleaned.get("person"):
            self.add_error("person", "Select who in the family it goes to")
        return cleaned

    def ground_chosen(self) -> Ground:
        """The agreement, the reason or the person that was chosen."""
        typed = self.cleaned_data
        return Ground(
            agreement=self.agreements.get(typed["ground"]),
            reason=typed["reason"] if typed["ground"] == REASON else "",
            person=self.people.get(typed["person"]) if typed["ground"] == OWN else None,
        )


class ShareUploadedForm(ShareForm):
    """Which documents that were added go, and under what; one decision each."""

    documents = ChoicesField(
        label="Which documents go?",
        help_text="Each goes as it is: nothing in a file can be blacked out here",
        required_message="Select which documents go",
    )

    def __init__(self, *args: Any, uploaded: Iterable[Uploaded], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.uploaded = {str(each.pk): each for each in uploaded}
        fields["documents"].choices = [(key, each.title) for key, each in self.uploaded.items()]
        fields["documents"].hints = {key: hint_of_document(each) for key, each in self.uploaded.items()}
        del fields["described"]

    def all_told(self) -> list[Told]:
        """What was decided, for each document."""
        return [self.told(as_document(self.uploaded[key])) for key in self.cleaned_data["documents"]]


class DoNotShareForm(DecisionForm):
    """What does not go to an agency, and why: something of the record, or in words."""

    thing = SelectField(
        label="Is it a document or a plan of the record?", required=False, empty="No, I say below what it is"
    )

    def __init__(self, *args: Any, made: Iterable[Document], uploaded: Iterable[Uploaded], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        groups = {MADE: list(made), ADDED: [as_document(each) for each in uploaded]}
        self.things = {f"{each.what}-{each.record_id}": each for found in groups.values() for each in found}
        offered = [
            (title, [(f"{each.what}-{each.record_id}", each.described) for each in found])
            for title, found in groups.items()
            if found
        ]
        fields["thing"].choices = [*fields["thing"].choices, *offered]
        fields["described"].required = False
        fields["organisation"].required = fields["because"].required = True
        fields["organisation"].required_message = "Enter which agency it does not go to"
        fields["because"].required_message = "Write why it is not shared"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("thing") and not (cleaned.get("described") or "").strip():
            self.add_error("described", "Select the document, or write what it is")
        return cleaned

    def told(self, document: Document | None = None) -> Told:
        """What does not go. Of something of the record, what was written besides says which part or copy of it."""
        thing, words = self.things.get(self.cleaned_data["thing"]), self.cleaned_data["described"].strip()
        if thing and words:
            thing = replace(thing, described=f"{thing.described}. {words}")
        return super().told(document or thing)


class ReceiverForm(BatonForm):
    """Whose decisions one wants to see."""

    to = SelectField(label="To whom", required=False, empty="Everybody")

    def __init__(self, data: Any = None, *, receivers: Iterable[Decision]) -> None:
        super().__init__(data)
        self.receivers = {str(each.pk): each for each in receivers}
        fields: Any = self.fields
        names = [(key, each.person.name if each.person else each.organisation) for key, each in self.receivers.items()]
        fields["to"].choices = [("", "Everybody"), *sorted(names, key=lambda pair: pair[1].casefold())]

    def chosen(self) -> Decision | None:
        """A decision about the one who was chosen; nothing for everybody, and where the choice makes no sense."""
        return self.receivers.get(self.cleaned_data["to"]) if self.is_bound and self.is_valid() else None
