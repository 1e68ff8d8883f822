"""Lists: filters, and keyset pages over (received_at, id), the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from api.documents import MAX_ID
from api.shapes import row
from casework.models import Case
from casework.querysets import CaseQuerySet
from casework.search import matching

_PATHS = {
    "stage": "stage",
    "kind": "kind",
    "unit": "unit__code",
    "category": "category__code",
    "assignee": "assignee__username",
}


def page(user: Any, chosen: dict[str, Any]) -> dict[str, Any]:
    """One page of the cases that the user may see."""
    cases = _narrowed(Case.objects.visible_to(user), chosen)
    limit = chosen["limit"]
    ordered = cases.select_related("unit", "category", "assignee").order_by("-received_at", "-pk")
    found = list(ordered.defer("text", "about", "search")[: limit + 1])
    return {
        "results": [row(case) for case in found[:limit]],
        "next": _cursor(found[limit - 1]) if len(found) > limit else None,
    }


def _narrowed(cases: CaseQuerySet, chosen: dict[str, Any]) -> CaseQuerySet:
    cases = cases.filter(**{path: chosen[key] for key, path in _PATHS.items() if key in chosen})
    if "q" in chosen:
        cases = cases.filter(matching(chosen["q"]))
    if "cursor" in chosen:
        at, pk = _read(chosen["cursor"])
        cases = cases.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk))
    return cases


def _cursor(case: Case) -> str:
    return f"{case.received_at.isoformat().replace('+00:00', 'Z')}_{case.pk}"


def _read(cursor: str) -> tuple[datetime, int]:
    """Where a page ended. Raises `ValidationError`."""
    try:
        stamp, number = cursor.split("_")
        at, pk = datetime.fromisoformat(stamp), int(number)
        if at.tzinfo is not None and 1900 < at.year < 9000 and 0 < pk <= MAX_ID:
            return at, pk
    except ValueError:
        pass
    raise ValidationError({"cursor": [_("This is no cursor.")]})
