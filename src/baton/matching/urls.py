"""Routes of matching."""

from baton.matching import views
from baton.matching.permissions import JOINERS
from baton.platform.routes import only, route

MAY_JOIN = only(*JOINERS)

urlpatterns = [
    route("duplicates/", views.duplicates, name="duplicates", allowed=MAY_JOIN),
    route("duplicates/<int:pair_id>/", views.DecidePage.as_view(), name="duplicate", allowed=MAY_JOIN),
    route("duplicates/told-apart/", views.told_apart_pairs, name="told-apart", allowed=MAY_JOIN),
    route("duplicates/<int:pair_id>/again/", views.AskAgainPage.as_view(), name="ask-about-again", allowed=MAY_JOIN),
    route("people/<int:person_id>/compare/", views.whom_to_compare, name="whom-to-compare", allowed=MAY_JOIN),
    route(
        "people/<int:person_id>/compare/<int:other_id>/", views.ComparePage.as_view(), name="compare", allowed=MAY_JOIN
    ),
    route("merges/", views.merges, name="merges", allowed=MAY_JOIN),
    route("merges/<int:merge_id>/", views.MergePage.as_view(), name="merge", allowed=MAY_JOIN),
]
