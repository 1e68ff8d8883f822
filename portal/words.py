"""What the citizen's page says: the road, and one sentence on what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Case, Event
from casework.stages import ROAD, Stage, Status, road_place
from casework.templatetags.moments import moment
from workflows.endings import ending
from workflows.windows import WAYS_ON, in_window, outside_body, reopens_until

#: From this step of the road on a complaint can end without having taken it.
_MAY_BE_PASSED_OVER = ROAD.index(Status.BEING_WORKED_ON)
_ICONS = {Status.ANSWER_SENT: "reply", Status.NEEDS_SOMETHING: "ask", Status.CLOSED: "check"}


def road(case: Case, events: list[Event]) -> list[dict[str, Any]]:
    """The steps of the stepper; a status off the road replaces the current step's label.

    `events` are those the citizen may read, newest first; from them comes when a step was reached.
    """
    place = case.place_on_road
    reached = _reached(events)
    return [
        {
            "label": case.status.label if index == place else status.label,
            "state": _state(index, place, reached),
            "icon": _ICONS.get(case.status, "clock"),
            "note": moment(reached.get(index)),
        }
        for index, status in enumerate(ROAD)
    ]


def _state(index: int, place: int, reached: dict[int, datetime]) -> str:
    """Whether a step is done; whoever withdraws or is turned away had no work and no answer."""
    if index == place:
        return "now"
    passed_over = bool(reached) and index >= _MAY_BE_PASSED_OVER and index not in reached
    return "next" if index > place or passed_over else "past"


def _reached(events: list[Event]) -> dict[int, datetime]:
    """When each step of the road was entered, the last time; one passed over has no date."""
    reached: dict[int, datetime] = {}
    checked_as = Status.RECEIVED
    for event in reversed(events):
        checked_as = _checked_as(event, checked_as)
        place = road_place(event.stage, checked_as)
        if any(later > place for later in reached):
            reached = {earlier: at for earlier, at in reached.items() if earlier < place}
        reached.setdefault(place, event.came_at)
    return reached


def _checked_as(event: Event, before: Status) -> Status:
    """What the citizen was told of checking after an event; the case keeps but the last of it."""
    if event.kind in ("dispute", "reopen", "contest"):
        return Status.UNDER_REVIEW
    if event.data.get("left") in (Stage.LAPSED, Stage.MERGED):
        return Status.BEING_CHECKED
    looked_at = event.kind == "claim" or event.stage != Stage.TRIAGE
    return Status.BEING_CHECKED if looked_at and before == Status.RECEIVED else before


def sentence(case: Case, target: Case, acts: list[str]) -> str:
    """What happens next and who acts. `acts`: what the citizen may do now.

    `target`: the case that this one goes on in; itself, unless it was merged.
    """
    if case.stage == Stage.ON_HOLD:
        return _("We are waiting for somebody else; below you read for whom.")
    said = {
        Status.RECEIVED: _("We read your complaint next."),
        Status.BEING_CHECKED: _("We find the right unit for your complaint."),
        Status.BEING_WORKED_ON: _("An officer is working on your complaint."),
        Status.NEEDS_SOMETHING: _("We cannot go on without your answer."),
        Status.ANSWER_SENT: _("It is your turn: does our answer settle it?"),
        Status.UNDER_REVIEW: _("Somebody looks at your complaint anew."),
        Status.CLOSED: ending(case, target),
        Status.BEING_PUT_RIGHT: _("We answered; what we promised with it is still to be done."),
    }.get(case.status, "")
    return f"{said} {_('You may contest that.')}" if "contest" in acts else said


@dataclass(frozen=True)
class Deadline:
    """A date that concerns the citizen, with what it means."""

    meaning: str
    at: datetime

    @property
    def is_near(self) -> bool:
        """Within two days the hour is said too."""
        return self.at < timezone.now() + timedelta(days=2)


def deadline(case: Case) -> Deadline | None:
    """The next date that concerns the citizen; None once it has passed."""
    if case.stage == Stage.CONFIRM and case.timeout_at:
        return Deadline(_("Without word from you it closes on"), case.timeout_at)
    if case.stage in (Stage.WAIT_TRIAGE, Stage.WAIT_WORK) and case.timeout_at:
        return Deadline(_("Please answer by"), case.timeout_at)
    if case.stage == Stage.ON_HOLD and case.timeout_at:
        return Deadline(_("We go on at the latest on"), case.timeout_at)
    until = reopens_until(case) if in_window(case) else None
    return Deadline(_window(case), until) if until else None


def _window(case: Case) -> str:
    """What the citizen can do until the window closes."""
    return {
        Stage.REJECTED: _("You can contest that until"),
        Stage.REFERRED: _("You can contest that until"),
        Stage.MERGED: _("You can have it handled on its own until"),
        Stage.WITHDRAWN: _("You can take that back until"),
    }.get(Stage(case.stage), _("You can have it opened again until"))


def ombudsman(case: Case, target: Case, acts: list[str]) -> str:
    """The outside body to name where there is no further way here.

    `target` as in `sentence`: a merged complaint has not ended while that one goes on.
    """
    has_ended = case.is_final and target.is_final and not set(WAYS_ON) & set(acts)
    return outside_body() if case.level > 1 or has_ended else ""
