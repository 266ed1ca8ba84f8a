"""Routes of people."""

from baton.people import views
from baton.platform.roles import CASEWORKERS
from baton.platform.routes import only, route

urlpatterns = [
    route(
        "families/<int:family_id>/members/add/",
        views.AddMemberPage.as_view(),
        name="add-member",
        allowed=only(*CASEWORKERS),
    ),
    route("members/<int:member_id>/", views.EditMemberPage.as_view(), name="edit-member", allowed=only(*CASEWORKERS)),
]
