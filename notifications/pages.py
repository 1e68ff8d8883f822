"""Pages over rows, newest first: each begins below the id where the one before it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SIZE = 50
_LARGEST_ID = 2**63 - 1
_DIGITS = len(str(_LARGEST_ID))


@dataclass(frozen=True)
class Page:
    """One page of rows, and the id that the next one begins below; None where there is none."""

    rows: list[Any]
    next: int | None


def newest(rows: QuerySet, before: str = "") -> Page:
    """At most 50 rows with ids below `before`; what is no id begins at the newest."""
    if before.isdecimal() and len(before) <= _DIGITS and int(before) <= _LARGEST_ID:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: SIZE + 1])
    return Page(found[:SIZE], found[SIZE - 1].pk if len(found) > SIZE else None)
