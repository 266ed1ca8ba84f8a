"""Django's entry for the chronology."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "baton.chronology"
    label = "chronology"
