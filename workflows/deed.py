"""What an act is: its payload, what it changes, and who reads of it.

An effect gets `(case, actor, cleaned payload)`, writes on the locked case row (which the door
saves) and returns the facts for the event: never personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.access import is_member
from casework.actors import Actor
from casework.models import Audience, Case, Event
from workflows.errors import Unlawful
from workflows.forms.base import ActForm
from workflows.forms.staff import EmptyForm
from workflows.nodes import Right

Facts = dict[str, Any]
Effect = Callable[[Case, Actor, Mapping[str, Any]], Facts]


def spoken(case: Case, said: Mapping[str, Any]) -> str:
    """The words of the payload."""
    return said.get("text") or said.get("reason") or ""


def nothing(case: Case, event: Event, said: Mapping[str, Any]) -> None:
    """Most acts keep nothing beside their event."""


@dataclass(frozen=True)
class Deed:
    """How an act is done: its payload, its effect, and who reads the event.

    `keep`: writes what is kept beside the event, once that is there.
    """

    form: type[ActForm] = EmptyForm
    effect: Effect | None = None
    audience: str | Callable[[Case, str], str] = Audience.INTERNAL
    words: Callable[[Case, Mapping[str, Any]], str] = spoken
    keep: Callable[[Case, Event, Mapping[str, Any]], None] = nothing

    def read_by(self, case: Case, left: str) -> str:
        """The audience of the event, given the case as it now is and the stage it left."""
        return self.audience(case, left) if callable(self.audience) else self.audience


@dataclass(frozen=True)
class Verb(Deed):
    """An act that leaves the stage as it is."""

    by: Right = is_member
    lawful: Callable[[Case], bool] = lambda case: True
    refusal: type[Unlawful] = Unlawful
    rearms: bool = False
