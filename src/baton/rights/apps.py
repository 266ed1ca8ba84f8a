"""Django's entry for information rights."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "baton.rights"
    label = "rights"
