"""Routes of people."""

from baton.people.views import families, members, over_time, record, warnings
from baton.platform.roles import CASEWORKERS, READERS
from baton.platform.routes import only, route

WORKERS, READ = only(*CASEWORKERS), only(*READERS)
A_MEMBER = "members/<int:member_id>/"
A_FAMILY = "families/<int:family_id>/"
A_WARNING = f"{A_FAMILY}warnings/<int:warning_id>/"

urlpatterns = [
    route(f"{A_FAMILY}members/add/", members.AddMemberPage.as_view(), name="add-member", allowed=WORKERS),
    route(A_MEMBER, members.EditMemberPage.as_view(), name="edit-member", allowed=WORKERS),
    route(f"{A_MEMBER}record/<slug:subject>/", record.person, name="person", allowed=READ),
    route(f"{A_MEMBER}change/<slug:fact>/", record.ChangeFactPage.as_view(), name="change-fact", allowed=WORKERS),
    route(f"{A_MEMBER}born/", record.RecordBirthPage.as_view(), name="record-birth", allowed=WORKERS),
    route(f"{A_MEMBER}move/", over_time.MoveHomePage.as_view(), name="move-home", allowed=WORKERS),
    route(
        f"{A_MEMBER}add/<slug:thing>/",
        over_time.RecordOverTimePage.as_view(),
        name="record-over-time",
        allowed=WORKERS,
    ),
    route(
        f"{A_MEMBER}correct/<slug:thing>/<int:row_id>/",
        over_time.CorrectOverTimePage.as_view(),
        name="correct-over-time",
        allowed=WORKERS,
    ),
    route(
        f"{A_MEMBER}responsibility/add/",
        over_time.RecordResponsibilityPage.as_view(),
        name="record-responsibility",
        allowed=WORKERS,
    ),
    route(
        f"{A_MEMBER}responsibility/<int:responsibility_id>/end/",
        over_time.EndResponsibilityPage.as_view(),
        name="end-responsibility",
        allowed=WORKERS,
    ),
    route(f"{A_FAMILY}people/", families.family_on, name="family-on", allowed=READ),
    route(f"{A_FAMILY}warnings/", warnings.warnings, name="warnings", allowed=READ),
    route(f"{A_FAMILY}warnings/give/", warnings.GiveWarningPage.as_view(), name="give-warning", allowed=WORKERS),
    route(f"{A_WARNING}review/", warnings.ReviewWarningPage.as_view(), name="review-warning", allowed=WORKERS),
    route(f"{A_WARNING}end/", warnings.EndWarningPage.as_view(), name="end-warning", allowed=WORKERS),
]
