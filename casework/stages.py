"""The stages a case rests in, and the plain statuses that citizens read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Each is a node of the complaint flow, by the same name."""

    TRIAGE = "triage", _("Triage")
    ASSIGN = "assign", _("Assignment")
    WORK = "work", _("In work")
    REVIEW = "review", _("Approval")
    WAIT_TRIAGE = "wait_triage", _("Awaiting reply (triage)")
    WAIT_WORK = "wait_work", _("Awaiting reply")
    ON_HOLD = "on_hold", _("On hold")
    CONFIRM = "confirm", _("Confirmation")
    CLOSED = "closed", _("Closed")
    AUTO_CLOSED = "auto_closed", _("Closed, time ran out")
    REJECTED = "rejected", _("Rejected")
    REFERRED = "referred", _("Referred")
    MERGED = "merged", _("Merged")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


FINAL = frozenset(
    {
        Stage.CLOSED,
        Stage.AUTO_CLOSED,
        Stage.REJECTED,
        Stage.REFERRED,
        Stage.MERGED,
        Stage.LAPSED,
        Stage.WITHDRAWN,
    }
)
LIVE = frozenset(Stage) - FINAL
WAITING = frozenset({Stage.WAIT_TRIAGE, Stage.WAIT_WORK})
CHECKING = frozenset({Stage.TRIAGE, Stage.WAIT_TRIAGE})
#: Of these the citizen is told what the case remembers, see `public_status`.
CHECKED = frozenset({Stage.TRIAGE, Stage.ASSIGN})


#: After these, what was promised with the answer is still kept.
KEPT_AFTER = frozenset({Stage.CLOSED, Stage.AUTO_CLOSED})


class Status(models.TextChoices):
    """The eight public statuses."""

    RECEIVED = "received", _("Received")
    BEING_CHECKED = "being_checked", _("Being checked")
    BEING_WORKED_ON = "being_worked_on", _("Being worked on")
    NEEDS_SOMETHING = "we_need_something_from_you", _("We need something from you")
    ANSWER_SENT = "answer_sent", _("Answer sent")
    BEING_PUT_RIGHT = "being_put_right", _("Being put right")
    CLOSED = "closed", _("Closed")
    UNDER_REVIEW = "under_review", _("Under review")


#: The citizen's road; the other three statuses replace the label of the current step.
ROAD = (
    Status.RECEIVED,
    Status.BEING_CHECKED,
    Status.BEING_WORKED_ON,
    Status.ANSWER_SENT,
    Status.CLOSED,
)

_STATUS = {
    Stage.WORK: Status.BEING_WORKED_ON,
    Stage.REVIEW: Status.BEING_WORKED_ON,
    Stage.ON_HOLD: Status.BEING_WORKED_ON,
    Stage.WAIT_TRIAGE: Status.NEEDS_SOMETHING,
    Stage.WAIT_WORK: Status.NEEDS_SOMETHING,
    Stage.CONFIRM: Status.ANSWER_SENT,
}


def public_status(stage: str, checked_as: str, *, owes: bool = False) -> Status:
    """What a citizen is told of a stage.

    `checked_as`: what they are told while the case is in triage or waits for an officer; that
    hangs on what happened before: Received, Being checked or Under review. `owes`: something that
    was promised with the answer is still to be done.
    """
    if stage in FINAL:
        return Status.BEING_PUT_RIGHT if owes and stage in KEPT_AFTER else Status.CLOSED
    return Status(checked_as) if stage in CHECKED else _STATUS[Stage(stage)]


_PLACE = {
    Stage.TRIAGE: 1,
    Stage.WAIT_TRIAGE: 1,
    Stage.ASSIGN: 1,
    Stage.CONFIRM: 3,
}


def road_place(stage: str, checked_as: str) -> int:
    """The index in `ROAD` of the step that the case stands on."""
    status = public_status(stage, checked_as)
    if status in ROAD:
        return ROAD.index(status)
    return 2 if status == Status.UNDER_REVIEW else _PLACE.get(Stage(stage), 2)
