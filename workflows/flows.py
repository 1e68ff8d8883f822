"""The complaint flow: the whole graph on one screen.

Names of nodes, of this class and of this module are stored in the database:
to rename one takes a data migration.
"""

from viewflow import this
from viewflow.workflow import flow

from casework.access import (
    anyone,
    can_approve,
    can_assign,
    can_claim,
    can_recall_answer,
    can_recall_draft,
    can_review,
    can_speak_for_citizen,
    can_triage,
    can_work,
)
from workflows.conditions import (
    at_first_level,
    at_second_level,
    has_lapsed,
    needs_review,
    was_answered,
    was_merged,
    was_turned_away,
    was_withdrawn,
)
from workflows.lock import case_row_lock
from workflows.nodes import Begin, Citizen, Closed, Officer
from workflows.timeouts import (
    answer_by,
    answer_reminder,
    hold_until,
    silence,
    silence_reminder,
)
from workflows.windows import may_reopen, may_take_back, may_unmerge


class ComplaintFlow(flow.Flow):
    """Complaint"""

    lock_impl = case_row_lock

    received = Begin().On("filed", this.triage, by=anyone)
    reopened = (
        Begin()
        .On("reopen", this.assign, by=may_reopen, when=was_answered)
        .On("reopen", this.triage, by=may_take_back, when=was_withdrawn)
        .On("contest", this.triage, by=may_reopen, when=was_turned_away)
    )
    resumed = (
        Begin()
        .On("answered", this.triage, by=can_speak_for_citizen, when=has_lapsed)
        .On("unmerge", this.triage, by=may_unmerge, when=was_merged)
    )

    triage = (
        Officer()
        .On("accept", this.assign, by=can_triage)
        .On("ask", this.wait_triage, by=can_triage)
        .On("reject", this.rejected, by=can_triage)
        .On("refer", this.referred, by=can_triage)
        .On("merge", this.merged, by=can_triage)
    )
    assign = (
        Officer()
        .On("assigned", this.work, by=can_assign)
        .On("claim", this.work, by=can_claim)
        .On("transfer", this.assign, by=can_assign)
        .On("return", this.triage, by=can_assign)
        .On("refer", this.referred, by=can_assign)
        .On("merge", this.merged, by=can_assign)
    )
    work = (
        Officer()
        .On("respond", this.review, by=can_work, when=needs_review)
        .On("respond", this.confirm, by=can_work)
        .On("ask", this.wait_work, by=can_work)
        .On("hold", this.on_hold, by=can_work)
        .On("transfer", this.assign, by=can_work)
        .On("return", this.triage, by=can_work)
        .On("refer", this.referred, by=can_work)
        .On("merge", this.merged, by=can_work)
    )
    review = (
        Officer()
        .On("approve", this.confirm, by=can_approve)
        .On("return", this.work, by=can_review)
        .On("recall", this.work, by=can_recall_draft)
    )
    on_hold = Officer().On("resume", this.work, by=can_work).After(hold_until, this.work)
    wait_triage = (
        Citizen()
        .On("answered", this.triage, by=can_speak_for_citizen)
        .On("recall", this.triage, by=can_triage)
        .After(answer_by, this.lapsed, answer_reminder)
    )
    wait_work = (
        Citizen()
        .On("answered", this.work, by=can_speak_for_citizen)
        .On("recall", this.work, by=can_work)
        .After(answer_by, this.lapsed, answer_reminder)
    )
    confirm = (
        Citizen()
        .On("confirm", this.closed, by=can_speak_for_citizen)
        .On("dispute", this.assign, by=can_speak_for_citizen, when=at_first_level)
        .On("disagree", this.closed, by=can_speak_for_citizen, when=at_second_level)
        .On("recall", this.work, by=can_recall_answer)
        .After(silence, this.auto_closed, silence_reminder)
    )

    closed = Closed()
    auto_closed = Closed()
    rejected = Closed()
    referred = Closed()
    merged = Closed()
    lapsed = Closed()
    withdrawn = Closed()
