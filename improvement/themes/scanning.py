"""The nightly scan: which services have more complaints than is usual for them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from django.db import transaction

from improvement import notices
from improvement.models import Found, Judged, Theme
from improvement.statistics import signals
from improvement.statistics.signals import Signal
from improvement.statistics.verdict import Point
from improvement.themes.counting import LEAST, NOW, Counted, Service, count, count_one
from improvement.themes.deciding import QUIET, is_quiet
from workflows.jobs import Turn

#: Of the services that are said to have more than usual, at most this share may have none.
RATE = 0.1


def scan(now: datetime) -> list[Theme]:
    """Look at every service once, and keep what stands out; returns the themes, new or renewed."""
    counted = count(now)
    found = signals.scan(_services(counted), rate=RATE)
    alarms = [signal for signal in found if signal.is_alarm]
    return [theme for signal in alarms if (theme := _keep(signal, counted, len(found), now))]


def scan_nightly(turn: Turn) -> None:
    scan(turn.now)


def history_of(theme: Theme) -> list[tuple[date, int]]:
    """The numbers of its service, week by week (its Monday), up to its last days: its evidence."""
    service = Service(theme.unit_id, theme.category_id, theme.cause_id)
    return count_one(service, theme.last + timedelta(days=1)).weeks_of(service)


def _services(counted: Counted) -> list[tuple[Service, list[Point], list[Point]]]:
    """Those with a history that is long enough to say what is usual."""
    found = []
    for service in counted.by_service:
        weeks = [Point(events=n, exposure=1.0) for _monday, n in counted.weeks_of(service)]
        if len(weeks) >= LEAST + NOW:
            found.append((service, weeks[:-NOW], weeks[-NOW:]))
    return found


#: What a scan says of a theme that stands; what somebody decided meanwhile stands, too.
_COUNTED = ("first", "last", "events", "expected", "q", "limit", "rate", "services", "renewed_at")


@transaction.atomic
def _keep(signal: Signal, counted: Counted, services: int, now: datetime) -> Theme | None:
    """The theme of a signal: the one that stands already, or a new one; None where it is quiet."""
    service = signal.key
    assert isinstance(service, Service)  # noqa: S101 - tells mypy what the scan was given
    first, last = counted.window
    newest = _newest(service)
    if newest and is_quiet(newest, now):
        return None
    stands = newest and _stands(newest, first)
    theme = newest if newest and stands else Theme(found=Found.SIGNAL, noticed_at=now)
    theme.unit_id, theme.category_id, theme.cause_id = service.unit, service.category, service.cause
    theme.first, theme.last, theme.events = first, last, signal.events
    theme.expected, theme.q = signal.expected, signal.q
    theme.limit = signal.limit if math.isfinite(signal.limit) else None
    theme.rate, theme.services, theme.renewed_at = RATE, services, now
    theme.save(update_fields=_COUNTED if theme.pk else None)
    notices.theme_found(theme)
    return theme


def _stands(theme: Theme, first: date) -> bool:
    """Whether it goes on: not once it was dismissed, or unseen for as long as that is quiet."""
    return theme.state != Judged.DISMISSED and theme.last >= first - QUIET


def _newest(service: Service) -> Theme | None:
    same = Theme.objects.filter(found=Found.SIGNAL, unit=service.unit, category=service.category)
    return same.filter(cause=service.cause).order_by("-pk").first()
