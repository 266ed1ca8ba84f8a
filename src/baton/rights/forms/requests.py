"""What is typed when somebody asks for what is held on them, and while the request is worked on."""

from baton.platform.form_fields import BatonForm, ChoiceField, DayField, LongTextField, TextField
from baton.rights.models import AccessRequest, Stop


class RegisterForm(BatonForm):
    """Who asks, for whom, since when."""

    asked_by = TextField(label="Who asks?", help_text="Their full name", required_message="Enter who asks")
    asks_as = ChoiceField(
        label="For whom do they ask?",
        choices=AccessRequest.AsksAs.choices,
        hints={"parent": "An older child who understands what is asked decides for themselves"},
        required_message="Select for whom they ask",
    )
    authority = LongTextField(
        label="How do you know that they may?",
        help_text="Parental responsibility seen, a signed authority, a court order. Not needed for themselves.",
        limit=1_000,
        rows=2,
        required=False,
    )
    about = LongTextField(
        label="Whose record do they want?",
        help_text="Full names and dates of birth as they gave them; former names too",
        limit=2_000,
        rows=3,
        required_message="Enter whose record they want",
    )
    scope = LongTextField(
        label="What do they want to see? (optional)",
        help_text="In their words. Leave it empty if they want everything.",
        limit=2_000,
        rows=3,
        required=False,
    )
    reach = LongTextField(
        label="Where does the answer go?",
        help_text="A safe address or e-mail address, as they said",
        limit=500,
        rows=2,
        required_message="Enter where the answer goes",
    )
    channel = ChoiceField(
        label="How did the request come?",
        choices=AccessRequest.Channel.choices,
        hints={"spoken": "A request needs no form and no special words"},
        required_message="Select how the request came",
    )
    received_on = DayField(
        label="When did it come?",
        called="date",
        help_text="The day anybody of the council got it: from then on there is one month",
        past=True,
    )
    identity_how = TextField(
        label="How do you know who they are? (optional)",
        help_text="For example: known to the worker, passport seen. Leave it empty if you do not know yet.",
        limit=300,
        width="two-thirds",
        required=False,
    )


class IdentityForm(BatonForm):
    """How it is known who asks."""

    how = TextField(
        label="How do you know who they are, and that they may ask?",
        help_text="Ask for no more than you need: somebody you know needs no passport",
        limit=300,
        width="two-thirds",
        required_message="Enter how you know",
    )
    on = DayField(label="When was that?", called="date", past=True)


class StopForm(BatonForm):
    """What the person is asked for."""

    kind = ChoiceField(
        label="What are they asked for?",
        choices=Stop.Kind.choices,
        hints={
            "identity": "The month begins anew when it comes",
            "clarification": "Only if a lot is held and you cannot tell what they want. These days do not count.",
        },
        required_message="Select what they are asked for",
    )
    what = LongTextField(
        label="What exactly did you ask?", limit=1_000, rows=3, required_message="Enter what you asked"
    )
    on = DayField(label="When were they asked?", called="date", past=True)


class AnswerToStopForm(BatonForm):
    """What came, and when."""

    answer = LongTextField(label="What came?", limit=1_000, rows=3, required_message="Enter what came")
    on = DayField(label="When did it come?", called="date", past=True)


class ExtendForm(BatonForm):
    """Why it takes longer, and when the person was told."""

    because = LongTextField(
        label="Why does it take longer?",
        help_text="As you told the person: how the request is complex, or how many requests they made",
        limit=1_000,
        rows=3,
        required_message="Enter why it takes longer",
    )
    told_on = DayField(label="When were they told?", called="date", past=True)


class SubjectForm(BatonForm):
    """Whose record is meant."""

    given_name = TextField(label="First name", limit=100, width=20)
    family_name = TextField(label="Last name", limit=100, width=20, help_text="As it is, or as it was")
    born = DayField(label="Date of birth", called="date of birth", past=True)


class ConfirmForm(BatonForm):
    """Nothing but a button."""


class AnswerForm(BatonForm):
    """How the request was answered."""

    outcome = ChoiceField(
        label="How was it answered?",
        choices=AccessRequest.Outcome.choices,
        required_message="Select how it was answered",
    )
    told_how = LongTextField(
        label="How was the person told?",
        help_text="For example: the copy went by recorded delivery with a letter about complaints to the Commissioner",
        limit=1_000,
        rows=3,
        required_message="Enter how the person was told",
    )
    on = DayField(label="When?", called="date", past=True)
