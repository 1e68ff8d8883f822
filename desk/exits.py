"""What each act is called at the desk, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Case
from workflows.conditions import needs_review
from workflows.windows import may_reopen_unasked


@dataclass(frozen=True)
class Way:
    """A button of the case page; `folded`: only found where somebody looks for it."""

    name: str
    label: Any
    consequence: Any
    icon: str
    asks: bool = True
    key: str = ""
    folded: bool = False


#: Of promises and due dates: many, and each of them seldom.
_ABOUT_DATES = tuple(
    Way(name, label, consequence, icon, folded=True)
    for name, label, consequence, icon in (
        ("promise", _("Promise something"), _("With a date; the complainant reads it"), "check"),
        (
            "keep",
            _("Say a promise is kept"),
            _("The complainant reads what was done"),
            "check",
        ),
        ("ask_extension", _("Ask for more time"), _("A supervisor decides"), "clock"),
        ("extend", _("Give more time"), _("The complainant is told why and until when"), "clock"),
        ("set_deadline", _("Set the due date"), _("No pause moves it any more"), "clock"),
        ("lift_deadline", _("Lift the date that was set"), _("The policy counts again"), "back"),
        ("retarget", _("Count due dates anew"), _("By the newest version of the policy"), "clock"),
        ("explain_late", _("Say why it is late"), _("A supervisor accepts the reason"), "late"),
        ("accept_late", _("Accept the reason"), _("No more reminders"), "check"),
        ("return_late", _("Send the reason back"), _("The officer says more"), "back"),
    )
)

WAYS = (
    Way("claim", _("Claim"), _("The case becomes yours"), "person", asks=False, key="e"),
    Way("accept", _("Accept"), _("Category and unit; the unit's supervisor assigns"), "check"),
    Way("transcribe", _("Write it down"), _("The voice note can be read and searched"), "note"),
    Way("assigned", _("Assign"), _("An officer starts working"), "people", key="a"),
    Way("approve", _("Approve the answer"), _("It goes to the complainant"), "check", asks=False),
    Way("respond", _("Answer and resolve"), _("The complainant confirms or disputes"), "reply"),
    Way("ask", _("Ask the complainant"), _("The clock stops, at most 30 days"), "ask"),
    Way("hold", _("Put on hold"), _("Waiting for others, until a date"), "pause"),
    Way("resume", _("Resume work"), _("The case is worked on again"), "next", asks=False),
    Way("recall", _("Recall"), _("Back to the step before"), "back", asks=False),
    Way("reassign", _("Reassign"), _("Another officer takes over"), "people", key="a"),
    Way("transfer", _("Move to another unit"), _("Its supervisor assigns anew"), "move", key="t"),
    Way("return", _("Return"), _("One step back, with a reason"), "back"),
    Way("refer", _("Refer to another body"), _("The complainant is told whom and why"), "send"),
    Way("reject", _("Reject"), _("The complainant is told why and may contest"), "close"),
    Way("merge", _("Merge"), _("Goes on as part of the other case"), "merge"),
    Way("unmerge", _("Undo the merger"), _("Handled on its own again"), "merge", asks=False),
    Way("reopen", _("Reopen"), _("A new round begins"), "open"),
    Way("contest", _("Contest for the complainant"), _("Judged anew at level 2"), "open"),
    Way("answered", _("Answer for the complainant"), _("With channel and proof"), "person"),
    Way("confirm", _("Confirm for the complainant"), _("With channel and proof"), "person"),
    Way("dispute", _("Dispute for the complainant"), _("With channel and proof"), "person"),
    Way("disagree", _("Disagree for the complainant"), _("With channel and proof"), "person"),
    Way("heard", _("Note what the complainant said"), _("With channel and proof"), "person"),
    Way("classify", _("Sort anew"), _("Category, kind, priority: due dates follow"), "move"),
    Way(
        "about",
        _("Say whom it is about"),
        _("They never see it; where they lead, it goes to others"),
        "lock",
    ),
    Way("told", _("Record that they were told"), _("By letter, phone or at the counter"), "check"),
    Way(
        "ask_secret", _("Ask for a new secret"), _("A colleague agrees, then you print it"), "lock"
    ),
    Way("approve_secret", _("Agree to a new secret"), _("Who asked then prints it"), "check"),
    Way("refuse_secret", _("Refuse a new secret"), _("The old one stays"), "close"),
    Way("new_secret", _("Print the new secret"), _("The old one ends"), "print", asks=False),
    Way(
        "restrict",
        _("Restrict"),
        _("Only people cleared for it see it; nothing stays published"),
        "lock",
    ),
    Way("lift", _("Lift the restriction"), _("The whole unit sees it again"), "open"),
    Way("publish", _("Publish"), _("In words that you write, without names"), "send"),
    Way("unpublish", _("Take out of publication"), _("Nobody outside reads it any more"), "close"),
    Way("withdraw", _("Withdraw for the complainant"), _("With channel and proof"), "person"),
    *_ABOUT_DATES,
)

#: What answering is where a second person approves every answer.
_FOR_APPROVAL = Way(
    "respond", _("Answer and resolve"), _("A second person approves it first"), "reply"
)

#: What contesting is for who may also do it unasked.
_UNASKED = Way(
    "contest", _("Look at it again"), _("Unasked, or for the complainant at level 2"), "open"
)


def exits_for(acts: list[str], case: Case, user: User) -> list[Way]:
    """The ways on that are lawful now, in the order of the list above."""
    return [_here(way, case, user) for way in WAYS if way.name in acts]


def _here(way: Way, case: Case, user: User) -> Way:
    """A way as it is in this case, for this user."""
    if way.name == "respond" and needs_review(case):
        return _FOR_APPROVAL
    return _UNASKED if way.name == "contest" and may_reopen_unasked(user, case) else way


def label_of(name: str, case: Case, user: User) -> Any:
    """What the act is called; messages and notes are the composer's."""
    extra = {"message": _("Message to the complainant"), "note": _("Internal note")}
    ways = (_here(way, case, user).label for way in WAYS if way.name == name)
    return next(ways, extra.get(name, name))
