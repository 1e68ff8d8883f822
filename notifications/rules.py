"""Who hears what: one table.

A key is the kind of an event, or kind:stage where it matters where the case now stands. Of every
staff rule the tray is a part; a letter is mailed too. The complainant gets letters alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.models import Audience as ReadBy
from casework.models import Event
from notifications.room import (
    Audience,
    approvers,
    asker,
    assignee,
    drafter,
    explainer,
    extenders,
    handlers,
    intake,
    judges,
    leads_of_named,
    previous,
    recorders,
    supervisors,
)


@dataclass(frozen=True)
class Rule:
    """Members of staff, and the name of a letter where they get one."""

    who: Audience
    letter: str = ""


STAFF: dict[str, tuple[Rule, ...]] = {
    "filed": (Rule(intake),),
    "accept": (Rule(supervisors),),
    "assigned": (Rule(assignee, "assigned"),),
    "reassign": (Rule(assignee, "assigned"), Rule(previous)),
    "transfer": (Rule(supervisors), Rule(previous)),
    "return:triage": (Rule(intake),),
    "return:work": (Rule(handlers, "returned"), Rule(drafter, "returned")),
    "respond:review": (Rule(approvers, "approval"),),
    "approve": (Rule(drafter),),
    "recall": (Rule(assignee),),
    "answered": (Rule(handlers, "answered"),),
    "confirm": (Rule(assignee),),
    "dispute": (Rule(supervisors, "disputed"), Rule(previous)),
    "disagree": (Rule(assignee),),
    "withdraw": (Rule(assignee),),
    "reopen": (Rule(handlers, "reopened"), Rule(previous)),
    "contest": (Rule(handlers, "reopened"),),
    "unmerge": (Rule(handlers),),
    "refer": (Rule(assignee),),
    "merge": (Rule(assignee),),
    "timeout": (Rule(assignee),),
    "timeout:work": (Rule(assignee, "hold_over"),),
    "message": (Rule(handlers, "message"),),
    "heard": (Rule(handlers, "message"),),
    "heard:confirm": (Rule(recorders, "yes_or_no"), Rule(handlers, "message")),
    "told:confirm": (Rule(recorders, "yes_or_no"),),
    "note": (Rule(assignee),),
    "rate": (Rule(assignee),),
    "ask_secret": (Rule(handlers), Rule(supervisors)),
    "approve_secret": (Rule(asker),),
    "refuse_secret": (Rule(asker),),
    "new_secret": (Rule(handlers),),
    "about": (Rule(handlers), Rule(supervisors)),
    "recognise": (Rule(handlers), Rule(supervisors)),
    "restrict": (Rule(handlers), Rule(supervisors)),
    "lift": (Rule(handlers),),
    "break_glass": (Rule(handlers), Rule(supervisors)),
    "warned": (Rule(handlers),),
    "late": (Rule(leads_of_named, "late"), Rule(handlers, "late")),
    "escalated": (Rule(leads_of_named, "late"),),
    "ask_extension": (Rule(extenders, "more_time"),),
    "extend": (Rule(assignee),),
    "set_deadline": (Rule(assignee),),
    "lift_deadline": (Rule(assignee),),
    "retarget": (Rule(assignee),),
    "classify": (Rule(assignee),),
    "promise": (Rule(assignee),),
    "keep": (Rule(assignee),),
    "explain_late": (Rule(judges, "reason"),),
    "accept_late": (Rule(explainer),),
    "return_late": (Rule(explainer, "reason_returned"), Rule(handlers, "reason_returned")),
}

#: Letters to the complainant, where they gave an address.
CITIZEN: dict[str, str] = {
    "filed": "received",
    "ask": "question",
    "respond:confirm": "answer",
    "approve": "answer",
    "message": "news",
    "remind": "still_asked",
    "remind:confirm": "still_answered",
    "confirm": "closed",
    "disagree": "disagreed",
    "timeout:auto_closed": "auto_closed",
    "timeout:lapsed": "lapsed",
    "reject": "rejected",
    "refer": "referred",
    "reopen": "anew",
    "contest": "anew",
    "merge": "merged",
    "follow": "news",
    "withdraw": "withdrawn",
    "new_secret": "secret_changed",
    # Of a date that is set or extended, the one that says the new date tells.
    "due_moved": "due_moved",
    "promise": "promised",
    "keep": "kept",
    "late": "broken",
}

#: Letters to those whose complaint was merged into this case: its public answer, and its end.
JOINED: dict[str, str] = {
    "respond:confirm": "joined_answer",
    "approve": "joined_answer",
    "confirm": "joined_closed",
    "disagree": "joined_closed",
    "timeout:auto_closed": "joined_closed",
    "timeout:lapsed": "joined_closed",
    "reject": "joined_closed",
    "refer": "joined_closed",
    "withdraw": "joined_closed",
    "reopen": "news",
    "contest": "news",
}

#: What the complainant did themselves is no news to them, nor what they did to those who joined.
_NO_NEWS_OF_THEIRS = ("message", "reopen", "contest")


def staff_rules(event: Event) -> tuple[Rule, ...]:
    return STAFF.get(f"{event.kind}:{event.stage}") or STAFF.get(event.kind, ())


def citizen_letter(event: Event) -> str:
    """The name of the letter to the complainant, or nothing.

    Their own word is no news to them, nor is what they do not read of.
    """
    if _is_no_news(event) or event.audience == ReadBy.INTERNAL:
        return ""
    return CITIZEN.get(f"{event.kind}:{event.stage}") or CITIZEN.get(event.kind, "")


def joined_letter(event: Event) -> str:
    """The name of the letter to those whose complaint was merged into the case, or nothing."""
    if _is_no_news(event):
        return ""
    return JOINED.get(f"{event.kind}:{event.stage}") or JOINED.get(event.kind, "")


def _is_no_news(event: Event) -> bool:
    return event.kind in _NO_NEWS_OF_THEIRS and event.is_theirs
