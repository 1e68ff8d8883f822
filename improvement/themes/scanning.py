"""The nightly scan: which services have more complaints than is usual for them."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction

from improvement import notices
from improvement.models import Found, Judged, Theme
from improvement.statistics import signals
from improvement.statistics.signals import Signal
from improvement.statistics.verdict import Point
from improvement.themes.counting import NOW, Counted, Service, count
from workflows.jobs import Turn

#: Of the services that are said to have more than usual, at most this share may have none.
RATE = 0.1
#: What was dismissed is not raised again for so long.
QUIET = timedelta(weeks=12)


def scan(now: datetime) -> list[Theme]:
    """Look at every service once, and keep what stands out; returns the themes, new or renewed."""
    counted = count(now)
    found = signals.scan(_services(counted), rate=RATE)
    alarms = [signal for signal in found if signal.is_alarm]
    return [theme for signal in alarms if (theme := _keep(signal, counted, len(found), now))]


def scan_nightly(turn: Turn) -> None:
    scan(turn.now)


def history_of(theme: Theme, now: datetime) -> list[tuple[date, int]]:
    """The numbers of the theme's service, week by week (its Monday), as the scan counts them."""
    counted = count(now)
    assert theme.category_id is not None  # noqa: S101 - every signal has one
    key = Service(theme.unit_id, theme.category_id, theme.cause_id)
    numbers = counted.by_service.get(key, Counter())
    return [(monday, numbers[monday]) for monday in counted.mondays]


def _services(counted: Counted) -> list[tuple[Service, list[Point], list[Point]]]:
    found = []
    for service, numbers in counted.by_service.items():
        weeks = [Point(events=numbers[monday], exposure=1.0) for monday in counted.mondays]
        found.append((service, weeks[:-NOW], weeks[-NOW:]))
    return found


@transaction.atomic
def _keep(signal: Signal, counted: Counted, services: int, now: datetime) -> Theme | None:
    """The theme of a signal: the one that stands already, or a new one; None where it is quiet."""
    service = signal.key
    assert isinstance(service, Service)  # noqa: S101 - tells mypy what the scan was given
    same = Theme.objects.filter(
        found=Found.SIGNAL,
        unit=service.unit,
        category=service.category,
        cause=service.cause,
    )
    first, last = counted.window
    standing = same.filter(last__gte=first - QUIET).order_by("-pk").first()
    if standing and standing.state == Judged.DISMISSED:
        return None
    theme = standing or Theme(found=Found.SIGNAL, noticed_at=now)
    theme.unit_id, theme.category_id, theme.cause_id = service.unit, service.category, service.cause
    theme.first, theme.last, theme.events = first, last, signal.events
    theme.expected, theme.q = signal.expected, signal.q
    theme.limit = signal.limit if math.isfinite(signal.limit) else None
    theme.rate, theme.services, theme.renewed_at = RATE, services, now
    theme.save()
    notices.theme_found(theme)
    return theme
