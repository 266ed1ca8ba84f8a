"""Says what is being done, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(sentence: str) -> None:
    print(f"» {sentence}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    start = time.monotonic()
    say(name)
    yield
    say(f"{name}: ready in {time.monotonic() - start:.1f} s")
