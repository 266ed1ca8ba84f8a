"""Routes of accounts."""

from baton.accounts.views import joining, people, permissions
from baton.platform.roles import Role
from baton.platform.routes import EVERYBODY, STAFF, only, route

ADMINISTRATOR = only(Role.ADMINISTRATOR)
ONE = "accounts/<int:user_id>/"

urlpatterns = [
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
    route("join/<str:token>/", joining.join, name="join", allowed=EVERYBODY),
]
