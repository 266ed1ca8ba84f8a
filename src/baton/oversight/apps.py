"""Django's entry for oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "baton.oversight"
    label = "oversight"
