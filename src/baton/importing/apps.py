"""Django's entry for importing."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "baton.importing"
    label = "importing"
