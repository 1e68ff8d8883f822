"""Themes: found by the scan on a day, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from demo.improving.people import Cast
from demo.improving.terms import Decided
from demo.past import Happening
from improvement.models import Found, Judged, Theme
from improvement.themes.deciding import decide
from improvement.themes.likeness import look_for_likeness
from improvement.themes.scanning import scan

#: The hour of the night at which services are looked at.
NIGHT = 2
#: What came since the night before is compared with what came before it.
LATELY = timedelta(days=1)


@dataclass
class ThemeStory:
    """The nights on which something was found, and the mornings on which it was decided."""

    cast: Cast
    decided: tuple[Decided, ...]

    def happenings(self) -> Iterator[Happening]:
        nights: list[date] = [getattr(self.cast.dates, name) for name in _NIGHTS]
        for day in nights:
            yield Happening(self.cast.at(day, NIGHT), _scan)
        yield Happening(self.cast.at(self.cast.dates.alike_noticed, NIGHT), _compare)
        for each in self.decided:
            day = getattr(self.cast.dates, each.noticed)
            yield Happening(self.cast.at(day, 8), partial(self._decide, each))

    def _decide(self, said: Decided) -> None:
        found = Theme.objects.filter(found=Found.SIGNAL, state=Judged.NEW)
        for theme in found.filter(category__code=said.category):
            decide(theme, self.cast.people["quality"], said.state, said.why)


#: When something stood out, or does today.
_NIGHTS = ("noticed", "storm", "watched", "today")


def _scan() -> None:
    scan(timezone.now())


def _compare() -> None:
    now = timezone.now()
    look_for_likeness(now, now - LATELY)
