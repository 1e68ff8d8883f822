"""What an event is called, for staff and for the complainant."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.models import Event
from casework.stages import Stage

_STAFF = {
    "filed": _("Complaint received"),
    "imported": _("Taken over from another system"),
    "accept": _("Accepted"),
    "ask": _("Asked the complainant"),
    "reject": _("Rejected"),
    "refer": _("Referred to another body"),
    "merge": _("Merged into another case"),
    "follow": _("Goes on in the case that its target was merged into"),
    "unmerge": _("Taken out of the merger"),
    "assigned": _("Assigned"),
    "claim": _("Claimed"),
    "reassign": _("Reassigned"),
    "transfer": _("Moved to another unit"),
    "return": _("Returned"),
    "respond": _("Answer"),
    "approve": _("Answer, approved"),
    "recall": _("Recalled"),
    "hold": _("On hold"),
    "resume": _("Work resumed"),
    "answered": _("The complainant answered"),
    "confirm": _("The complainant confirmed"),
    "closed": _("Closed"),
    "dispute": _("The complainant disputed the answer"),
    "disagree": _("Closed; the complainant disagrees"),
    "withdraw": _("Withdrawn by the complainant"),
    "reopen": _("Reopened"),
    "contest": _("The complainant contests the decision"),
    "message": _("Message"),
    "note": _("Internal note"),
    "proof": _("Proof that the complainant told us so"),
    "rate": _("The complainant rated the handling"),
    "remind": _("Reminder sent to the complainant"),
}

_CITIZEN = {
    "filed": _("Your complaint was received"),
    "imported": _("Your complaint was received"),
    "accept": _("Your complaint was checked and accepted"),
    "ask": _("We have a question for you"),
    "reject": _("We cannot take this complaint"),
    "refer": _("Another body is competent"),
    "merge": _("Joined with a complaint about the same matter"),
    "follow": _("Goes on together with another complaint"),
    "unmerge": _("Handled on its own again"),
    "assigned": _("An officer is working on it"),
    "claim": _("An officer has taken it up"),
    "transfer": _("Passed on to the unit in charge"),
    "respond": _("Our answer"),
    "approve": _("Our answer"),
    "recall": _("We took back our last message and go on working"),
    "hold": _("We are waiting for somebody else"),
    "resume": _("Work goes on"),
    "answered": _("You answered"),
    "confirm": _("You confirmed that it is settled"),
    "closed": _("Closed"),
    "dispute": _("You said that it is not settled"),
    "disagree": _("You disagree with our last answer"),
    "withdraw": _("You withdrew the complaint"),
    "reopen": _("Your complaint was opened again"),
    "contest": _("You contest the decision"),
    "message": _("Message"),
    "rate": _("You rated the handling"),
    "remind": _("A reminder"),
}

_TIMEOUT_STAFF = {
    Stage.WORK: _("The time on hold is over"),
    Stage.LAPSED: _("Lapsed: no answer to our question"),
    Stage.AUTO_CLOSED: _("Closed: no word from the complainant"),
}
_TIMEOUT_CITIZEN = {
    Stage.WORK: _("Work goes on"),
    Stage.LAPSED: _("Closed, because we had no answer from you"),
    Stage.AUTO_CLOSED: _("Closed, because we heard nothing more from you"),
}


_EXITS = {
    "accept": _("Accept"),
    "assigned": _("Assign"),
    "claim": _("Claim"),
    "respond": _("Answer"),
    "approve": _("Approve"),
    "confirm": _("Confirm"),
    "disagree": _("Disagree"),
    "ask": _("Ask"),
    "answered": _("Reply"),
    "recall": _("Recall"),
    "hold": _("Put on hold"),
    "resume": _("Resume work"),
    "timeout": _("Time is up"),
}


def exit_label(name: str) -> str:
    """What an arrow of the drawn flow is called: the exit in a word or two."""
    return str(_EXITS[name])


def staff_label(event: Event) -> str:
    """What happened, for staff."""
    if event.kind == "timeout":
        return str(_TIMEOUT_STAFF[Stage(event.stage)])
    if event.kind == "respond" and event.stage == Stage.REVIEW:
        return str(_("Draft of an answer, for approval"))
    return str(_STAFF[event.kind])


def citizen_label(event: Event) -> str:
    """What happened, for the complainant."""
    if event.kind == "timeout":
        return str(_TIMEOUT_CITIZEN[Stage(event.stage)])
    return str(_CITIZEN[event.kind])
