"""Django's entry for the demonstration."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "baton.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        from baton.demonstration import checks  # noqa: F401 - to be known to Django
