"""The clocks of a case as they are at this moment: for acts, forms and pages.

What time did to them counts here, whether the sweep has written it down or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from casework.models import Case, Channel
from workflows.clocks import row
from workflows.clocks.book import Book, Kept
from workflows.clocks.passing import catch_up
from workflows.ledger import Standing
from workflows.models import Clock, Metric
from workflows.targets import Target

_ANSWER = (Metric.RESOLUTION, Metric.STAGE2)


@dataclass(frozen=True)
class AtHand:
    """A clock about which people can settle something: it is open, or was late."""

    kept: Kept

    @property
    def id(self) -> int:
        return self.kept.row.pk

    @property
    def metric(self) -> Metric:
        return Metric(self.kept.metric)

    @property
    def standing(self) -> Standing:
        return self.kept.standing

    @property
    def is_open(self) -> bool:
        return self.kept.is_open

    @property
    def target(self) -> Target | None:
        return self.standing.target

    @property
    def is_set(self) -> bool:
        """Whether its due date is absolute: promised, or set by a supervisor."""
        return self.standing.deadline is not None

    @property
    def may_add(self) -> int:
        """What extensions may still add, in the target's unit."""
        if self.target is None or self.is_set or not self.is_open:
            return 0
        return max(self.target.extension - self.standing.extended, 0)

    @property
    def due(self) -> datetime | None:
        """When it is due, or was when it passed; None while it is paused."""
        return self.standing.breached_at or (None if self.standing.paused_at else self.standing.due)


def book_of(case: Case, now: datetime | None = None) -> Book:
    """All clocks of a case, in which everything stands that happened until now.

    What was read holds until something is recorded on the case. Four queries at most.
    """
    events, book = case.clocks_read or (0, None)
    if book is None or events != case.event_count:
        book = Book.of(case, now or timezone.now())
        catch_up(book)
        case.clocks_read = case.event_count, book
    return book


def clocks(case: Case) -> list[Clock]:
    """The rows of all clocks of a case, the oldest first, with their ledgers.

    What its own row says of them is as they are now, too; it is not saved.
    """
    book = book_of(case)
    book.project()
    row.write(case, book)
    return [kept.row for kept in book.kept]


def of(case: Case) -> list[AtHand]:
    """What can be settled: open clocks, and late ones whose reason nobody accepted."""
    return [AtHand(each) for each in book_of(case).kept if _can_be_settled(each)]


def _can_be_settled(kept: Kept) -> bool:
    standing = kept.standing
    late = standing.breached_at is not None and not standing.accepted
    return not standing.muted and (kept.is_open or late)


def answer(case: Case) -> AtHand | None:
    """The clock of the answer that is owed now; None where none is promised."""
    return next((each for each in of(case) if each.is_open and each.metric in _ANSWER), None)


def extendable(case: Case) -> list[AtHand]:
    """Those to which the policy lets a supervisor add something."""
    return [each for each in of(case) if each.may_add]


def by_policy(case: Case) -> list[AtHand]:
    """The open ones that are measured by a rule."""
    return [each for each in of(case) if each.is_open and each.standing.policy]


def promises(case: Case) -> list[AtHand]:
    """What was promised and is still to be done, late or not."""
    return [each for each in of(case) if each.is_open and each.metric == Metric.COMMITMENT]


def unexplained(case: Case) -> list[AtHand]:
    """The late ones of which nobody said why."""
    return [each for each in _late(case) if not each.standing.code]


def unaccepted(case: Case) -> list[AtHand]:
    """The late ones whose reason waits for a supervisor."""
    said = (each for each in _late(case) if each.standing.code)
    return [each for each in said if not each.standing.accepted]


def _late(case: Case) -> list[AtHand]:
    late = (each for each in of(case) if each.standing.breached_at)
    return [each for each in late if not _was_elsewhere(case, each)]


def _was_elsewhere(case: Case, late: AtHand) -> bool:
    """Whether it was late before the case was taken over: nobody here can say why."""
    taken_over = bool(case.source) or case.channel == Channel.IMPORT
    since = late.standing.breached_at
    return taken_over and since is not None and since < case.created_at
