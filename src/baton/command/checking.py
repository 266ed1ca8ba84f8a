"""`baton check`: whether this installation is fit for the records of real people."""

import os
from argparse import ArgumentParser, Namespace
from ipaddress import ip_address

from baton.cluster.connection import uses_embedded_cluster
from baton.command.application import call
from baton.command.ready import choose_place, place_argument


def check_arguments(parser: ArgumentParser) -> None:
    place_argument(parser)
    parser.add_argument("--deploy", action="store_true", help="also all that real people's records need")


def check(arguments: Namespace) -> int:
    """0 when nothing is wrong, 1 when something is; each finding says what to do."""
    choose_place(arguments)
    return call("check", deploy=arguments.deploy, databases=["default", "owner"], fail_level="WARNING")


def is_for_real(*, host: str, demo: bool) -> bool:
    """Whether what is being started is meant for real people, so that a weak setting has to stop it.

    It is when others can reach it, by an address that is not this machine's own or through a proxy that ends TLS, and
    when its database is a managed one; a demonstration is not.
    """
    if demo:
        return False
    return not _is_loopback(host) or os.environ.get("BATON_TLS") == "1" or not uses_embedded_cluster()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("unix:")  # what opens the file is on this machine
