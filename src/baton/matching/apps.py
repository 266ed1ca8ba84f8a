"""Django's entry for matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "baton.matching"
    label = "matching"

    def ready(self) -> None:
        """Whoever enters somebody in a family is told who they may be; old addresses of merged records lead on."""
        from baton.matching.actions import note_told_apart
        from baton.matching.queries.duplicates import FOLLOWED, where_it_is_now
        from baton.matching.queries.entering import matches_for_told
        from baton.people.actions import when_told_apart
        from baton.people.queries import matches_are_found_by
        from baton.platform.routes import when_not_found

        matches_are_found_by(matches_for_told)
        when_told_apart(note_told_apart)
        when_not_found(where_it_is_now, of=FOLLOWED)
