"""Reviews and the verdict: what came of a plan, by the rule that was declared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from figures.series import Week
from improvement import access, indicators
from improvement.days import last_day_over
from improvement.errors import Refused
from improvement.indicators import Aim
from improvement.models import Decision, Indicator, Plan, Review, Stage, Verdict, Version
from improvement.plans.beside import Beside, beside
from improvement.plans.keeping import lock, note
from improvement.plans.weeks import Weeks, points, seasons_of, weeks_of
from improvement.statistics.verdict import (
    Better,
    Doubt,
    Judgement,
    Measure,
    Point,
    Rule,
    Word,
    judge,
)

SAID = ("planned", "first", "last", "cause", "correction", "decision", "fidelity")
COUNTS = ("as_planned", "occasions")


@dataclass(frozen=True)
class Judged:
    """What the rule says now, and the weeks from which it says so.

    `usual`: those of the history that it compares with, which are in no season.
    `beside`: what stands beside them, and may contradict them.
    """

    judgement: Judgement
    weeks: Weeks
    usual: list[Week]
    beside: Beside | None


def rule_of(version: Version, aim: Aim) -> Rule:
    """The rule as the version declares it."""
    return Rule(
        measure=Measure.SHARE if aim.is_share else Measure.COUNT,
        better=Better.HIGHER if aim.wants_more else Better.LOWER,
        level=float(version.level),
        least=version.least,
    )


def judged(plan: Plan, now: datetime) -> Judged:
    """Judge the version in force by the figures as they are; nothing is written."""
    version = plan.in_force
    weeks = weeks_of(plan, version, now)
    seasons = seasons_of(plan)
    before, selection, after = (
        points(part, seasons) for part in (weeks.before, weeks.selection, weeks.after)
    )
    aim = Aim.of(version, plan.unit)
    found = judge(
        rule_of(version, aim), before, after, selected=version.selected, selection=selection
    )
    usual = _ordinary(weeks.before, before)
    other = beside(aim, usual, _ordinary(weeks.after, after))
    return Judged(_contradicted(found, other), weeks, usual, other)


def _ordinary(weeks: list[Week], seen: list[Point]) -> list[Week]:
    return [week for week, point in zip(weeks, seen, strict=True) if not point.season]


def _contradicted(found: Judgement, other: Beside | None) -> Judgement:
    """No improvement is one that what stands beside it contradicts."""
    if found.word != Word.IMPROVED or other is None or not other.is_contrary:
        return found
    return replace(found, word=Word.CANNOT_BE_TOLD, doubts=(*found.doubts, other.doubt))


@transaction.atomic
def settle(plan: Plan, by: User, words: str = "") -> Verdict:
    """Put the verdict on record, once the plan is due: by the rule, whatever anybody wishes.

    Raises `Forbidden`, `NoLonger`, and `Refused` before the due date.
    """
    locked = lock(plan)
    access.require(locked, theirs=access.can_write(by, locked.unit_id), still=locked.holds)
    version, now = locked.in_force, timezone.now()
    if not is_over(version, now):
        raise Refused(_("The verdict falls when the plan is over."))
    found = _at_the_end(judged(locked, now).judgement)
    row = Verdict.objects.create(
        plan=locked, at=now, by=by, word=found.word, data=as_data(found), words=words
    )
    locked.stage = Stage.JUDGED
    locked.save()
    note(locked, "judged", by, words, word=str(found.word))
    return row


def settles_after(version: Version) -> date | None:
    """The last day on which the verdict cannot go on record yet: all its weeks are to be counted.

    Weeks by reason are counted once the reasons can be there; sooner, or one by one, nobody judges.
    """
    explained = version.indicator == Indicator.MISSED_BECAUSE
    wait = indicators.UNTIL_EXPLAINED if explained else timedelta()
    return version.due_on and version.due_on + wait


def is_over(version: Version, now: datetime) -> bool:
    """Whether that day is past: for people, and in UTC, whose weeks are counted."""
    last = settles_after(version)
    return last is not None and last <= last_day_over(now)


def _at_the_end(found: Judgement) -> Judgement:
    """What is too early at the end will not be told any more, and says so."""
    if found.word != Word.TOO_EARLY:
        return found
    doubts = (*found.doubts, Doubt.FEW_AFTER)
    return replace(found, word=Word.CANNOT_BE_TOLD, doubts=doubts)


def as_data(found: Judgement) -> dict[str, Any]:
    """A judgement as it is kept: plain numbers and codes."""
    return asdict(found)


@transaction.atomic
def hold_review(plan: Plan, by: User, said: Mapping[str, Any]) -> Review:
    """Look at the plan: the level of its indicator is measured now, whatever anybody says of it.

    `said`: by the names of `SAID` and `COUNTS`; `first` and `last` are the days that are looked at.
    A plan that is stopped ends here. Raises `Forbidden`, `NoLonger`, and `Refused` by field.
    """
    locked = lock(plan)
    access.require(locked, theirs=access.can_write(by, locked.unit_id), still=locked.holds)
    version, now = locked.in_force, timezone.now()
    _refuse_review(version, said, timezone.localdate(now))
    found = indicators.measure(Aim.of(version, locked.unit), said["first"], said["last"], now)
    row = Review.objects.create(
        plan=locked,
        held_on=timezone.localdate(now),
        by=by,
        actual_number=found.number,
        actual_among=found.among,
        **{name: said[name] for name in (*SAID, *COUNTS)},
    )
    if row.decision == Decision.STOP:
        locked.stage = Stage.STOPPED
        locked.save()
    note(locked, "reviewed", by, row.cause, decision=row.decision, review=row.pk)
    return row


def next_review(version: Version, last_held: date | None) -> date | None:
    """When the next one is due: so many weeks after the last one, or after the start."""
    if version.starts_on is None or version.review_weeks is None:
        return None
    if last_held and version.due_on and last_held >= version.due_on:
        return None  # what is left is the verdict
    day = (last_held or version.starts_on) + timedelta(weeks=version.review_weeks)
    return min(day, version.due_on) if version.due_on else day


def _refuse_review(version: Version, said: Mapping[str, Any], today: date) -> None:
    wrong: dict[str, str] = {}
    if version.starts_on is None or today < version.starts_on:
        raise Refused(_("The plan has not started yet."))
    if said["last"] < said["first"]:
        wrong["last"] = _("The last day is before the first one.")
    elif said["last"] > today:
        wrong["last"] = _("These days are not over yet.")
    if said["first"] < version.starts_on:
        wrong["first"] = _("This is before the plan started.")
    if said["planned"] > 100 and version.indicator != Indicator.RECEIVED:
        wrong["planned"] = _("A share is from 0 to 100 percent.")
    wrong |= _wrong_counts(said["as_planned"], said["occasions"])
    wrong |= _wrong_decision(said, version.due_on is not None and version.due_on < today)
    if wrong:
        raise Refused(wrong)


def _wrong_decision(said: Mapping[str, Any], over: bool) -> dict[str, str]:
    """`over`: once it is, nobody keeps a verdict off the record that they do not like."""
    if said["decision"] == Decision.STOP and over:
        return {"decision": _("The plan is over: what is left is its verdict.")}
    if said["decision"] != Decision.CONTINUE and not said["correction"].strip():
        return {"correction": _("Say what is corrected, or why it stops.")}
    return {}


def _wrong_counts(as_planned: int | None, occasions: int | None) -> dict[str, str]:
    if (as_planned is None) != (occasions is None):
        return {"occasions": _("Say both: how often as planned, and of how many times.")}
    if as_planned is None or occasions is None:
        return {}
    if occasions == 0:
        return {"occasions": _("At least once, or leave both empty.")}
    if as_planned > occasions:
        return {"as_planned": _("It cannot have been done as planned more often than at all.")}
    return {}
