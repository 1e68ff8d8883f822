"""Reading an act out of a posted form; the same for every page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict


def posted(data: QueryDict) -> tuple[int | None, dict[str, Any]]:
    """What the form says it saw (the last event's id), and the payload of the act."""
    payload = {key: value for key, value in data.dict().items() if key not in _OF_THE_FORM}
    seen = data.get("seen", "")
    return (int(seen) if seen.isdecimal() and len(seen) < 19 else None), payload


_OF_THE_FORM = ("seen", "csrfmiddlewaretoken", "name")
