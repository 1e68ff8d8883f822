"""What came due, however much that is: a few rows at a time, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
_BATCH = 200


def came_due(rows: QuerySet[Row], moment: str, now: datetime) -> Iterator[Row]:
    """The rows whose `moment` came, the longest due first.

    They may be changed on the way. One that is as due afterwards does not come again, so that what
    fails keeps nothing up.
    """
    due = rows.filter(**{f"{moment}__lte": now}).order_by(moment, "pk")
    following = due
    while batch := list(following[:_BATCH]):
        at, pk = getattr(batch[-1], moment), batch[-1].pk
        yield from batch
        later = Q(**{f"{moment}__gt": at}) | Q(pk__gt=pk)
        following = due.filter(later, **{f"{moment}__gte": at})
