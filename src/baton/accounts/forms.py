"""What administrators type about accounts, and what people type about their own."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeFormAgain
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import CharField, Field, PasswordInput

from baton.accounts.adapters.second_steps import take_recovery_code
from baton.accounts.queries import is_a_recovery_code
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    DayField,
    EmailField,
    PhoneField,
    SelectField,
    TextField,
)
from baton.platform.models import User
from baton.platform.roles import ROLE_SHEETS, Role
from baton.platform.security_log import Kind, tell

AT_ONCE, AFTER_A_DAY = "at-once", "after-a-day"
HOW_LONG = "At least 12 characters. Three words that do not belong together are easy to keep in mind."


class AccountForm(BatonForm):
    """Who somebody is."""

    given_name = TextField(label="Given name", limit=100, width="one-half")
    family_name = TextField(label="Family name", limit=100, width="one-half")
    email = EmailField(label="E-mail address", help_text="Their address at work. They sign in with it.")
    job_title = TextField(label="Job title", limit=100, required=False, width="one-half")
    phone = PhoneField(label="Telephone number", required=False)
    organisation = SelectField(label="Organisation")

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", "Select"), *organisations]  # type: ignore[attr-defined]


def role_in_words(role: Role) -> str:
    """What a role is for, and for which part of the place it is given."""
    sheet = ROLE_SHEETS[role]
    parts = " or ".join(str(part.label).lower() for part in sheet.held_for)
    return f"{sheet.does} Given for {parts}."


class GiveRoleForm(BatonForm):
    """Which role, for what, from when."""

    role = ChoiceField(
        label="Which role?",
        choices=[(role.value, role.label) for role in ROLE_SHEETS],
        hints={role.value: role_in_words(role) for role in ROLE_SHEETS},
        required_message="Select a role",
    )
    part = SelectField(label="For which part of the place?")
    from_on = DayField(label="First day")
    until_on = DayField(label="Last day, if it is known", required=False)

    def __init__(self, *args: Any, parts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", "Select"), *parts]  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class EndRoleForm(BatonForm):
    """When a role ends."""

    when = ChoiceField(
        label="When does it end?",
        choices=[(AT_ONCE, "At once"), (AFTER_A_DAY, "After a last day")],
        hints={AT_ONCE: "The next page they ask for is refused."},
    )
    last_on = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("when") == AFTER_A_DAY and not typed.get("last_on") and "last_on" not in self.errors:
            self.add_error("last_on", "Enter the last day")
        return typed


class SureForm(BatonForm):
    """Nothing to type: a button that says what it does."""


class SignInForm(LoginForm):
    """E-mail address and password. Says the same for an unknown address as for a wrong password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["login"], "E-mail address", "Enter your e-mail address", "username")
        _speak(self.fields["password"], "Password", "Enter your password", "current-password")


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before somebody changes how they sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["password"], "Password", "Enter your password", "current-password")


class _TakesCodes:
    """A code of an app, or one of ours for the day the phone is lost. A wrong one is counted, and told to the log."""

    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        typed = "".join(str(self.cleaned_data["code"]).split()).replace("-", "")
        self.cleaned_data["code"] = typed
        if not is_a_recovery_code(typed):
            return str(super().clean_code())  # type: ignore[misc]
        was_right = check_rate_limit(self.user)
        taken = take_recovery_code(self.user, typed)
        if taken is None:
            tell(Kind.SIGN_IN_FAILED, context.request, account=self.user.pk, by="recovery-code")
            raise get_mfa_adapter().validation_error("incorrect_code")
        was_right()
        self.authenticator = taken
        return typed

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        tell(Kind.SIGN_IN_FAILED, context.request, account=authenticator.user_id, by="code")


class CodeForm(_TakesCodes, AuthenticateForm):
    """A code from an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Code", "Enter the code", "one-time-code")


class CodeAgainForm(_TakesCodes, CodeFormAgain):
    """A code once more, before somebody changes how they sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Code", "Enter the code", "one-time-code")


class ActivateAppForm(ActivateTOTPForm):
    """The first code of an app, to show that it was set up right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["code"], "Code that the app shows", "Enter the code that the app shows", "one-time-code")


def _speak(field: Field, label: str, required: str, autocomplete: str) -> None:
    """Give a field of allauth's our words."""
    field.label = label
    field.error_messages["required"] = required
    field.help_text = ""
    field.widget.attrs = {"autocomplete": autocomplete, "spellcheck": "false"}
    if autocomplete == "one-time-code":
        field.widget.attrs["inputmode"] = "numeric"


class ChoosePasswordForm(BatonForm):
    """A password of one's own, once: it can be shown, and pasted."""

    password = CharField(label="Password", strip=False, help_text=HOW_LONG, widget=PasswordInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        typed = str(self.cleaned_data["password"])
        try:
            validate_password(typed, self.user)
        except ValidationError as wrong:
            raise ValidationError(wrong.messages[0]) from None
        return typed


class ChangePasswordForm(ChoosePasswordForm):
    """Another password, for who knows the one in use. Wrong ones are counted as when signing in."""

    current = CharField(
        label="Password you use now",
        strip=False,
        widget=PasswordInput,
        error_messages={"required": "Enter the password you use now"},
    )
    field_order = ("current", "password")

    def clean_current(self) -> str:
        typed = str(self.cleaned_data["current"])
        if not get_adapter().reauthenticate(self.user, typed):
            raise ValidationError("This is not the password you use now")
        return typed


class InvitationForm(BatonForm):
    """The code of an invitation."""

    code = TextField(label="Code of your invitation", limit=100, autocomplete="off")

    def clean_code(self) -> str:
        """Whoever pastes the whole link means what stands behind its #."""
        return str(self.cleaned_data["code"]).rpartition("#")[2].strip()
