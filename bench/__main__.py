"""`make bench`: the engine, an extract of 50,000 rows brought in, then every page at 10,000 and at 100,000 episodes.

Exit code 1 when a budget is passed. Options: --episodes N (100,000), --small N (10,000), --rounds N (60), --families N
to walk (400), --import-rows N (50,000; 0 for none), --skip-engine, --only-import, --keep (leave the database for a
closer look).
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.pages import Findings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.settings")
os.environ.setdefault("BATON_PLACE", "dorset")
os.environ["BATON_DATABASE"] = "baton_bench"

GROWTH = 1.2  # nothing may take more than a fifth longer at ten times the episodes
ENGINE_EPISODES = 100_000
TOO_SHORT_TO_TELL = 3.0  # milliseconds: below this a difference is the machine's


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--families", type=int, default=400)
    parser.add_argument("--skip-engine", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--import-rows", type=int, default=50_000)
    parser.add_argument("--only-import", action="store_true")
    options = parser.parse_args()
    within = True
    if options.import_rows:
        from bench import importing

        within = importing.measure(options.import_rows)
    if options.only_import:
        return 0 if within else 1
    if not options.skip_engine:
        from bench import engine

        for place in engine.PLACES:
            within = engine.measure(place, ENGINE_EPISODES) and within
    from bench.database import DATABASE, SMALL, bench_database

    with bench_database(families=options.families, keep=options.keep) as bench:
        from bench import pages

        bench.grow_to(options.small)
        few = pages.scenes(options.rounds)
        bench.keep_as(SMALL)
        bench.grow_to(options.episodes)
        found = pages.measure({SMALL: few, DATABASE: pages.scenes(options.rounds)})
        for size, each in zip((options.small, options.episodes), found, strict=True):
            print(f"\nAt {size} episodes")
            within = each.report() and within
        return 0 if _grows_little(*found) and within else 1


def _grows_little(small: "Findings", large: "Findings") -> bool:
    """Say which page takes more than a fifth longer on the larger database."""
    fine = True
    for name, before in small.pages.items():
        after = large.pages[name]
        if after.median > max(before.median * GROWTH, before.median + TOO_SHORT_TO_TELL):
            print(f"  {name} grows from {before.median:.1f} to {after.median:.1f} ms")
            fine = False
    return fine


if __name__ == "__main__":
    raise SystemExit(main())
