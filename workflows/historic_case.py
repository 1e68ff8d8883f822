"""A case that happened elsewhere, as it is known, and what of that cannot have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Unit, User
from casework.models import (
    Category,
    Cause,
    Channel,
    Identity,
    Kind,
    Outcome,
    Priority,
    Publishing,
    Remedy,
    Service,
)
from casework.stages import FINAL, Stage
from workflows import contradictions
from workflows.models import LateReason

#: The event that ends a case in a final stage, where a row names none. A merger is no history
#: of one case: it cannot be entered.
CLOSING_OF = {
    Stage.CLOSED: "closed",
    Stage.AUTO_CLOSED: "timeout",
    Stage.REJECTED: "reject",
    Stage.REFERRED: "refer",
    Stage.LAPSED: "timeout",
    Stage.WITHDRAWN: "withdraw",
}
#: Events that can end a case which is entered.
CLOSINGS = frozenset(CLOSING_OF.values()) | {"confirm"}
#: How many stars there are to give, and to what they are given.
STARS = range(1, 6)
_RATED = (Stage.CLOSED, Stage.AUTO_CLOSED)


@dataclass(frozen=True)
class HistoricCase:
    """A case of another system, as far as it is known. Moments carry a time zone.

    `answer` is what the complainant was told, and `closing` the name of the event that ended it.
    `undated`: it is closed, but nobody knows since when; `closed_at` is then the moment of
    receipt, the earliest possible, and the closing event carries `date_unknown`. `due_at` is when
    the source wanted it answered; else a policy says so. `note` is for staff alone, as are the
    root `cause` of what was answered, its `outcome` and its `remedy`, values of
    `casework.models.Outcome` and `Remedy`. `stars`: from 1 to 5, how the complainant rated it.
    `late_because`: why the answer was late, if it was, a value of `workflows.models.LateReason`.
    """

    text: str
    unit: Unit
    received_at: datetime
    stage: str = Stage.TRIAGE
    due_at: datetime | None = None
    closed_at: datetime | None = None
    undated: bool = False
    answer: str = ""
    closing: str = ""
    subject: str = ""
    category: Category | None = None
    cause: Cause | None = None
    outcome: str = ""
    remedy: str = ""
    stars: int | None = None
    late_because: str = ""
    service: Service | None = None
    assignee: User | None = None
    kind: str = Kind.COMPLAINT
    priority: str = Priority.NORMAL
    about: str = ""
    occurred_on: date | None = None
    note: str = ""
    channel: str = Channel.IMPORT
    source: str = ""
    external_reference: str = ""
    identity: str = Identity.NONE
    name: str = ""
    email: str = ""
    phone: str = ""
    publishing: str = Publishing.PRIVATE
    address: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def is_answered(self) -> bool:
        """What was said to somebody whose case goes on is a message, and no answer yet."""
        return bool(self.answer) and (self.closed_at is not None or self.stage == Stage.CONFIRM)


def refuse_impossible(row: HistoricCase) -> None:
    """Raise `ValueError` for a case that cannot have happened."""
    if (row.stage in FINAL) != (row.closed_at is not None):
        raise ValueError("A final stage has a moment of closing, and no other stage has one.")
    if said := contradictions.between(row.received_at, row.closed_at, row.due_at):
        raise ValueError(said)
    if row.undated and row.closed_at != row.received_at:
        raise ValueError("An unknown moment of closing is given as the moment of receipt.")
    if row.stage == Stage.MERGED:
        raise ValueError("A merged case cannot be entered alone.")
    if row.stars is not None and (row.stars not in STARS or row.stage not in _RATED):
        raise ValueError("One to five stars are given to what was answered and closed.")
    _refuse_foreign(row)


def _refuse_foreign(row: HistoricCase) -> None:
    """Of what is said of an answer: codes that there are not, or any where nothing was answered."""
    if (row.cause or row.outcome or row.remedy) and not row.is_answered:
        raise ValueError("Root cause, outcome and remedy are those of an answer.")
    if row.late_because not in {"", *LateReason.values}:
        raise ValueError("There is no such reason for being late.")
    if row.outcome not in {"", *Outcome.values} or row.remedy not in {"", *Remedy.values}:
        raise ValueError("There is no such outcome or remedy.")
