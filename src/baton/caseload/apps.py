"""Django's entry for caseload."""

from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "baton.caseload"
    label = "caseload"
