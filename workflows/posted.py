"""Reading an act out of a posted form; the same for every page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict


def posted(data: QueryDict) -> tuple[int | None, dict[str, Any]]:
    """What the form says it saw (the last event's id), and the payload of the act."""
    payload = {key: value for key, value in data.dict().items() if key not in _OF_THE_FORM}
    seen = data.get("seen", "")
    return (int(seen) if seen.isdecimal() and len(seen) < 19 else None), payload


def typed(data: QueryDict) -> str:
    """What somebody wrote, whatever the act: it is shown again where it cannot be recorded."""
    said = (data.get(name, "").strip() for name in _WORDS)
    return "\n\n".join(words for words in said if words)


_WORDS = ("text", "reason")
_OF_THE_FORM = ("seen", "csrfmiddlewaretoken", "name")
