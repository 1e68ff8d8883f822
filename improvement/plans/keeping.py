"""Writing a plan: a first version, and further ones. Each is whole and stands for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from improvement import access
from improvement.errors import Forbidden, Overtaken, Refused
from improvement.indicators import Aim, Level, better, measure
from improvement.models import Entry, Indicator, Plan, Stage, Theme, Version

#: The advisory lock under which plans get their numbers.
_NUMBERING = 0x706C616E
#: What a person says of a plan; the rest of a version is measured or kept.
SAID = (
    *("title", "problem", "change", "place", "owner", "indicator", "metric", "reason"),
    *("category", "cause", "baseline_first", "baseline_last", "selected", "target", "level"),
    *("least", "budget", "currency", "resources", "authority", "element", "relevance"),
    *("affected", "evidence", "starts_on", "due_on", "review_weeks"),
)


@transaction.atomic
def begin(unit: Unit, author: User, said: Mapping[str, Any], theme: Theme | None = None) -> Plan:
    """A new plan of a unit, with its baseline measured and frozen now.

    `said`: values by the names of `SAID`. Raises `Forbidden`, and `Refused` with sentences by
    field; then nothing was written.
    """
    if not access.can_write(author, unit.pk):
        raise Forbidden
    now = timezone.now()
    _refuse_unchosen(theme, said)
    version = _version(said, unit, author, now)
    plan = Plan.objects.create(
        code=_next_code(now.year), unit=unit, theme=theme, author=author, created_at=now
    )
    return _add(plan, version, "begun")


@transaction.atomic
def revise(plan: Plan, author: User, said: Mapping[str, Any], seen: int) -> Plan:
    """A further version. What was approved stays in force until the new one is approved, too.

    `seen`: the number of the version that the author saw. The baseline is measured anew only
    where what it measures has changed. Raises `Forbidden`, `NoLonger`, `Overtaken`, `Refused`.
    """
    locked = lock(plan)
    theirs = access.can_write(author, locked.unit_id)
    access.require(locked, theirs=theirs, still=access.can_edit(author, locked))
    before = locked.newest
    if before.number != seen:
        raise Overtaken
    if locked.approved is not None:
        _refuse_another_measure(locked.approved, said)
    else:
        _refuse_unchosen(locked.theme, said)
    version = _version(said, locked.unit, author, timezone.now(), before)
    version.number = before.number + 1
    locked.stage = Stage.DRAFT
    return _add(locked, version, "revised")


def lock(plan: Plan) -> Plan:
    """The row itself, for this transaction: the row you locked is the row you use."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("unit", "approved")
    return found.get(pk=plan.pk)


def note(plan: Plan, kind: str, by: User | None, words: str = "", **data: Any) -> Entry:
    """Write what happened, in the transaction in which it did."""
    return Entry.objects.create(
        plan=plan, kind=kind, at=timezone.now(), by=by, words=words, data=data
    )


def _add(plan: Plan, version: Version, kind: str) -> Plan:
    version.plan = plan
    version.save(force_insert=True)
    plan.save()
    note(plan, kind, version.by, version=version.number)
    return plan


def _next_code(year: int) -> str:
    """RP-2026-07: `rencana perbaikan`. One at a time, so that two at once get two numbers."""
    begun = f"RP-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])
    taken = Plan.objects.filter(code__startswith=begun).values_list("code", flat=True)
    last = max((int(code.removeprefix(begun)) for code in taken), default=0)
    return f"{begun}{last + 1:02d}"


def _version(
    said: Mapping[str, Any], unit: Unit, by: User, now: datetime, before: Version | None = None
) -> Version:
    """What was said, checked, with its baseline."""
    version = Version(number=1, by=by, at=now, **{name: said[name] for name in SAID})
    aim = Aim.of(version, unit)
    _refuse_days(version, timezone.localdate(now))
    if before is not None and _measures_the_same(version, before):
        version.baseline_number = before.baseline_number
        version.baseline_among = before.baseline_among
    else:
        found = measure(aim, version.baseline_first, version.baseline_last, now)
        version.baseline_number, version.baseline_among = found.number, found.among
    _refuse_target(version, aim)
    return version


_MEASURED = ("indicator", "metric", "reason", "category", "cause")
_FROZEN = (*_MEASURED, "baseline_first", "baseline_last")


def _measures_the_same(version: Version, before: Version) -> bool:
    return all(getattr(version, name) == getattr(before, name) for name in _FROZEN)


def _refuse_another_measure(approved: Version, said: Mapping[str, Any]) -> None:
    """The rule of the verdict and its target were declared before the start: they stand.

    So does the due date: who could move it might choose the day on which the number looks best.
    """
    declared = (*_FROZEN, "target", "selected", "level", "least", "starts_on", "due_on")
    moved = [name for name in declared if said[name] != getattr(approved, name)]
    if moved:
        words = _("This was declared with the plan that was approved, and stands.")
        raise Refused(dict.fromkeys(moved, words))


def _refuse_unchosen(theme: Theme | None, said: Mapping[str, Any]) -> None:
    """What a theme found was chosen for being many, and so were all its weeks.

    Counted as history they would make the rest an improvement that comes by itself.
    """
    if theme is None or said["indicator"] != Indicator.RECEIVED:
        return
    wrong = {}
    if not said["selected"]:
        wrong["selected"] = _("It comes from a theme, which is there because its number was bad.")
    if said["baseline_first"] > theme.first:
        day = date_format(theme.first, "j M Y")
        wrong["baseline_first"] = _("The theme begins on %(date)s, and all of it belongs here.") % {
            "date": day
        }
    if wrong:
        raise Refused(wrong)


def _refuse_days(version: Version, today: date) -> None:
    wrong = {}
    if version.baseline_last < version.baseline_first:
        wrong["baseline_last"] = _("The last day is before the first one.")
    elif version.baseline_last > today:
        wrong["baseline_last"] = _("A baseline is measured, so its days are past.")
    start, due = version.starts_on, version.due_on
    if start and due and due <= start:
        wrong["due_on"] = _("A plan is due after it starts.")
    if start and start <= version.baseline_last:
        wrong["starts_on"] = _("A plan starts after the days of its baseline.")
    if wrong:
        raise Refused(wrong)


def _refuse_target(version: Version, aim: Aim) -> None:
    if version.target is None:
        return
    if version.target < 0 or (aim.is_share and version.target > 100):
        raise Refused(
            {
                "target": _("A share is from 0 to 100 percent.")
                if aim.is_share
                else _("A number of cases is not below zero.")
            }
        )
    frozen = Level.frozen(version)
    if version.target == frozen.rounded:
        raise Refused({"target": _("The target equals the baseline: nothing would change.")})
    if not better(aim, float(version.target), frozen):
        raise Refused({"target": _("The target is worse than the baseline.")})
