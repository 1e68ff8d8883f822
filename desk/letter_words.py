"""What a letter says that the complainant can do, and until when; at most 15 words a sentence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Case, Event
from casework.stages import Stage
from workflows.actions import would_time_out
from workflows.endings import ending
from workflows.windows import in_window, outside_body, reopens_until

_ANSWER = (
    gettext_lazy("Please answer by %(date)s."),
    gettext_lazy("If we hear nothing, we close the complaint."),
)
_SETTLED = (
    gettext_lazy("Please tell us by %(date)s whether this settles the matter."),
    gettext_lazy("If we hear nothing, we close the complaint."),
)
_WAITS: dict[str, tuple[Any, ...]] = {
    Stage.WAIT_TRIAGE: _ANSWER,
    Stage.WAIT_WORK: _ANSWER,
    Stage.CONFIRM: _SETTLED,
}
_WINDOWS: dict[str, Any] = {
    Stage.CLOSED: gettext_lazy("You can have it opened again until %(date)s."),
    Stage.AUTO_CLOSED: gettext_lazy("You can have it opened again until %(date)s."),
    Stage.REJECTED: gettext_lazy(
        "You can contest this until %(date)s; somebody else then decides."
    ),
    Stage.REFERRED: gettext_lazy(
        "You can contest this until %(date)s; somebody else then decides."
    ),
    Stage.MERGED: gettext_lazy("If yours is another matter, tell us by %(date)s."),
    Stage.WITHDRAWN: gettext_lazy("You can take that back until %(date)s."),
}


def where_it_stands(case: Case, target: Case | None, events: list[Event]) -> dict[str, str]:
    """The status, and how it ended unless one of the printed `events` tells that.

    `target`: the case that this one goes on in, or itself; None where the clerk does not see it.
    """
    if target is None:
        joined = _("It was joined with another complaint about the same matter.")
        return {"status": "", "ending": joined}
    told = any(event.stage == target.stage for event in events)
    return {"status": str(target.status.label), "ending": "" if told else ending(case, target)}


def way_on(case: Case) -> list[str]:
    """What the complainant can do now, a sentence each, in the language in force."""
    said = _timed(_WAITS.get(case.stage, ()), _answer_by(case))
    if case.stage == Stage.LAPSED:
        said.append(_("You can still answer: then we go on."))
    if case.stage in _WINDOWS and in_window(case):
        said += _timed((_WINDOWS[case.stage],), reopens_until(case))
    if case.level > 1 or (case.stage in _WINDOWS and not in_window(case)):
        said.append(_("Still not right? You may turn to:") + f" {outside_body()}")
    return said


def _answer_by(case: Case) -> datetime | None:
    """Until when an answer is waited for.

    Where no time runs, as nobody told them yet: counted from today. It runs from the day on which
    the telling is recorded, so this day is kept.
    """
    return case.timeout_at or would_time_out(case, timezone.now())


def _timed(sentences: tuple[Any, ...], until: datetime | None) -> list[str]:
    if until is None:
        return []
    # Midnight belongs to the day before.
    day = date_format(timezone.localtime(until) - timedelta(minutes=1), "j F Y")
    return [sentence % {"date": day} for sentence in sentences]
