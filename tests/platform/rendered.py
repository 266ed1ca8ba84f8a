"""Pages and components as the design system's templates render them."""

import re
from pathlib import Path

from django import forms
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import get_template
from django.test import RequestFactory

from baton.platform.form_fields import (
    BatonForm,
)

HOSTILE = """</title></textarea><script>alert("x")</script><img src=x onerror='alert(1)'>"""


TAG_COLOURS = {"grey", "green", "teal", "blue", "light-blue", "purple", "magenta", "red", "orange", "yellow"}


TEMPLATES = Path(__file__).parents[2] / "src/baton/platform/templates/platform"


PAGE = {
    "place": "dorset",
    "place_name": "Dorset",
    "demo": True,
    "person": {"name": "Asha Sample"},
    "navigation": [
        {"text": "Home", "href": "/", "current": True},
        {"text": "Search", "href": "/search/", "current": False},
    ],
    "messages": [],
}


class Message:
    """A message as Django gives it to a page."""

    def __init__(self, text: str, level_tag: str) -> None:
        self.text, self.level_tag = text, level_tag

    def __str__(self) -> str:
        return self.text


def page(template: str, **context: object) -> str:
    """A page without its context processors, so that nothing here needs a database."""
    request = RequestFactory().get("/")
    template_itself = get_template(template).template
    given = PAGE | {"request": request, "csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
    return template_itself.render(given | context)


def component(jinja, call: str, **context: object) -> str:
    """What a call of a macro writes."""
    names = ", ".join(sorted(_macros()))
    return jinja.from_string(f'{{% from "platform/components.html" import {names} %}}{{{{ {call} }}}}').render(
        **context
    )


def _macros() -> list[str]:
    text = (TEMPLATES / "components.html").read_text()
    return [name for name in re.findall(r"{% macro (\w+)", text) if not name.startswith("_")]


def one_field(field: forms.Field, typed: dict[str, str] | None = None, **options: object) -> BatonForm:
    return type("OneField", (BatonForm,), {"it": field})(typed, **options)


def form_page(form: forms.Form, **more: object) -> str:
    given = {"form_key": "k-1", "draft_token": "t-1", "autosave_url": "/drafts/", "button": "Continue"}
    return page("platform/form_page.html", form=form, **({"title": "A title"} | given | more))
