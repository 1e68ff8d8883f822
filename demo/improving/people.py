"""Who acts in the story, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import Unit, User
from demo.dates import Dates


@dataclass(frozen=True)
class Cast:
    """The people and units by name and code, and the clock of the story."""

    dates: Dates
    now: datetime
    people: dict[str, User]
    units: dict[str, Unit]

    @classmethod
    def of(cls, dates: Dates, now: datetime) -> Cast:
        people = {user.username: user for user in User.objects.all()}
        return cls(dates, now, people, {unit.code: unit for unit in Unit.objects.all()})

    def at(self, day: date, hour: int = 10) -> datetime:
        """An hour of a day; what would lie ahead of us happens just now."""
        moment = datetime.combine(day, time(hour), timezone.get_current_timezone())
        return min(moment, self.now - timedelta(minutes=1))
