"""Living through the past: everything happens at its own time, through the same doors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone

from workflows.sweep import sweep


@dataclass(frozen=True)
class Happening:
    """What happens at a moment: a call without arguments that takes the moment for now."""

    at: datetime
    act: Callable[[], object]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything that asks Django for the time gets `moment`."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


def live(happenings: Iterable[Happening]) -> None:
    """Let everything happen in the order of time; of one moment, in the order given."""
    for happening in sorted(happenings, key=lambda each: each.at):
        with at(happening.at):
            happening.act()


def rounds(since: datetime, now: datetime) -> Iterator[Happening]:
    """When time looks after the cases: each morning, and now."""
    morning = timezone.localtime(since).replace(hour=9, minute=0, second=0, microsecond=0)
    while morning < now:
        if morning > since:
            yield Happening(morning, _look_after_all)
        morning += timedelta(days=1)
    yield Happening(now, _look_after_all)


def _look_after_all() -> None:
    now = timezone.now()
    swept = sweep(now)
    if swept.failed or swept.broken:
        raise RuntimeError(f"Time failed on {now}, see the log: {swept}")
