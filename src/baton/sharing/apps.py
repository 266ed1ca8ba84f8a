"""Django's entry for sharing."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "baton.sharing"
    label = "sharing"
