"""`baton import …`: records of another system, tried, brought in, and taken back."""

import shutil
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


def example_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("mapping", help="the name of a mapping that comes with Baton")
    parser.add_argument("folder", type=Path, help="where the sheets are written; it is made if it is not there")


def example(arguments: Namespace) -> int:
    """Write people who do not exist, with what goes wrong in real extracts. Needs no database, overwrites nothing."""
    from baton.importing.reading.mapping import EXAMPLES, presets

    if arguments.mapping not in presets():
        print(f"There is no {arguments.mapping}. There are: {', '.join(presets())}.", file=sys.stderr)
        return 1
    sheets = sorted((EXAMPLES / arguments.mapping).glob("*.csv"))
    there = [sheet.name for sheet in sheets if (arguments.folder / sheet.name).exists()]
    if there:
        print(f"{arguments.folder} holds {', '.join(there)} already. Name another folder.", file=sys.stderr)
        return 1
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        shutil.copyfile(sheet, arguments.folder / sheet.name)
    print(f"{len(sheets)} sheets are in {arguments.folder}. Nobody in them exists.")
    return 0
