"""What each exit and verb takes, changes, and tells whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from casework.access import (
    can_message,
    can_reassign,
    can_triage,
    is_citizen,
    is_member,
    is_system,
)
from casework.actors import Actor, staff_id
from casework.models import Audience, Case, Event
from casework.stages import CHECKING, Stage, Status
from workflows import classifying, deadlines, protection, reissue, resolutions, spoken, telling
from workflows.conditions import (
    is_live,
    needs_review,
    was_disputed,
    was_turned_away,
    was_withdrawn,
)
from workflows.deed import Deed, Facts, Verb
from workflows.forms.answer import RespondForm
from workflows.forms.citizen import (
    AnswerQuestionForm,
    ConfirmForm,
    DisagreeForm,
    DisputeForm,
    HeardForm,
    RateForm,
    ReopenForm,
    WithdrawForm,
)
from workflows.forms.staff import (
    AcceptForm,
    AskForm,
    AssignForm,
    EmptyForm,
    HoldForm,
    MergeForm,
    MessageForm,
    NoteForm,
    PublicReasonForm,
    ReasonForm,
    ReferForm,
    TransferForm,
)
from workflows.mergers import take_along
from workflows.receiving import move, to_triage


def drafted(case: Case, said: Mapping[str, Any]) -> str:
    """The words of the draft under approval."""
    return _draft(case).text


def _draft(case: Case) -> Event:
    drafts = case.events.filter(kind="respond").select_related("body", "resolution__cause")
    return drafts.order_by("-number")[0]


def answer_audience(case: Case, left: str) -> str:
    """A draft on its way to approval is invisible and meets nothing."""
    return Audience.INTERNAL if case.stage == Stage.REVIEW else Audience.PUBLIC


def recall_audience(case: Case, left: str) -> str:
    """The citizen saw what is recalled, unless it was a draft."""
    return Audience.INTERNAL if left == Stage.REVIEW else Audience.STEP


def accept(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.category, case.unit, case.assignee = said["category"], said["unit"], None
    if case.category.restricted:
        protection.restrict(case, actor, said)
    sorted_as = classifying.sort(case, said)
    return {"category": case.category.code, "unit": case.unit.code, **sorted_as}


def decide(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Remember who decided: at level 2 they may not decide again."""
    if (pk := staff_id(actor)) and pk not in case.decided_by:
        case.decided_by = [*case.decided_by, pk]
    return {}


