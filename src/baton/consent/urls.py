"""Routes of consent."""

from baton.consent import views
from baton.platform.roles import CASEWORKERS, MANAGERS
from baton.platform.routes import only, route

TEAM, MANAGER = only(*CASEWORKERS), only(*MANAGERS)

urlpatterns = [
    route("families/<int:family_id>/consents/", views.consents, name="consents", allowed=TEAM),
    route("families/<int:family_id>/consent/", views.RecordConsentPage.as_view(), name="record-consent", allowed=TEAM),
    route("consents/<int:consent_id>/withdraw/", views.WithdrawPage.as_view(), name="withdraw-consent", allowed=TEAM),
    route(
        "consents/<int:consent_id>/considered/",
        views.ConsiderPage.as_view(),
        name="consider-withdrawal",
        allowed=MANAGER,
    ),
]
