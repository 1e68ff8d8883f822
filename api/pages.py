"""Lists: keyset pages over (received_at, id), from either end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from api.documents import MAX_ID
from api.filters import OLDEST_FIRST, narrowed
from api.shapes import row
from casework.models import Case


def page(user: Any, chosen: dict[str, Any], asked: QueryDict) -> dict[str, Any]:
    """One page of the cases that the user may see.

    `chosen`: the filters as checked; `asked`: as they came, for the address of the next page.
    """
    cases, limit = narrowed(Case.objects.visible_to(user), chosen), chosen["limit"]
    oldest_first = chosen["ordering"] == OLDEST_FIRST
    if "cursor" in chosen:
        cases = cases.beyond("received_at", *_read(chosen["cursor"]), descending=not oldest_first)
    order = ("received_at", "pk") if oldest_first else ("-received_at", "-pk")
    ordered = cases.select_related("unit", "category", "assignee").order_by(*order)
    found = list(ordered.defer("text", "about", "search")[: limit + 1])
    return {
        "results": [row(case) for case in found[:limit]],
        "next": _next(asked, found[limit - 1]) if len(found) > limit else None,
    }


def _next(asked: QueryDict, last: Case) -> str:
    """The address of the next page: ours, whatever host the request named."""
    query = asked.copy()
    query["cursor"] = f"{last.received_at.isoformat().replace('+00:00', 'Z')}_{last.pk}"
    return f"{settings.BASE_URL}{reverse('api:cases')}?{query.urlencode()}"


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
