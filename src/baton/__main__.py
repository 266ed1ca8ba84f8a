"""`python -m baton`: the command line."""

import os
import signal
import sys

from baton.cluster.secrets import take_what_is_handed_over
from baton.command.line import run

READER_LEFT = 128 + signal.SIGPIPE  # what a shell calls a program that nobody reads any more


def main() -> int:
    """Do what the command line asks. When whoever reads the output leaves, as `head` does, end quietly."""
    take_what_is_handed_over()
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that nothing is written at exit
        return READER_LEFT
    return status


if __name__ == "__main__":
    sys.exit(main())
