"""Conditions under which an exit applies, beyond who may take it."""

from django.db.models import Q

from casework.models import Case
from casework.stages import FINAL, Stage


def is_live(case: Case) -> bool:
    return case.stage not in FINAL


def needs_review(case: Case) -> bool:
    """The category asks for a second person's approval of every answer."""
    return case.category is not None and case.category.review_needed


def at_first_level(case: Case) -> bool:
    return case.level == 1


def at_second_level(case: Case) -> bool:
    """After level 2 there is no third loop."""
    return case.level >= 2


def was_answered(case: Case) -> bool:
    """It ended with an answer: reopened, it is worked on again, not judged anew."""
    return case.stage in (Stage.CLOSED, Stage.AUTO_CLOSED)


def was_turned_away(case: Case) -> bool:
    """It ended without an answer in the matter: the citizen may contest that."""
    return case.stage in (Stage.REJECTED, Stage.REFERRED)


def was_withdrawn(case: Case) -> bool:
    return case.stage == Stage.WITHDRAWN


def has_lapsed(case: Case) -> bool:
    return case.stage == Stage.LAPSED


def was_merged(case: Case) -> bool:
    return case.stage == Stage.MERGED


def was_disputed(case: Case) -> bool:
    """Whether the complainant disputed an answer before, in time or by reopening.

    What a supervisor reopened of their own accord takes no round from the complainant.
    """
    answered = (Stage.CONFIRM, Stage.CLOSED, Stage.AUTO_CLOSED)
    disputes = case.events.filter(kind__in=("dispute", "reopen"), data__left__in=answered)
    return disputes.filter(Q(actor_kind="citizen") | Q(data__has_key="on_behalf")).exists()
