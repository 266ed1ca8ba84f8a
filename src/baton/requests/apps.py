"""Django's entry for requests."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "baton.requests"
    label = "requests"
