"""Routes of accounts. Names with underscores are those by which allauth looks for a page."""

from baton.accounts.views import joining, own, people, permissions, signing_in
from baton.platform.roles import Role
from baton.platform.routes import AT_THE_DOOR, SIGNED_IN, SIGNED_IN_AT_THE_DOOR, STAFF, only, route

ADMINISTRATOR = only(Role.ADMINISTRATOR)
ONE, OWN, AGAIN = "accounts/<int:user_id>/", "your-sign-in/", "sign-in/again/"
COUNCIL = "sign-in/with/<slug:provider_id>/"

urlpatterns = [
    route("sign-in/", signing_in.sign_in, name="account_login", allowed=AT_THE_DOOR),
    route("sign-in/second-step/", signing_in.second_step, name="mfa_authenticate", allowed=AT_THE_DOOR),
    route("sign-in/passkey/", signing_in.passkey, name="mfa_login_webauthn", allowed=AT_THE_DOOR),
    route(f"{COUNCIL}", signing_in.directory, name="openid_connect_login", allowed=AT_THE_DOOR),
    route(f"{COUNCIL}back/", signing_in.directory_answer, name="openid_connect_callback", allowed=AT_THE_DOOR),
    route("join/", joining.join, name="join", allowed=AT_THE_DOOR),
    route("join/password/", joining.choose_password, name="join-password", allowed=AT_THE_DOOR),
    route(AGAIN, signing_in.password_again, name="account_reauthenticate", allowed=SIGNED_IN_AT_THE_DOOR),
    route(f"{AGAIN}code/", signing_in.code_again, name="mfa_reauthenticate", allowed=SIGNED_IN),
    route(f"{AGAIN}passkey/", signing_in.passkey_again, name="mfa_reauthenticate_webauthn", allowed=SIGNED_IN),
    route(OWN, own.your_sign_in, name="your-sign-in", allowed=SIGNED_IN),
    route(f"{OWN}set-up/", own.set_up_second_step, name="set-up-second-step", allowed=SIGNED_IN_AT_THE_DOOR),
    route(f"{OWN}app/", own.set_up_app, name="mfa_activate_totp", allowed=SIGNED_IN_AT_THE_DOOR),
    route(f"{OWN}app/remove/", own.remove_app, name="mfa_deactivate_totp", allowed=SIGNED_IN),
    route(f"{OWN}passkey/", own.set_up_passkey, name="mfa_add_webauthn", allowed=SIGNED_IN_AT_THE_DOOR),
    route(f"{OWN}passkey/<int:pk>/remove/", own.remove_passkey, name="remove-passkey", allowed=SIGNED_IN),
    route(f"{OWN}recovery-codes/", own.recovery_codes, name="mfa_view_recovery_codes", allowed=SIGNED_IN),
    route(f"{OWN}recovery-codes/new/", own.new_recovery_codes, name="mfa_generate_recovery_codes", allowed=SIGNED_IN),
    route(f"{OWN}password/", own.change_own_password, name="change-password", allowed=SIGNED_IN),
    route(f"{OWN}sessions/end/", own.end_own_sessions, name="end-sessions", allowed=SIGNED_IN),
    route(f"{OWN}sessions/<slug:mark>/end/", own.end_own_session, name="end-session", allowed=SIGNED_IN),
    route("accounts/", people.accounts, name="accounts", allowed=ADMINISTRATOR),
    route("accounts/invite/", people.InvitePage.as_view(), name="invite", allowed=ADMINISTRATOR),
    route(ONE, people.account, name="account", allowed=ADMINISTRATOR),
    route(f"{ONE}change/", people.ChangeAccountPage.as_view(), name="change-account", allowed=ADMINISTRATOR),
    route(f"{ONE}give-role/", people.GiveRolePage.as_view(), name="give-role", allowed=ADMINISTRATOR),
    route(f"{ONE}new-link/", people.NewLinkPage.as_view(), name="new-link", allowed=ADMINISTRATOR),
    route(f"{ONE}sign-out/", people.SignOutAccountPage.as_view(), name="sign-out-account", allowed=ADMINISTRATOR),
    route(f"{ONE}close/", people.CloseAccountPage.as_view(), name="close-account", allowed=ADMINISTRATOR),
    route(f"{ONE}open/", people.OpenAccountPage.as_view(), name="open-account", allowed=ADMINISTRATOR),
    route("roles/<int:role_held_id>/end/", people.EndRolePage.as_view(), name="end-role", allowed=ADMINISTRATOR),
    route("permissions/", permissions.permissions, name="permissions", allowed=STAFF),
]
