"""The days on which the city's story turns, all of them counted from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from figures.series import monday_of
from improvement.models import Every
from improvement.reports.schedules import begins

A_WEEK = timedelta(weeks=1)
#: Days of a baseline: the longest period of the wall.
BASELINE = 90


@dataclass(frozen=True)
class Dates:
    """Everything hangs on today, and on the quarter that ended last, whose report is written."""

    today: date

    @property
    def quarter_ended(self) -> date:
        return begins(Every.QUARTER, self.today) - timedelta(days=1)

    @property
    def quarter_began(self) -> date:
        return begins(Every.QUARTER, self.quarter_ended)

    @property
    def month_ended(self) -> date:
        return self.today.replace(day=1) - timedelta(days=1)

    @property
    def due(self) -> date:
        """Of the plan that is complete: a Sunday, early enough to be judged in the quarter."""
        return monday_of(self.quarter_ended - 2 * A_WEEK) - timedelta(days=1)

    @property
    def start(self) -> date:
        """Of that plan: a Monday."""
        return self.due + timedelta(days=1) - 24 * A_WEEK

    @property
    def noticed(self) -> date:
        """When its theme stood out, and the plan was begun."""
        return self.start - timedelta(days=18)

    @property
    def baseline_began(self) -> date:
        """The last days up to that one, as many as the wall shows."""
        return self.noticed - timedelta(days=BASELINE - 1)

    @property
    def first(self) -> date:
        """Of all that the city remembers: history before the weeks that stood out."""
        return self.baseline_began - 40 * A_WEEK

    @property
    def storm(self) -> date:
        return self.today - 14 * A_WEEK

    @property
    def watched(self) -> date:
        return self.today - 6 * A_WEEK

    @property
    def alike(self) -> date:
        """When complaints in nearly the same words began to come, one a day."""
        return self.today - timedelta(days=25)

    @property
    def alike_noticed(self) -> date:
        return self.alike + timedelta(days=4)

    @property
    def new_channel(self) -> date:
        """When people could write by a channel that was not there before."""
        return monday_of(self.today) - 24 * A_WEEK

    @property
    def channelled(self) -> date:
        """The start of the plan that the new channel came into."""
        return self.new_channel - 3 * A_WEEK

    @property
    def stopped(self) -> date:
        """The start of a plan that was stopped."""
        return monday_of(self.today) - 22 * A_WEEK

    @property
    def running(self) -> date:
        """The start of a plan that is under way."""
        return monday_of(self.today) - 9 * A_WEEK

    @property
    def coming(self) -> date:
        """The start of plans that nobody approved yet."""
        return monday_of(self.today) + 3 * A_WEEK
