"""A password for everybody, so that tests can sign in as people do."""

from django.contrib.auth.hashers import make_password

from baton.platform.models import User

PASSWORD = "correct-horse-test-staple"  # of people who do not exist


def give_everybody_a_password() -> None:
    """Every account there is now can sign in with PASSWORD."""
    User.objects.update(password=make_password(PASSWORD))
