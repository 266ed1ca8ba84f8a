"""Routes of the platform: signing in and out, drafts, health, the component gallery."""

from baton.platform import views
from baton.platform.routes import AT_THE_DOOR, EVERYBODY, STAFF, bare_route, route

urlpatterns = [
    route("sign-out/", views.sign_out, name="sign-out", allowed=AT_THE_DOOR),
    route("drafts/", views.save_draft, name="save-draft", allowed=EVERYBODY),
    route("healthy/", views.healthy, name="healthy", allowed=AT_THE_DOOR),
    bare_route("ready/", views.ready, name="ready"),
    bare_route("metrics/", views.metrics, name="metrics"),
    route("components/", views.gallery, name="gallery", allowed=STAFF),
]
