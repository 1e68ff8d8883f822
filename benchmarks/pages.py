"""What the pages cost as cases grow, beside a floor: .venv/bin/python benchmarks/pages.py [CASES …]

Enters cases that cannot be removed: run it on a demo installation. See README.md beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import here  # the project comes first: this sets Django up

# isort: split
from benchmarks import ideal
from benchmarks.cost import Cost, measured, what_is_measured
from benchmarks.journeys import WALL, Journeys, has_wall

CASES = [10_000, 200_000, 1_000_000]
#: At most so many times what floor-full costs: performance.md in the design.
AIMS = {"queue": 2.0, "case": 2.5, "tracking": 2.0, "filing": 4.0, "act": 5.0, "wall": 3.0}
GROWTH = 1.2  # from the fewest cases to the most

#: page → its own cost, that of floor-full, and that of floor
Costs = dict[str, tuple[Cost, Cost, Cost]]


def main() -> None:
    """Fill up to each number of cases, and measure."""
    journeys = Journeys.of(here.somebody())
    here.say(what_is_measured())
    if not has_wall():
        here.say(f"There is no wall at {WALL} yet: it is left out.")
    found: list[tuple[int, Costs]] = []
    for wanted in here.sizes(CASES):
        cases = here.fill(wanted)
        found.append((cases, beside_the_floor(journeys, cases)))
        here.say(f"\n{cases:,} cases")
        for line in lines(found[-1][1]):
            here.say(line)
    if len(found) > 1:
        tell_growth(*found[0], *found[-1])


def beside_the_floor(journeys: Journeys, cases: int) -> Costs:
    """Each page, and the two floors of it, in turn."""
    with ideal.table(cases, journeys.case.event_count):
        kinds = (journeys.named(), ideal.floor_full(journeys.person), ideal.floor())
        asked = {
            f"{kind} {name}": journey
            for kind, pages in enumerate(kinds)
            for name, journey in pages.items()
            if name in kinds[0]
        }
        costs = measured(asked)
    return {name: tuple(costs[f"{kind} {name}"] for kind in range(3)) for name in kinds[0]}  # type: ignore[misc]


def lines(costs: Costs) -> Iterator[str]:
    """A page, what it costs, what it would cost at the least, and how many times that it is."""
    yield f"  {'':<9} {'page':<24} {'floor-full':<24} {'floor':<24} x floor-full"
    for name, (page, full, floor) in costs.items():
        ratio = judged(page.total / full.total, AIMS[name])
        yield f"  {name:<9} {page!s:<24} {full!s:<24} {floor!s:<24} {ratio}"


def tell_growth(few: int, before: Costs, many: int, after: Costs) -> None:
    """How much dearer each page became; beside it the floor, which says how much is noise."""
    here.say(f"\n{few:,} → {many:,} cases")
    for name, (page, full, _floor) in after.items():
        then, full_then, _floor_then = before[name]
        grown = judged(page.total / then.total, GROWTH)
        here.say(
            f"  {name:<9} {grown}   {then.statements} → {page.statements} SQL"
            f"   floor-full x{full.total / full_then.total:.2f}"
        )


def judged(ratio: float, aim: float) -> str:
    """A ratio beside what it is to be at most."""
    return f"{ratio:5.2f} of {aim}{' OVER' if ratio > aim else ''}"


if __name__ == "__main__":
    main()
