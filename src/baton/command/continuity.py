"""`baton continuity …`: for the day the network is gone."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from baton.command.application import call
from baton.command.backups import for_argument, readers_of
from baton.command.ready import choose_place, place_argument


def pack_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("folder", type=Path, help="where one encrypted file a team is written")
    parser.add_argument("--by", required=True, help="the account of the manager who answers for it; sees what they see")
    parser.add_argument("--why", required=True, help="kept with each family's record: 'monthly pack', 'storm warning'")
    for_argument(parser)


def pack(arguments: Namespace) -> int:
    choose_place(arguments)
    told = {"by": arguments.by, "why": arguments.why, "readers": readers_of(arguments)}
    return call("continuity_pack", folder=arguments.folder, **told)
