"""Django's entry for visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "baton.visits"
    label = "visits"
