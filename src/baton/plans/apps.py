"""Django's entry for plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "baton.plans"
    label = "plans"