def refer(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    decide(case, actor, said)
    return {"body": said["body"]}


def merge(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.merged_into = said["into"]
    take_along(case, said["into"], actor)
    return {"into": said["into"].reference}


def unmerge(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.merged_into = None
    return _taken_up_again(case)


def transfer(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return move(case, said["unit"])


def release(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """A draft goes back to who works on it, everything else to triage."""
    return {} if case.stage == Stage.REVIEW else to_triage(case)


def assigned(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.assignee = said["assignee"]
    return {"assignee": case.assignee.pk}


def claim(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.assignee_id = staff_id(actor)
    case.take_up()
    return {"assignee": case.assignee_id}


def respond(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """An answer, or where a second person approves it the draft of one."""
    case.drafter_id = staff_id(actor)
    if not needs_review(case):
        resolutions.give(case, said["cause"])
    return decide(case, actor, said) | resolutions.codes(said)


def approve(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """The draft becomes the answer, with what it says of its cause and outcome."""
    resolutions.give(case, resolutions.cause_of(_draft(case)))
    decide(case, actor, said)
    return {"drafted_by": case.drafter_id}


def hold(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    zone = ZoneInfo(case.unit.time_zone)
    case.hold_until = datetime.combine(said["until"], time(23, 59), zone)
    return {"until": said["until"].isoformat(), "waits_for": said["waits_for"]}


def dispute(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """A new cycle; the second dispute, or a wish for somebody else, lifts it to level 2.

    Cycles do not count: an answer after a lapse opens one too, and disputes nothing.
    """
    if is_theirs(case, actor, said) and (said.get("someone_else") or was_disputed(case)):
        case.level = 2
    return _anew(case)


def is_theirs(case: Case, actor: Actor, said: Mapping[str, Any]) -> bool:
    """Whether the complainant says it, themselves or through staff who have proof of it."""
    return is_citizen(actor, case) or bool(said.get("proof"))


def _anew(case: Case) -> Facts:
    """A new cycle, for whoever takes it up."""
    case.cycle += 1
    case.assignee = None
    case.checked_as = Status.UNDER_REVIEW
    return {"level": case.level, "cycle": case.cycle}


def reopen(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Like a dispute; where they contest a rejection or referral, it is judged anew at level 2.

    Taking back a withdrawal disputes nothing, nor does what staff correct of their own accord.
    """
    if was_withdrawn(case):
        return _anew(case) | to_triage(case)
    facts = dispute(case, actor, said)
    if was_turned_away(case):
        case.level = 2 if is_theirs(case, actor, said) else case.level
        facts |= {"level": case.level, **to_triage(case)}
    return facts


def resumed(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """The citizen's answer: after a lapse it opens a run of its own, in time it only goes on."""
    return _taken_up_again(case) if case.stage == Stage.LAPSED else {}


def _taken_up_again(case: Case) -> Facts:
    """A new cycle from the original receipt, which disputes nothing."""
    case.cycle += 1
    case.checked_as = Status.BEING_CHECKED
    return {"cycle": case.cycle, **to_triage(case)}


def disagree(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    return {"outcome": "disagreed"}


def rate(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.rating = said["stars"]
    return {"stars": said["stars"]}


def reminded(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.remind_at = None
    return {}


#: By the name of the exit. An exit of one name does the same from wherever it is taken.
EXITS: dict[str, Deed] = {
    "accept": Deed(AcceptForm, accept, Audience.STEP),
    "ask": Deed(AskForm, None, Audience.PUBLIC),
    "reject": Deed(PublicReasonForm, decide, Audience.PUBLIC),
    "refer": Deed(ReferForm, refer, Audience.PUBLIC),
    "merge": Deed(MergeForm, merge, Audience.STEP),
    "unmerge": Deed(EmptyForm, unmerge, Audience.STEP),
    "assigned": Deed(AssignForm, assigned, Audience.STEP),
    "claim": Deed(EmptyForm, claim, Audience.STEP),
    "transfer": Deed(TransferForm, transfer, Audience.STEP),
    "return": Deed(ReasonForm, release),
    "respond": Deed(RespondForm, respond, answer_audience, keep=resolutions.keep),
    "approve": Deed(EmptyForm, approve, Audience.PUBLIC, drafted),
    "recall": Deed(EmptyForm, None, recall_audience),
    "hold": Deed(HoldForm, hold, Audience.PUBLIC),
    "resume": Deed(EmptyForm, None, Audience.STEP),
    "answered": Deed(AnswerQuestionForm, resumed, Audience.PUBLIC),
    "confirm": Deed(ConfirmForm, None, Audience.PUBLIC),
    "dispute": Deed(DisputeForm, dispute, Audience.PUBLIC),
    "disagree": Deed(DisagreeForm, disagree, Audience.PUBLIC),
    "withdraw": Deed(WithdrawForm, None, Audience.PUBLIC),
    "reopen": Deed(ReopenForm, reopen, Audience.PUBLIC),
    "contest": Deed(ReopenForm, reopen, Audience.PUBLIC),
    "timeout": Deed(EmptyForm, None, Audience.STEP),
}


def awaits_claim(case: Case) -> bool:
    return case.stage in CHECKING and case.assignee_id is None


def can_be_rated(case: Case) -> bool:
    return case.stage in (Stage.CLOSED, Stage.AUTO_CLOSED) and case.rating is None


def is_due_for_reminder(case: Case) -> bool:
    return case.remind_at is not None


VERBS: dict[str, Verb] = {
    "claim": Verb(EmptyForm, claim, Audience.STEP, by=can_triage, lawful=awaits_claim),
    "reassign": Verb(AssignForm, assigned, by=can_reassign, lawful=is_live),
    "message": Verb(MessageForm, None, Audience.PUBLIC, by=can_message, rearms=True),
    # Whoever answered may note it too: a message decides nothing.
    "heard": Verb(HeardForm, None, Audience.PUBLIC, by=is_member, rearms=True),
    "note": Verb(NoteForm, by=is_member),
    "rate": Verb(RateForm, rate, Audience.PUBLIC, by=is_citizen, lawful=can_be_rated),
    "remind": Verb(EmptyForm, reminded, Audience.PUBLIC, by=is_system, lawful=is_due_for_reminder),
    **protection.VERBS,
    **telling.VERBS,
    **reissue.VERBS,
    **spoken.VERBS,
    **classifying.VERBS,
    **deadlines.VERBS,
}
