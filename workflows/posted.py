"""Reading an act out of a posted form; the same for every page."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import QueryDict

from workflows.deeds import EXITS, VERBS
from workflows.forms.answer import RespondForm
from workflows.forms.base import are_words


def posted(data: QueryDict) -> tuple[int | None, dict[str, Any]]:
    """What the form says it saw (the last event's id), and the payload of the act."""
    payload = {key: value for key, value in data.dict().items() if key not in _OF_THE_FORM}
    seen = data.get("seen", "")
    return (int(seen) if seen.isdecimal() and len(seen) < 19 else None), payload


def typed(data: QueryDict) -> str:
    """What somebody wrote, whatever the act: it is shown again where it cannot be recorded.

    Without what is for staff alone beside an answer: these words may go to the complainant yet.
    """
    words_of_acts = _words()
    said = (data.get(name, "").strip() for name in data if name in words_of_acts)
    return "\n\n".join(words for words in said if words)


@cache
def _words() -> frozenset[str]:
    """The fields of all acts in which people write words; what is hidden no person wrote."""
    deeds = (*EXITS.values(), *VERBS.values())
    fields = (pair for deed in deeds for pair in deed.form.base_fields.items())
    words = {name for name, field in fields if are_words(field)}
    return frozenset(words.difference(RespondForm.inside))


_OF_THE_FORM = ("seen", "csrfmiddlewaretoken", "name")
