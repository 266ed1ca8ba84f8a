"""`baton audit …`: the record of every look and change, sealed day by day."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from baton.command.application import call
from baton.command.ready import choose_place, place_argument


def seal_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--seal-file", type=Path, help="also write all seals to this file, to be kept elsewhere")


def seal(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("audit_seal", seal_file=arguments.seal_file)


def verify_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--seal-file", type=Path, help="also compare with the seals that were kept in this file")


def verify(arguments: Namespace) -> int:
    """0 when every sealed entry is as it was, 1 when not."""
    choose_place(arguments)
    return call("audit_verify", seal_file=arguments.seal_file)


def watch_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--days", type=int, default=8, help="how many days back, today included (8 when not given)")


def watch(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("audit_watch", days=arguments.days)
