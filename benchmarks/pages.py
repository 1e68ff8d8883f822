"""What the four pages cost, now and at 5,000 cases: .venv/bin/python benchmarks/pages.py

Enters cases that cannot be removed: run it on a demo installation. See README.md beside it.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from config import startup
from config.environment import Environment

startup.prepare(Environment())
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402

from accounts.models import Membership  # noqa: E402
from accounts.rights import Role  # noqa: E402
from benchmarks.journeys import Journey, Journeys, statements  # noqa: E402
from casework.models import Case  # noqa: E402

CASES = 5_000
ROUNDS = 25

#: page → SQL statements, CPU milliseconds
Figures = dict[str, tuple[int, float]]


def main() -> None:
    """Measure, fill up, measure again."""
    if not settings.DEMO:
        sys.exit("DEMO is 0: measure on a demo installation, cases cannot be removed.")
    head = Membership.objects.filter(role=Role.SUPERVISOR).order_by("unit__path").first()
    if head is None:
        sys.exit("Nobody is here yet: bin/manage migrate, then bin/manage demo.")
    # Pages name their static files by digest, which serving collects and this has to.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["viewflow"])
    journeys = Journeys.of(head.user)
    before = measured(journeys)
    say(f"{Case.objects.count()} cases", before)
    if (missing := CASES - Case.objects.count()) > 0:
        call_command("bench_data", missing)
    say(f"{Case.objects.count()} cases", measured(journeys), before)


def measured(journeys: Journeys) -> Figures:
    """Statements and CPU of each page, after one request that warms it up."""
    figures = {}
    for name, journey in journeys.named().items():
        journey()
        figures[name] = (statements(journey), milliseconds(journey))
    return figures


def milliseconds(journey: Journey) -> float:
    """The median CPU time of this process per request; the database's own is not in it."""
    spent = []
    gc.collect()
    for _ in range(ROUNDS):
        start = time.process_time()
        journey()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def say(title: str, figures: Figures, before: Figures | None = None) -> None:
    """One line a page."""
    sys.stdout.write(f"{title}\n")
    for name, (count, spent) in figures.items():
        line = f"  {name:<10} {count:>3} SQL {spent:>7.1f} ms"
        if before:
            line += f"   x{count / before[name][0]:.2f} SQL  x{spent / before[name][1]:.2f} ms"
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
