"""Reports that write themselves when a quarter or a year is over."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from improvement import access, notices
from improvement.days import last_day_over
from improvement.errors import Forbidden
from improvement.models import Every, Report, Schedule
from improvement.reports.keeping import make
from workflows.jobs import Turn, zone_of_the_agency

log = logging.getLogger(__name__)


def schedule(unit: Unit, every: str, by: User) -> Schedule:
    """From the period that runs now on. Raises `Forbidden`."""
    if not access.can_write(by, unit.pk):
        raise Forbidden
    next_on = ends(Every(every), timezone.localdate()) + timedelta(days=1)
    row, _made = Schedule.objects.update_or_create(
        unit=unit, every=every, defaults={"by": by, "next_on": next_on}
    )
    return row


def unschedule(row: Schedule, by: User) -> None:
    if not access.can_write(by, row.unit_id):
        raise Forbidden
    row.delete()


def write_due(turn: Turn) -> list[Report]:
    """Make each report whose period is over; a missed one is made once, for the newest period.

    East of UTC the last day is not over there in the night that follows it: then in the next one.
    One that fails is logged and tried again on the next night; the others are made.
    """
    made, today = [], last_day_over(turn.now) + timedelta(days=1)
    with timezone.override(zone_of_the_agency()):
        for row in Schedule.objects.filter(next_on__lte=today).select_related("unit"):
            try:
                made.append(_write(row, today))
            except Exception:
                log.exception(
                    "The report of schedule %s failed; the next night tries again", row.pk
                )
                turn.swept.failed += 1
    return made


@transaction.atomic
def _write(row: Schedule, today: date) -> Report:
    last = begins(Every(row.every), today) - timedelta(days=1)
    report = make(row.unit, begins(Every(row.every), last), last, by=None)
    row.next_on = ends(Every(row.every), today) + timedelta(days=1)
    row.save()
    notices.report_made(report)
    return report


def begins(every: Every, day: date) -> date:
    """The first day of the quarter or year in which a day lies."""
    month = 1 if every == Every.YEAR else 3 * ((day.month - 1) // 3) + 1
    return day.replace(month=month, day=1)


def ends(every: Every, day: date) -> date:
    """The last day of the quarter or year in which a day lies."""
    months = 12 if every == Every.YEAR else 3
    first = begins(every, day)
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
