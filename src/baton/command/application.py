"""Commands that need the application: each calls the Django command of the same purpose."""

import os
from argparse import REMAINDER, ArgumentParser, Namespace
from typing import Any

from baton.command.ready import choose_place, ensure_database, place_argument


def worker_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def worker(arguments: Namespace) -> int:
    """Background jobs kept in PostgreSQL; each survives a worker that is killed."""
    choose_place(arguments)
    return call("procrastinate", "worker", "--delete-jobs", "successful")


def invite_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("email", help="their address at work; of an account there is, they get a new link")
    parser.add_argument("--given-name", default="")
    parser.add_argument("--family-name", default="")
    parser.add_argument("--organisation", default="", help="the council, by name; made when it is not there")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where people reach Baton")


def invite(arguments: Namespace) -> int:
    choose_place(arguments)
    names = {name: getattr(arguments, name) for name in ("given_name", "family_name", "organisation", "address")}
    return call("invite_administrator", arguments.email, **names)


def load_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--families", type=int, help="how many families to invent (400 when not given)")


def load(arguments: Namespace) -> int:
    place = choose_place(arguments)
    return call("demo_load", place=place, **({"families": arguments.families} if arguments.families else {}))


def people_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def people(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("demo_people")


def rebuild_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def rebuild(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("deadlines_rebuild")


def verify_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def verify(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("deadlines_verify")


def search_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def search(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("search_rebuild")


def sweep_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--own", action="store_true", help="by Baton's own model alone, also where splink is installed")


def sweep(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("search_sweep", own=arguments.own)


def manage_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("rest", nargs=REMAINDER, help="such as: shell, check, makemigrations --check")


def manage(arguments: Namespace) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
    with ensure_database():
        execute_from_command_line(["baton manage", *arguments.rest])
    return 0


def call(name: str, *words: str, **options: Any) -> int:
    """Run a Django command against a database that answers. Its status is 1 when it raises CommandError."""
    import django
    from django.core.management import CommandError, call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
    with ensure_database():
        django.setup()
        try:
            call_command(name, *words, **options)
        except CommandError as refusal:
            print(f"baton: {refusal}")
            return 1
    return 0
