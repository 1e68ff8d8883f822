"""Queues: what a member of staff has before them, one keyset page at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.querysets import CaseQuerySet

PAGE = 50
#: Counts stop here: nobody needs to know more exactly how much is waiting.
MANY = 50


class View(models.TextChoices):
    MINE = "mine", _("My cases")
    UNIT = "unit", _("My units")
    UNASSIGNED = "unassigned", _("Unassigned")
    WAITING = "waiting", _("Waiting for the complainant")
    LATE = "late", _("Past the due date")
    UNTOLD = "untold", _("To be told by hand")
    SPOKEN = "spoken", _("To be written down")
    ALL = "all", _("All I may see")


def cases_in(view: str, user: Any) -> CaseQuerySet:
    """The cases of a view that the user may see."""
    cases = Case.objects.visible_to(user)
    if view == View.MINE:
        return cases.live().filter(assignee=user)
    narrow = _NARROWED.get(view, CaseQuerySet.live)
    return narrow(cases)


_NARROWED: dict[str, Callable[[CaseQuerySet], CaseQuerySet]] = {
    View.UNASSIGNED: CaseQuerySet.unassigned,
    View.WAITING: CaseQuerySet.waiting,
    View.LATE: lambda cases: cases.late(timezone.now()),
    View.UNTOLD: CaseQuerySet.untold,
    View.SPOKEN: CaseQuerySet.spoken,
    View.ALL: CaseQuerySet.all,
}


def counts(user: Any) -> dict[str, str]:
    """How many cases each live view holds, as words: `12` or `50+`. One statement."""
    each: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for view in View:
        if view != View.ALL:
            with suppress(EmptyResultSet):  # nobody looks for what cannot be there
                each[view] = _at_most_many(view, user).query.sql_with_params()
    if not each:
        return {}
    few = [f"(SELECT count(*) FROM ({sql}) AS few)" for sql, _said in each.values()]  # noqa: S608 - Django wrote them
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(few)}", [word for _sql, said in each.values() for word in said]
        )
        found = zip(each, cursor.fetchone(), strict=True)
    return {view: f"{MANY}+" if n > MANY else str(n) for view, n in found if n}


def _at_most_many(view: str, user: Any) -> models.QuerySet:
    """The cases of a view, no more of them than tell that they are many."""
    return cases_in(view, user).order_by().values("pk")[: MANY + 1]


#: What a row of the queue shows, and nothing else is read.
ROW = (
    "pk",
    "reference",
    "subject",
    "stage",
    "level",
    "restricted",
    "received_at",
    "next_due_at",
    "due_state",
    "turns_at",
    "due_facts",
    "due_rank",
    "created_at",
    "untold_at",
    "last_words",
    "last_words_at",
    "category__name",
    "category__name_en",
    "unit__name",
    "assignee__first_name",
    "assignee__last_name",
)


@dataclass(frozen=True)
class Page:
    """One page of rows and the cursors of its neighbours, or empty strings."""

    rows: list[dict[str, Any]]
    previous: str
    next: str


def page(cases: CaseQuerySet, view: str, after: str = "", before: str = "") -> Page:
    """A keyset page: the most urgent first, but of all cases the newest."""
    field = "received_at" if view == View.ALL else "due_rank"
    backwards = _read_cursor(before, field)
    at = backwards or _read_cursor(after, field)
    descending = (view == View.ALL) != bool(backwards)
    order = (f"-{field}", "-pk") if descending else (field, "pk")
    read = cases.beyond(field, *at, descending=descending) if at else cases
    rows = list(read.order_by(*order).values(*ROW)[: PAGE + 1])
    if at and len(rows) < (PAGE if backwards else 1):
        return page(cases, view)  # cases have left the list since: its beginning, whole
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    previous = _cursor(rows[0], field) if (more if backwards else at) else ""
    return Page(rows, previous, _cursor(rows[-1], field) if more or backwards else "")


def _cursor(row: dict[str, Any], field: str) -> str:
    at = row[field]
    stamp = f"{at.timestamp():.6f}" if isinstance(at, datetime) else repr(at)
    return f"{stamp}_{row['pk']}"


def _read_cursor(text: str, field: str) -> tuple[datetime | float, int] | None:
    """Where a page ended; None for what is no cursor."""
    try:
        stamp, pk = text.split("_")
        at = float(stamp)
        if field == "received_at":
            return datetime.fromtimestamp(at, UTC), int(pk)
        return (at, int(pk)) if isfinite(at) else None
    except (ValueError, OverflowError, OSError):
        return None
