"""Routes of consent."""

from baton.consent import views
from baton.platform.roles import CASEWORKERS, MANAGERS, READERS
from baton.platform.routes import only, route

TEAM, MANAGER, READ = only(*CASEWORKERS), only(*MANAGERS), only(*READERS)

urlpatterns = [
    route("families/<int:family_id>/consents/", views.consents, name="consents", allowed=READ),
    route("families/<int:family_id>/consent/", views.RecordConsentPage.as_view(), name="record-consent", allowed=TEAM),
    route(
        "families/<int:family_id>/consents/refusal/",
        views.RecordRefusalPage.as_view(),
        name="record-refusal",
        allowed=TEAM,
    ),
    route("families/<int:family_id>/consents/renew/", views.RenewPage.as_view(), name="renew-consents", allowed=TEAM),
    route("consents/<int:consent_id>/withdraw/", views.WithdrawPage.as_view(), name="withdraw-consent", allowed=TEAM),
    route(
        "consents/<int:consent_id>/considered/",
        views.ConsiderPage.as_view(),
        name="consider-withdrawal",
        allowed=MANAGER,
    ),
    route(
        "consents/refusals/<int:refusal_id>/considered/",
        views.ConsiderRefusalPage.as_view(),
        name="consider-refusal",
        allowed=MANAGER,
    ),
]
