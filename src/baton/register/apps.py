"""Django's entry for register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "baton.register"
    label = "register"
