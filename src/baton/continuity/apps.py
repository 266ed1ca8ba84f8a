"""Django's entry for continuity."""

from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "baton.continuity"
    label = "continuity"
