"""What an event is called, for staff and for the complainant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.models import Channel, Event
from casework.stages import Stage
from casework.templatetags.moments import A_MINUTE, day

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
    "heard": _("The complainant told us"),
    "note": _("Internal note"),
    "about": _("Whom it is about was settled"),
    "recognise": _("Kept from whom it turned out to be about"),
    "restrict": _("Restricted"),
    "lift": _("Restriction lifted"),
    "break_glass": _("Opened in an emergency"),
    "publish": _("Published"),
    "unpublish": _("Taken out of publication"),
    "proof": _("Proof that the complainant told us so"),
    "told": _("The complainant was told"),
    "verify": _("The complainant confirmed the e-mail address"),
    "secret_link": _("New secret asked for on the web"),
    "ask_secret": _("New secret asked for"),
    "approve_secret": _("New secret approved"),
    "refuse_secret": _("New secret refused"),
    "new_secret": _("New secret given"),
    "transcribe": _("The voice note was written down"),
    "rate": _("The complainant rated the handling"),
    "remind": _("Reminder sent to the complainant"),
    "classify": _("Sorted anew"),
    "extend": _("More time given"),
    "ask_extension": _("More time asked for"),
    "set_deadline": _("Due date set"),
    "lift_deadline": _("The date that was set is lifted"),
    "retarget": _("Due dates counted anew"),
    "promise": _("Promised"),
    "keep": _("Promise kept"),
    "explain_late": _("Why it is late"),
    "accept_late": _("Reason accepted"),
    "return_late": _("Reason sent back"),
    "warned": _("Soon due"),
    "late": _("Past its due date"),
    "escalated": _("Still past its due date"),
    "due_moved": _("Due date moved"),
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
    "heard": _("Your message"),
    "transcribe": _("We wrote down what you said"),
    "rate": _("You rated the handling"),
    "secret_link": _("Somebody asked for a new secret on the web"),
    "new_secret": _("Your secret was changed"),
    "publish": _("We published it in these words, without names"),
    "unpublish": _("We took it out of publication"),
    "remind": _("A reminder"),
    "extend": _("We need more time"),
    "set_deadline": _("We set a date for our answer"),
    "lift_deadline": _("The date that we set holds no longer"),
    "promise": _("What we promise for %(date)s"),
    "keep": _("What we promised for %(date)s is done"),
    "late": _("What we promised for %(date)s is not done"),
    "due_moved": _("Our answer now comes by %(date)s"),
}
#: In the data of an event, the moment that its label names.
_DATED = {"promise": "until", "keep": "due", "late": "due", "due_moved": "to"}

_TIMEOUT_STAFF = {
    Stage.WORK: _("The time on hold is over"),
    Stage.LAPSED: _("Lapsed: no answer to our question"),
    Stage.AUTO_CLOSED: _("Closed: the time for a yes or no ran out"),
}
_TIMEOUT_CITIZEN = {
    Stage.WORK: _("Work goes on"),
    Stage.LAPSED: _("Closed, because we had no answer from you"),
    Stage.AUTO_CLOSED: _("Closed, because the time for your yes or no ran out"),
}

#: What staff take up again of their own accord, whom no complainant asked.
_UNASKED_STAFF = {
    "reopen": _("Reopened of our own accord"),
    "contest": _("The decision is looked at again, of our own accord"),
}
_UNASKED_CITIZEN = {
    "reopen": _("We look at your complaint again"),
    "contest": _("We look at your complaint again"),
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
    return str(_called(event, _STAFF, _UNASKED_STAFF))


def citizen_label(event: Event) -> str:
    """What happened, for the complainant; that staff noted it for them, and how, is said."""
    if event.kind == "timeout":
        return str(_TIMEOUT_CITIZEN[Stage(event.stage)])
    label = str(_called(event, _CITIZEN, _UNASKED_CITIZEN))
    if event.kind in _DATED:
        label %= {"date": last_day(event.data[_DATED[event.kind]])}
    if "on_behalf" not in event.data:
        return label
    said = {"label": label, "by_phone": Channel(event.data["channel"]).phrase}
    return gettext("%(label)s, %(by_phone)s, noted by our staff") % said


def last_day(moment: str) -> str:
    """The day of a moment, as ISO 8601, in the reader's zone; midnight ends the day before."""
    return day(timezone.localtime(datetime.fromisoformat(moment) - A_MINUTE).date())


def _called(event: Event, names: Mapping[str, Any], unasked: Mapping[str, Any]) -> Any:
    return names[event.kind] if event.is_theirs else unasked.get(event.kind, names[event.kind])
