"""Django's entry for governance."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "baton.governance"
    label = "governance"
