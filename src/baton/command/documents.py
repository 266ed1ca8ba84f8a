"""`baton documents …`: files of families' records, scanned and proven."""

from argparse import ArgumentParser, Namespace

from baton.command.application import call
from baton.command.ready import choose_place, place_argument


def scan_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--all", action="store_true", help="also those scanned before, as after new signatures")


def scan(arguments: Namespace) -> int:
    """0 when everything is scanned and clean, 1 when not."""
    choose_place(arguments)
    return call("documents_scan", everything=arguments.all)


def verify_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def verify(arguments: Namespace) -> int:
    """0 when every document holds what was added, 1 when not."""
    choose_place(arguments)
    return call("documents_verify")
