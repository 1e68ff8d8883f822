"""Days that are over wherever somebody counts by them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from workflows.jobs import zone_of_the_agency


def last_day_over(now: datetime) -> date:
    """The last day that is over for the people of the agency, and in UTC, by whose days is counted.

    Whatever is written for good waits for it: or else it would miss what still comes that day.
    """
    local = timezone.localdate(now, zone_of_the_agency())
    return min(local, now.astimezone(UTC).date()) - timedelta(days=1)
