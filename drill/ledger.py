"""What the installation said yes to, as those who asked remember it.

Every text is unique, so what is on record is found by its words.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Answer(Enum):
    """What somebody knows of what they sent."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    #: No answer came, or a refusal after a try whose answer was lost: done, or not, never half.
    UNKNOWN = "unknown"


@dataclass
class Complaint:
    """A complaint, sent under one token however often; `files` are the digests of what hung on."""

    words: str
    answer: Answer = Answer.UNKNOWN
    reference: str = ""
    secret: str = ""
    files: tuple[str, ...] = ()


@dataclass
class Deed:
    """An act on a case; `event` where the answer named it."""

    reference: str
    kind: str
    words: str = ""
    answer: Answer = Answer.UNKNOWN
    event: int | None = None
    files: tuple[str, ...] = ()


@dataclass
class Ledger:
    """Written by many threads, each entry by one; read when they have ended."""

    complaints: list[Complaint] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    #: References of cases on which time was due to act, once.
    due: list[str] = field(default_factory=list)

    def accepted(self) -> int:
        """How many complaints and acts were said yes to."""
        return sum(1 for entry in self._entries() if entry.answer is Answer.ACCEPTED)

    def unanswered(self) -> int:
        """How many nobody can know the end of without looking."""
        return sum(1 for entry in self._entries() if entry.answer is Answer.UNKNOWN)

    def _entries(self) -> Iterator[Complaint | Deed]:
        yield from list(self.complaints)
        yield from list(self.deeds)


def unique(words: str) -> str:
    """The words, made to be found again."""
    return f"{words} [{secrets.token_hex(8)}]"


def own_address() -> str:
    """An e-mail address that no other complaint has: mails to one that has many are held back."""
    return f"w{secrets.token_hex(6)}@warga.example"
