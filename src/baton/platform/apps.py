"""Django's entry for the platform."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "baton.platform"
    label = "platform"
    verbose_name = "Platform"

    def ready(self) -> None:
        from baton.platform import moments  # noqa: F401 - to be told of each connection
        from baton.platform.checks import clocks, roles, settings  # noqa: F401 - to be known to Django
