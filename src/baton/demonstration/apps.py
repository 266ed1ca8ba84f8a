"""Django's entry for the demonstration."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "baton.demonstration"
    label = "demonstration"
