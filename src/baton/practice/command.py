"""The rules on the command line, without a database: `deadlines explain` and `frameworks check`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from baton.practice.calendar import end_of
from baton.practice.codes import check_codes
from baton.practice.deadlines import deadlines
from baton.practice.loading import FRAMEWORKS, check_frameworks, framework_in_force, places
from baton.practice.reading_json import as_json, read_episode, unknown_tools

MISTAKE = 2


def explain(framework: str, on: date, text: str) -> str:
    """Every deadline of the JSON episode as the day `on` ends in London, as a JSON list.

    Counts by the version of the place's framework in force on that day. Raises ValueError (JsonError, FrameworkError,
    OutsideCalendarError) or UnknownFrameworkError, each with a message for the person at the keyboard.
    """
    episode, events = read_episode(text)
    in_force = framework_in_force(framework, on=on)
    for tool in unknown_tools(in_force, events):
        known = ", ".join(each.id for each in in_force.tools)
        print(f'"{tool}" stops no clock: it is not a tool of {in_force.name}, which has {known}', file=sys.stderr)
    return as_json(deadlines(in_force, episode, events, at=end_of(on)))


def check(root: Path = FRAMEWORKS) -> list[str]:
    """Every mistake in the framework files and in the lists of codes, one line each; empty when there is none."""
    return [str(problem) for problem in [*check_frameworks(root), *check_codes()]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the commands `deadlines explain` and `frameworks check`. Call `run` with what it parsed."""
    commands = parser.add_subparsers(dest="practice_command", required=True)
    add_deadlines_arguments(commands.add_parser("deadlines", help="deadlines of an episode"))
    add_frameworks_arguments(commands.add_parser("frameworks", help="the rules of each place"))


def add_deadlines_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command `explain`, for a caller that adds commands of its own beside it."""
    add_explain(parser.add_subparsers(dest="deadlines_command", required=True))


def add_explain(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `explain` to the commands of `deadlines`."""
    parser = commands.add_parser("explain", help="work out every deadline of an episode given as JSON, and say why")
    parser.add_argument("--framework", required=True, help=f"one of {', '.join(places())}")
    parser.add_argument("--on", required=True, type=_day, help="the day at whose end to look, such as 2026-12-01")
    parser.add_argument(
        "--json", required=True, metavar="FILE", help="the episode and its events; - for what is piped in"
    )
    parser.set_defaults(run=run_explain)


def add_frameworks_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command `check`, for a caller that adds commands of its own beside it."""
    commands = parser.add_subparsers(dest="frameworks_command", required=True)
    checker = commands.add_parser("check", help="read every framework file and name each mistake")
    checker.add_argument("--root", type=Path, default=FRAMEWORKS, help="the folder that holds the places")
    checker.set_defaults(run=run_check)


def run(args: argparse.Namespace) -> int:
    """Run what was parsed; the exit code is 2 for a mistake in what was given."""
    return int(args.run(args))


def run_explain(args: argparse.Namespace) -> int:
    """Print the deadlines, or on the error stream what was wrong."""
    try:
        text = sys.stdin.read() if args.json == "-" else Path(args.json).read_text(encoding="utf-8")
        explained = explain(args.framework, args.on, text)
    except OSError as error:
        print(f"{args.json} cannot be read: {error.strerror}", file=sys.stderr)
        return MISTAKE
    except (ValueError, LookupError) as error:
        print(error, file=sys.stderr)
        return MISTAKE
    print(explained)
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Print every mistake of the framework files, or that there is none."""
    problems = check(args.root)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"The frameworks of {', '.join(places(args.root))} are in order")
    return MISTAKE if problems else 0


def main(argv: Sequence[str] | None = None) -> int:
    """The command line of the rules alone: python -m baton.practice.command deadlines explain ..."""
    parser = argparse.ArgumentParser(prog="baton", description="Baton's rules, without a database")
    add_arguments(parser)
    return run(parser.parse_args(argv))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{written}" is not a day; write it as 2026-12-01') from error


if __name__ == "__main__":
    raise SystemExit(main())
