"""What the pages would cost at the least: .venv/bin/python benchmarks/floor.py [CASES …]

An ideal table and bare views, with and without middlewares. See README.md beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import here  # the project comes first: this sets Django up

# isort: split
from benchmarks import ideal
from benchmarks.cost import measured, what_is_measured

CASES = [10_000, 200_000, 1_000_000]
ENTRIES = 8


def main() -> None:
    """Make the ideal tables for each number of cases, and measure both floors on them."""
    person = here.somebody()
    here.say(what_is_measured())
    for cases in here.sizes(CASES):
        with ideal.table(cases, ENTRIES):
            bare, full = ideal.floor(), ideal.floor_full(person)
            both = {f"{name} floor": journey for name, journey in bare.items()}
            both |= {f"{name} floor-full": journey for name, journey in full.items()}
            costs = measured(both)
        here.say(f"{cases:,} cases in the ideal table")
        for name in bare:
            floor, full_floor = (costs[f"{name} {kind}"] for kind in ("floor", "floor-full"))
            here.say(f"  {name:<9} floor {floor}   floor-full {full_floor}")


if __name__ == "__main__":
    main()
