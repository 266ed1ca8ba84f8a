"""Django's entry for the platform."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "baton.platform"
    label = "platform"
    verbose_name = "Platform"
