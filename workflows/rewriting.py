"""Changes of calendars: new versions of whatever inherits from what was changed.

A version is never edited. What a unit says itself is laid over what is above it, so an edit
writes versions of all units below that have their own; open cases are then counted anew by a Pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from workflows.calendars import Calendar
from workflows.errors import Invalid
from workflows.models import CalendarVersion, Pass
from workflows.office_hours import standard

#: The advisory lock of whoever changes calendars; any other number does.
_LOCK = 7_240_421
_SAYS = frozenset({"zone", "weekly", "seasons", "days"})


def edit(
    unit: Unit | None,
    own: dict[str, Any],
    by: User | None,
    note: str,
    now: datetime | None = None,
) -> CalendarVersion:
    """Write what a unit, or the installation where it is None, says of its opening from `now` on.

    `own`: any of `zone`, `weekly`, `seasons`, `days`, as in a calendar's JSON. Its week takes the
    place of the one above; a season that of the same name; a day that of the same date, and None
    in its place drops the one above. A zone is the unit's from then on.

    The newest version where nothing changes. Raises Invalid, with sentences under `calendar`.
    """
    with transaction.atomic():
        rewriting = _begin(unit, by, note, now)
        rewriting.own[_key(unit)] = _zoned(unit, own)
        rewriting.write(_key(unit))
        found = rewriting.newest[_key(unit)]
        _move_to_zone(unit, found.content["zone"])
        return found


def moved(unit: Unit, by: User | None = None, now: datetime | None = None) -> None:
    """Write anew what a unit and those below inherit, after it came to be below another one."""
    with transaction.atomic():
        rewriting = _begin(unit, by, _("The unit is part of another one now."), now)
        if not rewriting.write(unit.pk):
            rewriting.start_pass()


def own_of(unit: Unit | None) -> dict[str, Any]:
    """What the unit, or the installation, says itself as of now; nothing where it only inherits."""
    newest = CalendarVersion.objects.filter(unit=unit).order_by("-number").first()
    return newest.own if newest else {}


def preview(unit: Unit | None, own: dict[str, Any]) -> Calendar:
    """The calendar that an edit would make, without writing anything. Raises Invalid."""
    rewriting = _Rewriting(unit, None, "", timezone.now())
    rewriting.own[_key(unit)] = _zoned(unit, own)
    return rewriting.merged(_key(unit))


def one_at_a_time() -> None:
    """Wait for whoever changes calendars: two would each write below what the other never saw."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _begin(unit: Unit | None, by: User | None, note: str, now: datetime | None) -> _Rewriting:
    one_at_a_time()
    return _Rewriting(unit, by, note, now or timezone.now())


def _key(unit: Unit | None) -> int | None:
    return unit.pk if unit else None


def _zoned(unit: Unit | None, own: dict[str, Any]) -> dict[str, Any]:
    return own if unit is None else {"zone": unit.time_zone} | own


def _move_to_zone(unit: Unit | None, zone: str) -> None:
    """A unit's zone has one place: letters and pages show hours in it, too."""
    if unit is not None and unit.time_zone != zone:
        Unit.objects.filter(pk=unit.pk).update(time_zone=zone)
        unit.time_zone = zone


@dataclass
class _Rewriting:
    """What calendars there are, and what they become. Keys are units, None is the installation."""

    unit: Unit | None
    by: User | None
    note: str
    now: datetime
    newest: dict[int | None, CalendarVersion] = field(default_factory=dict)
    own: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    contents: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        versions = CalendarVersion.objects.order_by("unit_id", "-number").distinct("unit_id")
        self.newest = {version.unit_id: version for version in versions}
        self.own = {key: version.own for key, version in self.newest.items()}
        self.contents = {key: version.content for key, version in self.newest.items()}
        rows = Unit.objects.values_list("pk", "parent_id", "name").order_by()
        units = list(rows)
        self.parents: dict[int | None, int | None] = {pk: parent for pk, parent, _ in units}
        self.names: dict[int | None, str] = {pk: name for pk, _, name in units}

    def write(self, top: int | None) -> bool:
        """New versions of `top` and of what is below it, where they change; whether any did."""
        written = [key for key in self._affected(top) if self._changes(key)]
        rows = [self._version(key) for key in written]
        CalendarVersion.objects.bulk_create(rows)
        self.newest |= dict(zip(written, rows, strict=True))
        if written:
            self.start_pass()
        return bool(written)

    def start_pass(self) -> None:
        Pass.objects.create(cause=Pass.Cause.CALENDAR, unit=self.unit, at=self.now, by=self.by)

    def merged(self, key: int | None) -> Calendar:
        """What a unit says, laid over what is above it. Raises Invalid."""
        name = "" if key == _key(self.unit) else self.names[key]
        try:
            found = Calendar.from_content(_laid_over(self._above(key), self.own[key]))
            refusals = found.refusals()
        except (ValueError, KeyError, TypeError, AttributeError):
            refusals = [_("This is no calendar.")]
        if refusals:
            raise Invalid({"calendar": [f"{name}: {said}" if name else said for said in refusals]})
        return found

    def _affected(self, top: int | None) -> list[int | None]:
        """The unit and those below it that have a calendar of their own, from the top down."""
        ways = {key: [key, *self._ways_up(key)] for key in self.own}
        return sorted((key for key, way in ways.items() if top in way), key=lambda k: len(ways[k]))

    def _ways_up(self, key: int | None) -> Iterator[int | None]:
        while key is not None:
            key = self.parents[key]
            yield key

    def _above(self, key: int | None) -> dict[str, Any]:
        above = (self.contents[way] for way in self._ways_up(key) if way in self.contents)
        return next(above, standard(self._zone()).calendar.content())

    def _zone(self) -> str:
        """The one that the installation's own calendar names, if it does."""
        return str(self.own.get(None, {}).get("zone", ""))

    def _changes(self, key: int | None) -> bool:
        self.contents[key] = self.merged(key).content()
        before = self.newest.get(key)
        return before is None or before.content != self.contents[key] or before.own != self.own[key]

    def _version(self, key: int | None) -> CalendarVersion:
        before = self.newest.get(key)
        return CalendarVersion(
            unit_id=key,
            number=before.number + 1 if before else 1,
            effective_at=self.now,
            content=self.contents[key],
            own=self.own[key],
            note=self.note[:200],
            by=self.by,
        )


def _laid_over(above: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The content of a calendar from that above it and what a unit says itself."""
    if unknown := own.keys() - _SAYS:
        raise ValueError(unknown)
    seasons = own.get("seasons", [])
    names = {said["name"] for said in seasons}
    inherited = [said for said in above["seasons"] if said["name"] not in names]
    own_days = {date.fromisoformat(day): said for day, said in own.get("days", {}).items()}
    days = above["days"] | {day.isoformat(): said for day, said in own_days.items()}
    return {
        "zone": own.get("zone", above["zone"]),
        "weekly": own.get("weekly", above["weekly"]),
        "seasons": sorted([*inherited, *seasons], key=lambda said: said["first"]),
        "days": {day: said for day, said in days.items() if said is not None},
    }
