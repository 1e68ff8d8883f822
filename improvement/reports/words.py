"""Words that several parts of a report need, from facts that were frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from improvement.models import Stage
from improvement.shown import verdict as verdicts
from improvement.shown.levels import NONE
from improvement.statistics.verdict import Word

Said = dict[str, Any]

#: What a judgement says beside its numbers, of a plan that is not judged.
_WORDLESS: Said = {"effect": None, "low": None, "high": None, "method": "", "doubts": []}


def day(said: str) -> str:
    """A day that was kept as ISO, in full; nothing of nothing."""
    return date_format(date.fromisoformat(said), "j F Y") if said else ""


def language_now() -> str:
    """The language in force, of the two in which names are kept."""
    return "en" if (get_language() or "").startswith("en") else "id"


def verdict_of(plan: Said) -> verdicts.Shown:
    """What is on record; of a plan that has no verdict ask `came_of` and `before_and_after`."""
    return _shown(plan, plan["verdict"], plan["word"])


def came_of(plan: Said) -> str:
    """The verdict in a sentence, or that there is none: only what is on record is a word."""
    if plan["is_settled"]:
        return verdict_of(plan).in_a_sentence
    if plan["stage"] == Stage.STOPPED:
        return _("Stopped, not judged")
    return _("Not judged yet")


def before_and_after(plan: Said) -> tuple[str, str]:
    """The numbers on both sides of the start; of what was stopped those up to then."""
    said = _shown(plan, {**plan["verdict"], **_WORDLESS}, Word.TOO_EARLY)
    # In versions of before, numbers went on after a plan was stopped.
    goes_on = plan["stage"] == Stage.STOPPED and not plan.get("stopped_on")
    return said.before, NONE if goes_on else said.after


def _shown(plan: Said, data: Said, word: str) -> verdicts.Shown:
    return verdicts.shown_of(data, word, level=plan["level"], is_share=plan["is_share"])
