"""`baton import …`: records of another system, tried, brought in, and taken back."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from baton.command.application import call
from baton.command.ready import choose_place, place_argument


def bring_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("mapping", help="a mapping file, or the name of one that comes with Baton")
    parser.add_argument("folder", type=Path, help="where the sheets are: CSV files or workbooks")
    parser.add_argument("--report", type=Path, required=True, help="a folder for the report; it holds personal data")
    parser.add_argument("--as", dest="email", required=True, help="the administrator in whose name this is done")
    parser.add_argument("--team", default="", help="who holds what names no team; the mapping's own when not given")
    parser.add_argument("--dry-run", action="store_true", help="say of each row what would become of it, keep nothing")


def bring(arguments: Namespace) -> int:
    choose_place(arguments)
    told = {name: getattr(arguments, name) for name in ("report", "email", "team", "dry_run")}
    return call("import_extract", arguments.mapping, str(arguments.folder), **told)


def undo_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("run", type=int, help="its number, as baton import runs lists it")
    parser.add_argument("--as", dest="email", required=True, help="the administrator in whose name this is done")


def undo(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("import_undo", str(arguments.run), email=arguments.email)


def runs_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)


def runs(arguments: Namespace) -> int:
    choose_place(arguments)
    return call("import_runs")


def check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "mapping", nargs="?", help="a mapping file, or the name of one; all that come with Baton if none"
    )


def check(arguments: Namespace) -> int:
    """0 when the mapping can be read, 1 with file, line and fix of each mistake when not. Needs no database."""
    from baton.importing.reading.mapping import MappingError, presets, read_mapping

    wrong = 0
    for name in [arguments.mapping] if arguments.mapping else presets():
        try:
            mapping = read_mapping(name)
            print(f"{name}: {mapping.title}, {len(mapping.sheets)} sheets. It is in order.")
        except MappingError as error:
            print(error, file=sys.stderr)
            wrong = 1
    return wrong
