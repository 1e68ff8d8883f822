"""Which calendar a unit has. Each version is whole and stands for ever, so it is kept in memory.

A unit's calendar is the newest version of the unit or of the nearest one above it that has one,
else that of the installation, else the standard one. What a unit inherits is read in its own zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from accounts.models import Unit
from workflows.calendars import Calendar
from workflows.models import CalendarVersion
from workflows.office_hours import USUAL, packs, standard
from workflows.rewriting import edit

__all__ = [
    "STANDARD",
    "Opening",
    "calendar",
    "edit",
    "history_of",
    "load",
    "opening_of",
    "openings_of",
]

#: Perpres 21/2023; zones of other countries have their own (`workflows.office_hours.standard`).
STANDARD = packs()[USUAL].calendar


@dataclass(frozen=True)
class Opening:
    """The key of a calendar: the version that it is of, None for the standard one, and the zone."""

    version: int | None
    zone: str
    effective_at: datetime | None


def opening_of(unit: Unit) -> Opening:
    """The key of a unit's calendar: one query."""
    return _nearest(unit.path, unit.time_zone, _newest(_ids(unit.path)))


def history_of(unit: Unit) -> list[Opening]:
    """The keys of a unit's calendars over time, the standard one first: one query.

    From its first version on, a unit that has its own follows no other. What it inherits where it
    is now, it inherits since it is there.
    """
    path = _ids(unit.path)
    rows = CalendarVersion.objects.filter(Q(unit=None) | Q(unit__in=path))
    rows = rows.annotate(zone=KeyTextTransform("zone", "content")).order_by("effective_at", "pk")
    found, nearest = [Opening(None, unit.time_zone, unit.placed_at)], -1
    for owner, pk, zone, at in rows.values_list("unit_id", "pk", "zone", "effective_at"):
        depth = path.index(owner) if owner else -1
        if depth >= nearest:
            nearest = depth
            own = owner == unit.pk
            since = at if own or unit.placed_at is None else max(at, unit.placed_at)
            found.append(Opening(pk, zone if own else unit.time_zone, since))
    return found


def openings_of(unit_ids: Iterable[int]) -> dict[int, Opening]:
    """The same for many units: two queries."""
    rows = Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "path", "time_zone")
    units = list(rows)
    found = _newest({pk for _unit, path, _zone in units for pk in _ids(path)})
    return {pk: _nearest(path, zone, found) for pk, path, zone in units}


def calendar(version: int | None, zone: str) -> Calendar:
    """The calendar of that key: from memory, or one query.

    Raises CalendarVersion.DoesNotExist.
    """
    kept = _kept.get((version, zone))
    if kept is None:
        load([(version, zone)])
        kept = _kept.get((version, zone))
    if kept is None:
        raise CalendarVersion.DoesNotExist(version)
    return kept


def load(keys: Iterable[tuple[int | None, str]]) -> None:
    """Bring the calendars of these keys into memory in one query, or none where they are there."""
    lacking = [key for key in set(keys) if key not in _kept]
    versions = {version for version, _zone in lacking if version is not None}
    contents = {}
    if versions:
        rows = CalendarVersion.objects.filter(pk__in=versions).values_list("pk", "content")
        contents = {pk: Calendar.from_content(content) for pk, content in rows}
    for version, zone in lacking:
        plain = standard(zone).calendar if version is None else contents.get(version)
        if plain is not None:
            _keep((version, zone), replace(plain, zone=zone))


#: Most calendars that a process keeps; each takes some hundred kilobytes once it is counted on.
MOST = 500
_kept: dict[tuple[int | None, str], Calendar] = {}
_keeping = Lock()


def _keep(key: tuple[int | None, str], found: Calendar) -> None:
    """The oldest goes when there are too many."""
    with _keeping:
        if len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[key] = found


def _ids(path: str) -> list[int]:
    """The units on the way from the topmost one to the one of that path."""
    return [int(pk) for pk in path.split(".") if pk]


#: By unit, None for the installation: version, its zone, its moment.
_Found = dict[int | None, tuple[int, str, datetime]]


def _newest(units: Iterable[int]) -> _Found:
    """The newest version of each of these units, and of the installation: one query."""
    rows: QuerySet = CalendarVersion.objects.filter(Q(unit=None) | Q(unit__in=set(units)))
    rows = rows.order_by("unit_id", "-number").distinct("unit_id")
    rows = rows.annotate(zone=KeyTextTransform("zone", "content"))
    found = rows.values_list("unit_id", "pk", "zone", "effective_at")
    return {unit: (version, zone, at) for unit, version, zone, at in found}


def _nearest(path: str, time_zone: str, found: _Found) -> Opening:
    unit, *above = reversed(_ids(path))
    if unit in found:
        return Opening(*found[unit])
    for pk in (*above, None):
        if pk in found:
            version, _zone, at = found[pk]
            return Opening(version, time_zone, at)
    return Opening(None, time_zone, None)
