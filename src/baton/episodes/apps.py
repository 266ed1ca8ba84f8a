"""Django's entry for episodes."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "baton.episodes"
    label = "episodes"

    def ready(self) -> None:
        """A child's birthday decides deadlines: they follow when the members of a family change."""
        from baton.episodes.actions import refresh_for_family
        from baton.people.actions import when_members_change

        when_members_change(refresh_for_family)
