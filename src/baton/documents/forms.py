"""What is typed and chosen to add a document, to withdraw one, and to show some of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from baton.documents.reading import ALLOWED, BY_ENDING, KINDS, Taken, take, too_large
from baton.documents.reading.refusing import NotTaken
from baton.people.models import FamilyMember
from baton.platform.form_fields import BatonForm, DayField, LongTextField, SelectField, TextField
from baton.practice.codes import code_list

# Media types beside the endings: a telephone then offers its photographs as JPEG.
ACCEPTED = ",".join([*(f".{ending}" for ending in BY_ENDING), *(kind.media_type for kind in KINDS)])


class DocumentField(forms.FileField):
    """A file that is looked into; cleaned, it is what is kept of it."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages |= {"empty": "The file is empty", "max_length": "The name of the file is too long"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file is None:
            return None
        try:
            return take(file.name or "", file.read())
        except NotTaken as refusal:
            raise ValidationError(str(refusal)) from refusal


class DocumentForm(BatonForm):
    """A document and what it is."""

    kind = SelectField(label="What kind of document is it?", required_message="Select what kind of document it is")
    title = TextField(
        label="What is it?",
        help_text="The school nurse’s report, Ashby’s drawing of home",
        width="two-thirds",
        required_message="Enter what it is",
    )
    dated_on = DayField(
        label="What date is on it?", called="date", help_text="If there is none, the day it was made", past=True
    )
    person = SelectField(label="Who is it about?", empty="The whole family", required=False)
    note = LongTextField(
        label="Is there anything to say about it? (optional)",
        help_text="For a drawing or direct work: what the child said, in their own words",
        limit=2_000,
        rows=3,
        required=False,
    )
    file = DocumentField(label="Choose the file", help_text=f"{ALLOWED}. {too_large()}.")

    def __init__(
        self,
        *args: Any,
        members: Iterable[FamilyMember],
        today: date,
        instead_of_a_file: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.people = {str(member.person_id): member.person for member in members}
        fields["person"].choices = [("", "The whole family"), *((key, who.name) for key, who in self.people.items())]
        fields["kind"].choices = [
            ("", "Select"),
            *((code.code, code.title) for code in code_list("document").on(today)),
        ]
        fields["file"].required_message = instead_of_a_file or "Choose the file"

    @property
    def taken(self) -> Taken:
        """The file as it is kept."""
        taken: Taken = self.cleaned_data["file"]
        return taken


class WithdrawForm(BatonForm):
    """Why a document should not be in the record."""

    because = TextField(
        label="Why should it not be in the record?",
        help_text="It belongs to another family, it is the wrong file",
        limit=300,
        width="two-thirds",
        required_message="Enter why it should not be in the record",
    )


class CloseVirusForm(BatonForm):
    """What was done about a virus."""

    done = LongTextField(
        label="What was done?",
        help_text="Whose computer was looked at, who was told to delete their copy",
        limit=5_000,
        required_message="Write what was done",
    )


class FilterForm(BatonForm):
    """Which documents one wants to see."""

    kind = SelectField(label="What", required=False, empty="Every kind")

    def __init__(self, data: Any = None, *, kinds: Iterable[str]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        named = sorted((code_list("document").title_of(kind), kind) for kind in kinds)
        fields["kind"].choices = [("", "Every kind"), *((kind, title) for title, kind in named)]

    def chosen(self) -> str:
        """The kind that was chosen; empty for all, and where the choice makes no sense."""
        return str(self.cleaned_data["kind"]) if self.is_bound and self.is_valid() else ""
