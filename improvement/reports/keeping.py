"""Making a report, writing its next version, and signing it off."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from improvement import access
from improvement.days import last_day_over
from improvement.errors import Forbidden, NoLonger, Overtaken, Refused
from improvement.models import Report, ReportVersion
from improvement.reports.facts import gather

#: Days that a report may cover: three years.
LONGEST = 3 * 366


@transaction.atomic
def make(unit: Unit, first: date, last: date, by: User | None) -> Report:
    """A report of a unit and a period, with its first version; the same one where it is there.

    `by`: None where time makes it. Raises `Forbidden`, `Refused`.
    """
    if by is not None and not access.can_write(by, unit.pk):
        raise Forbidden
    _refuse_days(first, last)
    now = timezone.now()
    report, made = Report.objects.get_or_create(
        unit=unit, first=first, last=last, defaults={"created_at": now, "created_by": by}
    )
    if made:
        _add(report, 1, by)
    return report


@transaction.atomic
def write(report: Report, by: User, summary: str, next_steps: str, seen: int) -> ReportVersion:
    """A further version: the facts as they are now, with these words.

    Raises `Forbidden`; `Overtaken`; `NoLonger` of a report that is signed, which stands.
    """
    locked = _lock(report)
    if not access.can_write(by, locked.unit_id):
        raise Forbidden
    _require_unsigned(locked)
    newest = locked.versions.latest("number")
    if newest.number != seen:
        raise Overtaken
    return _add(locked, newest.number + 1, by, summary, next_steps)


@transaction.atomic
def sign(report: Report, by: User, seen: int) -> Report:
    """The leader signs the version that they read. Raises `Forbidden`, `NoLonger`, `Overtaken`."""
    locked = _lock(report)
    if not access.may_sign(by, locked):
        raise Forbidden
    _require_unsigned(locked)
    newest = locked.versions.latest("number")
    if newest.number != seen:
        raise Overtaken
    locked.signed, locked.signed_by, locked.signed_at = newest, by, timezone.now()
    locked.save()
    return locked


def _add(
    report: Report, number: int, by: User | None, summary: str = "", next_steps: str = ""
) -> ReportVersion:
    now = timezone.now()
    return ReportVersion.objects.create(
        report=report,
        number=number,
        at=now,
        by=by,
        summary=summary,
        next_steps=next_steps,
        facts=gather(report.unit, report.first, report.last, now),
    )


def _require_unsigned(report: Report) -> None:
    if report.signed_id is not None:
        raise NoLonger(_("Meanwhile this report was signed: it stands as it is."))


def _lock(report: Report) -> Report:
    found = Report.objects.select_for_update(of=("self",)).select_related("unit")
    return found.get(pk=report.pk)


def _refuse_days(first: date, last: date) -> None:
    if last < first:
        raise Refused({"last": _("The last day is before the first one.")})
    if last > last_day_over(timezone.now()):
        raise Refused({"last": _("A report is about days that are over.")})
    if (last - first).days > LONGEST:
        raise Refused({"first": _("A report covers three years at most.")})
