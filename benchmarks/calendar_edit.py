"""A calendar is edited with 50,000 open cases: .venv/bin/python benchmarks/calendar_edit.py [N]

Enters cases that cannot be removed: run it on a demo installation of its own (DATA_DIR). Prints how
long the background pass takes, how long acts wait meanwhile, whose dates moved and who was told.
See README.md beside it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import here  # the project comes first: this sets Django up

# isort: split
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts.models import Unit, User
from accounts.rights import Role
from casework.models import Case, Event
from casework.stages import Stage
from workflows import opening, rewriting
from workflows.actions import act
from workflows.historic import HistoricCase, enter
from workflows.models import Clock, Pass

PROJECT = Path(__file__).resolve().parent.parent
OPEN_CASES = 50_000
#: Between two acts of an officer, seconds.
PAUSE = 0.2


def main(wanted: int) -> None:
    """Fill up, edit, and act on cases until the pass is through."""
    head = here.somebody()
    fill_up(wanted - Case.objects.live().count())
    here.tidy()
    closed = outcomes()
    say("open cases", Case.objects.live().count())
    say("open clocks", Clock.objects.filter(ended_at=None).count())
    events = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    close_a_day(head)
    took, waits = watch(head)
    told = Event.objects.filter(pk__gt=events, kind="due_moved")
    say("seconds until the pass was through", round(took, 1))
    say("acts meanwhile", len(waits))
    say("median wait of an act, ms", round(statistics.median(waits) * 1000))
    say("longest wait of an act, ms", round(max(waits) * 1000))
    newest = Pass.objects.order_by("-pk")[0]
    say("cases whose promised date moved", newest.moved)
    say("cases told of it", told.values("case").distinct().count())
    say("told though the date did not move", told.filter(data__from=F("data__to")).count())
    say("closed clocks that changed", sum(a != b for a, b in zip(closed, outcomes(), strict=True)))


def fill_up(missing: int) -> None:
    """Open cases over the units, received in the last twenty days."""
    units = list(Unit.objects.filter(active=True))
    officer = User.objects.filter(memberships__role=Role.OFFICER)[0]
    now = timezone.now()
    rows = (
        HistoricCase(
            text=f"Lampu jalan padam di RT {number % 40}",
            unit=units[number % len(units)],
            received_at=now - timedelta(hours=1 + number * 7 % 480),
            stage=Stage.WORK if number % 3 else Stage.ASSIGN,
            assignee=officer if number % 3 else None,
            source="synthetic",
        )
        for number in range(max(missing, 0))
    )
    while batch := list(islice(rows, 500)):
        enter(batch)


def outcomes() -> list[tuple]:
    """What ended clocks say, as one line each."""
    ended = Clock.objects.filter(ended_at__isnull=False).order_by("pk")
    return list(ended.values_list("pk", "due_at", "breached_at", "ended_at").iterator())


def close_a_day(by: User) -> None:
    """The next working day but two is closed from now on, for everybody."""
    now = timezone.now()
    calendar = opening.calendar(None, settings.TIME_ZONE)
    day = calendar.working_day_after(calendar.local_day(now), 3)
    own = rewriting.own_of(None)
    days = own.get("days", {}) | {day.isoformat(): {"name": "Libur", "hours": []}}
    rewriting.edit(None, own | {"days": days}, by, "benchmark")


def watch(person: User) -> tuple[float, list[float]]:
    """Let sweeps run beside acts until no pass is left; seconds, and of each act."""
    cases = Case.objects.live().filter(stage=Stage.WORK).order_by("-pk")
    waits, start = [], time.monotonic()
    sweeping = subprocess.Popen([sys.executable, PROJECT / "manage.py", "sweep"])
    for case in cases.iterator():
        begun = time.monotonic()
        act(case, "note", person, text=f"Catatan {begun}")
        waits.append(time.monotonic() - begun)
        if sweeping.poll() is not None:
            if not Pass.objects.filter(finished_at=None).exists():
                break
            sweeping = subprocess.Popen([sys.executable, PROJECT / "manage.py", "sweep"])
        time.sleep(PAUSE)
    return time.monotonic() - start, waits


def say(what: str, number: float) -> None:
    sys.stdout.write(f"{what:<45} {number:>12,}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else OPEN_CASES)
