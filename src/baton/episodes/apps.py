"""Django's entry for episodes."""

from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "baton.episodes"
    label = "episodes"
