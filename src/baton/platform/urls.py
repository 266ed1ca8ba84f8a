"""Routes of the platform: signing in and out, drafts, health, the component gallery."""

from baton.platform import views
from baton.platform.routes import EVERYBODY, STAFF, route

urlpatterns = [
    route("sign-in/", views.sign_in, name="sign-in", allowed=EVERYBODY),
    route("sign-out/", views.sign_out, name="sign-out", allowed=EVERYBODY),
    route("drafts/", views.save_draft, name="save-draft", allowed=EVERYBODY),
    route("healthy/", views.healthy, name="healthy", allowed=EVERYBODY),
    route("components/", views.gallery, name="gallery", allowed=STAFF),
]
