"""Django's entry for matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "baton.matching"
    label = "matching"

    def ready(self) -> None:
        """Whoever enters somebody in a family is told who they may be."""
        from baton.matching.actions import note_told_apart
        from baton.matching.queries.entering import matches_for_told
        from baton.people.actions import when_told_apart
        from baton.people.queries import matches_are_found_by

        matches_are_found_by(matches_for_told)
        when_told_apart(note_told_apart)
