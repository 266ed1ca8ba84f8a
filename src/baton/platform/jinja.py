"""Jinja as Baton's templates use it: where templates are found, what they may call, how missing values are told."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    PrefixLoader,
    Template,
    Undefined,
    UndefinedError,
)

from baton.platform import dates_in_words
from baton.platform.date_fields import boxes_in_error
from baton.platform.form_fields import value_in_words
from baton.platform.statuses import status_of


class Missing(Undefined):
    """A value nobody gave: it may be asked whether it is there, but not printed, looped over or compared."""

    __slots__ = ()
    __iter__ = __str__ = __len__ = Undefined._fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = Undefined._fail_with_undefined_error

    def __bool__(self) -> bool:
        return False


class Lenient(BaseLoader):
    """Loads templates of others, whose macros print values nobody gave as nothing."""

    def __init__(self, inner: BaseLoader) -> None:
        self.inner = inner

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:
        return self.inner.load(environment.overlay(undefined=ChainableUndefined), name, globals)


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend works with."""
    folders = options.pop("loader")
    options["undefined"] = Missing
    loader = ChoiceLoader(
        [folders, PrefixLoader({"govuk_frontend_jinja": Lenient(PackageLoader("govuk_frontend_jinja"))})]
    )
    made = Environment(  # noqa: S701 - Django passes autoescape=True
        loader=loader,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=_bytecode_cache(),
        **options,
    )
    made.globals.update(
        url=url,
        url_if_any=url_if_any,
        static=static,
        status_of=status_of,
        boxes_in_error=boxes_in_error,
        value_in_words=value_in_words,
    )
    made.filters.update(
        day=dates_in_words.day,
        long_day=dates_in_words.long_day,
        short_day=dates_in_words.short_day,
        moment=dates_in_words.moment,
        time=dates_in_words.clock_time,
        slug=slugify,
    )
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route: `url("family", family.pk)`."""
    return _address(settings.ROOT_URLCONF, name, args, tuple(kwargs.items()))


def url_if_any(name: str, *args: Any) -> str:
    """The address of a route of an area above, which this installation may not have; nothing then."""
    try:
        return url(name, *args)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=20_000)
def _address(routes: str, name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> str:
    """A page has fifty addresses, most of them those of the page before: Django works each out anew."""
    return reverse(name, routes, args=args or None, kwargs=dict(named) or None)


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Compiled templates are kept between starts where the settings name a private folder for them."""
    folder = getattr(settings, "TEMPLATE_BYTECODE_FOLDER", None)
    return FileSystemBytecodeCache(str(folder)) if folder else None


__all__ = ["Missing", "UndefinedError", "environment", "url"]
