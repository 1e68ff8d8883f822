"""Filling an empty installation with a city: its agency, its year, its tales and its plans."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from demo import agency, standards
from demo.dates import Dates
from demo.improving import story
from demo.pack import Pack
from demo.past import at, live, rounds
from demo.telling import Telling
from demo.year.entering import enter_year
from improvement.days import last_day_over
from workflows.filing import Filed


def fill(pack: Pack, seed: int) -> Filed:
    """Let the city's past happen; returns the filing whose receipt is shown.

    The same seed on the same day draws the same complaints and outcomes.
    """
    zone = ZoneInfo(pack.agency.zone)
    with timezone.override(zone), translation.override(pack.agency.language):
        now = timezone.now()
        agency.build(pack.agency)
        # The day after one that is over everywhere: a report of a day that is not is refused.
        dates = Dates(last_day_over(now) + timedelta(days=1))
        with at(datetime.combine(dates.first - timedelta(days=1), time(8), zone)):
            standards.settle(pack, last_year=now.year + 1)
        enter_year(pack, dates, seed)
        telling = Telling(pack.tales)
        told = list(telling.happenings(now))
        taught = story.happenings(pack.improvement, dates, now)
        begun = min(each.at for each in told) - timedelta(days=1)
        live([*told, *taught, *rounds(begun, now)])
        return telling.filed[0]
