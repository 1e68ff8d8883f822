"""What the citizen's page says: the road, and one sentence on what happens next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from casework.models import Case
from casework.stages import ROAD, Stage, Status
from workflows.windows import reopens_until

#: Who to turn to after level 2 (UU 37/2008).
OMBUDSMAN = "Ombudsman Republik Indonesia, ombudsman.go.id, 137"

_ICONS = {Status.ANSWER_SENT: "reply", Status.NEEDS_SOMETHING: "ask", Status.CLOSED: "check"}


def road(case: Case) -> list[dict[str, Any]]:
    """The steps of the stepper; a status off the road replaces the current step's label."""
    place = case.place_on_road
    return [
        {
            "label": case.status.label if index == place else status.label,
            "state": "past" if index < place else "now" if index == place else "next",
            "icon": _ICONS.get(case.status, "clock"),
        }
        for index, status in enumerate(ROAD)
    ]


def sentence(case: Case) -> str:
    """What happens next and who acts."""
    return {
        Status.RECEIVED: _("We read your complaint next."),
        Status.BEING_CHECKED: _("We find the right unit for your complaint."),
        Status.BEING_WORKED_ON: _("An officer is working on your complaint."),
        Status.NEEDS_SOMETHING: _("We cannot go on without your answer."),
        Status.ANSWER_SENT: _("It is your turn: does our answer settle it?"),
        Status.UNDER_REVIEW: _("Somebody looks at your complaint anew."),
        Status.CLOSED: ending(case),
    }.get(case.status, "")


def ending(case: Case) -> str:
    """How a complaint ended."""
    return {
        Stage.CLOSED: _("Your complaint is closed."),
        Stage.AUTO_CLOSED: _("Closed, because we heard nothing more from you."),
        Stage.REJECTED: _("We could not take this complaint. You may contest that."),
        Stage.REFERRED: _("Another body is competent. You may contest that."),
        Stage.MERGED: _("It goes on together with another complaint about the same matter."),
        Stage.LAPSED: _("Closed, because we had no answer. You may still answer."),
        Stage.WITHDRAWN: _("Closed at your request."),
    }.get(Stage(case.stage), "")


def deadline(case: Case) -> tuple[str, datetime] | None:
    """The next date that concerns the citizen, with what it means."""
    if case.stage == Stage.CONFIRM and case.timeout_at:
        return _("Without word from you it closes on"), case.timeout_at
    if case.stage in (Stage.WAIT_TRIAGE, Stage.WAIT_WORK) and case.timeout_at:
        return _("Please answer by"), case.timeout_at
    until = reopens_until(case) if case.is_final else None
    return (_("You can have it opened again until"), until) if until else None


def ombudsman(case: Case) -> str:
    """The outside body to name: after level 2 there is no further loop here."""
    return OMBUDSMAN if case.level > 1 else ""
