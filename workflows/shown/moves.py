"""What moved a promised date, for those who were promised it."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.models import Clock, ClockEntry
from workflows.policies.words import amount
from workflows.shown.pauses import passed
from workflows.shown.terms import Terms, terms_in
from workflows.targets import In

Kind = ClockEntry.Kind
EXTENSION = "extension"


@dataclass(frozen=True)
class Move:
    """A date that became another one.

    `why`: the reason of a pause, `EXTENSION`, or why it was counted anew (`workflows.ledger`).
    `by`: how much, in words, where the target says in what that is counted.
    """

    why: str
    by: str = ""


def moves(clock: Clock) -> list[Move]:
    """All of them, in order; the entries of the clock are read already."""
    found: list[Move] = []
    pause: ClockEntry | None = None
    entries = clock.ledger
    due, terms = entries[0].due_at, terms_in(entries[0].data)
    for entry in entries[1:]:
        if entry.kind == Kind.PAUSED:
            pause = pause or entry
        if entry.kind == Kind.RETARGETED:
            terms = terms_in(entry.data)
        if entry.due_at and due and entry.due_at != due:
            found += _move(entry, terms, pause)
        due = entry.due_at or due
        pause = None if entry.kind == Kind.RESUMED else pause
    return found


def _move(entry: ClockEntry, terms: Terms, pause: ClockEntry | None) -> list[Move]:
    if entry.kind == Kind.RESUMED and pause:
        return [Move(pause.data["reason"], passed(terms, pause.at, entry.at))]
    if entry.kind == Kind.EXTENDED:
        return [Move(EXTENSION, _extension(entry.data["amount"], terms))]
    return [Move(entry.data.get("why", ""))] if entry.kind == Kind.RETARGETED else []


def _extension(by: int, terms: Terms) -> str:
    return amount(by, terms.unit or In.CALENDAR_DAYS)
