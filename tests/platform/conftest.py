"""What the tests of platform start from."""

import pytest
from django.template import engines


@pytest.fixture
def jinja():
    return engines["jinja2"].env
