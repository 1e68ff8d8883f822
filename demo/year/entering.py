"""Entering the year: each case in the month in which it was closed, the open ones now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from random import Random

from django.utils import timezone

from accounts.models import Unit
from demo.dates import Dates
from demo.pack import Pack
from demo.past import at
from demo.year.courses import Courses
from demo.year.drawing import Drawing
from demo.year.volume import Coming, Volume
from workflows.historic import HistoricCase, enter
from workflows.opening import calendar, opening_of


def enter_year(pack: Pack, dates: Dates, seed: int) -> int:
    """Draw the cases of the year and enter them; returns how many."""
    entered = 0
    for moment, rows in drawn(pack, dates, seed, timezone.now()):
        with at(moment):
            entered += enter(rows)
    return entered


def drawn(
    pack: Pack, dates: Dates, seed: int, now: datetime
) -> Iterator[tuple[datetime, list[HistoricCase]]]:
    """The cases as they are entered, and when; the same ones from the same seed."""
    source = Random(seed)
    opening = opening_of(Unit.objects.get(parent=None))
    courses = Courses(pack.year, dates, calendar(opening.version, opening.zone), now)
    drawing = Drawing(pack.year, dates, pack.tales.domain, courses, source)
    coming = Volume(pack.year, pack.country, dates).draw(source)
    return _by_month(chain(map(drawing.case, coming), _alike(pack, drawing)), now)


def _alike(pack: Pack, drawing: Drawing) -> Iterator[HistoricCase]:
    """One a day, in nearly the same words."""
    said = pack.improvement.alike
    (matter,) = (each for each in pack.year.matters if each.category == said.category)
    for number, text in enumerate(said.texts):
        day = drawing.dates.alike + timedelta(days=number)
        yield replace(drawing.case(Coming(day, matter)), text=text)


def _by_month(
    rows: Iterable[HistoricCase], now: datetime
) -> Iterator[tuple[datetime, list[HistoricCase]]]:
    """The rows of each month, and the moment at which they are entered."""
    months: defaultdict[tuple[int, int], list[HistoricCase]] = defaultdict(list)
    for row in rows:
        ended = row.closed_at or now
        months[ended.year, ended.month].append(row)
    for _month, found in sorted(months.items()):
        ends = [row.closed_at for row in found if row.closed_at]
        is_over = len(ends) == len(found)
        yield (max(ends) + timedelta(minutes=30) if is_over else now), found
