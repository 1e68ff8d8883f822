"""What a row of the table says, and who most rows are for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from casework.models import Case

Expected = Callable[[str, str], int]


@dataclass(frozen=True)
class Row:
    """`program`: asked with an API key instead of a session."""

    expected: Expected
    arguments: Callable[[Case], dict[str, Any]] = lambda case: {}
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    program: bool = False


def always(status: int) -> Expected:
    return lambda who, situation: status


def staff(status: int, *only: str) -> Expected:
    """Whoever is signed in, or only some of them; others find nothing, strangers sign in."""

    def expected(who: str, situation: str) -> int:
        if who == "anonymous":
            return 302
        return status if not only or who in only else 404

    return expected
