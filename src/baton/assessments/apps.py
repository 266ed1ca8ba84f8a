"""Django's entry for assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "baton.assessments"
    label = "assessments"
