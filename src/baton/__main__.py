"""`python -m baton`: the command line."""

import sys

from baton.command.line import run


def main() -> int:
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
