"""A complaint of today that is lived through, step by step, at its own time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from demo.steps import Step


@dataclass(frozen=True)
class Tale:
    """One complaint: how long ago it came, what it says, and what was done with it."""

    days_ago: float
    text: str
    steps: list[Step] = field(default_factory=list)
    identity: str = "named"
    name: str = ""
    service: str = ""
    address: str = ""


@dataclass(frozen=True)
class Tales:
    """All of a city; the first one's receipt is shown by `bin/run`.

    Of a `somebody` no name is told; `domain` is where citizens have their mailboxes.
    """

    tales: Sequence[Tale]
    somebody: str
    domain: str
