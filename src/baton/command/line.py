"""Finds the command that was asked for, and loads that one only: what needs no Django starts without it."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from types import ModuleType

from baton.command.commands import COMMANDS, Command

ABOUT = "Baton: Early Help casework. Settings come from the environment: see docs/operators-guide.md."


def run(words: list[str]) -> int:
    """Do what the words ask. Returns the exit status: 0 done, 1 refused or not so, 2 not understood."""
    command = find(words)
    if command is None:
        return say_what_there_is(words)
    module = import_module(command.module)
    if not command.name:
        return int(module.main(words))
    return _run_in_words(command, module, words[len(command.words.split()) :])


def _run_in_words(command: Command, module: ModuleType, rest: list[str]) -> int:
    from baton.command.refusal import Refusal, in_words  # knows the database; what needs none has gone its way by now

    parser = ArgumentParser(
        prog=f"baton {command.words}", description=command.about, formatter_class=RawDescriptionHelpFormatter
    )
    add_arguments, act = command.functions(module)
    add_arguments(parser)
    arguments = parser.parse_args(rest)
    try:
        with in_words():
            return int(act(arguments))
    except Refusal as refusal:
        print(f"baton: {refusal}", file=sys.stderr)
        return 1


def find(words: list[str]) -> Command | None:
    for length in (2, 1):
        if found := COMMANDS.get(" ".join(words[:length])):
            return found
    return None


def say_what_there_is(words: list[str]) -> int:
    """All commands, or those of one group; status 0 when help was asked for."""
    asked = [word for word in words if word not in {"-h", "--help", "help"}]
    group = asked[0] if asked and any(name.startswith(f"{asked[0]} ") for name in COMMANDS) else ""
    if asked and (not group or len(asked) > 1):
        print(f"baton: there is no command `{' '.join(asked[:2])}`.", file=sys.stderr)
        group = ""
    shown = [each for name, each in COMMANDS.items() if not group or name.startswith(f"{group} ")]
    width = max(len(each.words) for each in shown)
    print(ABOUT, "", *(f"  baton {each.words:<{width}}  {each.about}" for each in shown), sep="\n")
    print("\nbaton COMMAND --help says more about one.")
    return 2 if asked != ([group] if group else []) or not words else 0
