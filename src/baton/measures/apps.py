"""Django's entry for measures."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "baton.measures"
    label = "measures"
