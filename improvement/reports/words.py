"""Words that several parts of a report need, from facts that were frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from improvement.shown import verdict as verdicts

Said = dict[str, Any]


def day(said: str) -> str:
    """A day that was kept as ISO, in full; nothing of nothing."""
    return date_format(date.fromisoformat(said), "j F Y") if said else ""


def language_now() -> str:
    """The language in force, of the two in which names are kept."""
    return "en" if (get_language() or "").startswith("en") else "id"


def verdict_of(plan: Said) -> verdicts.Shown:
    return verdicts.shown_of(
        plan["verdict"], plan["word"], level=plan["level"], is_share=plan["is_share"]
    )
