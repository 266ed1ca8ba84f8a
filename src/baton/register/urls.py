"""Routes of the register: the rules are for every member of staff to read."""

from baton.platform.routes import STAFF, route
from baton.register import views

urlpatterns = [
    route("rules/", views.own_place, name="register", allowed=STAFF),
    route("rules/contradictions/", views.contradictions, name="contradictions", allowed=STAFF),
    route("rules/calculator/", views.calculator, name="calculator", allowed=STAFF),
    route("rules/lawful-basis/", views.lawful_basis, name="lawful-basis", allowed=STAFF),
    route("rules/<slug:place>/", views.rules_of, name="register-place", allowed=STAFF),
]
