""" "You said, we did", as everybody reads it: words written for that, and numbers that reveal none.

A count under five is not shown, nor what would give it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from improvement.indicators import Aim
from improvement.models import Told
from improvement.shown import verdict as verdicts

#: The newest so many are shown.
SHOWN = 10
#: Counts below this are kept back.
LEAST = 5


@dataclass(frozen=True)
class Shown:
    """One of them. Without a word it is not judged yet; its numbers may be too small to show.

    `stopped_on`: when it was given up, which is said as plainly.
    """

    code: str
    title: str
    unit: str
    said: str
    did: str
    published_on: date
    word: str = ""
    due_on: date | None = None
    stopped_on: date | None = None
    label: str = ""
    before: str = ""
    after: str = ""
    effect: str = ""
    interval: str = ""


def newest_told() -> list[Shown]:
    """The newest first."""
    rows = Told.objects.select_related(
        *("plan__unit", "plan__approved__category", "plan__approved__cause", "plan__verdict")
    )
    return [_shown(told) for told in rows.order_by("-published_at", "-pk")[:SHOWN]]


def _shown(told: Told) -> Shown:
    plan = told.plan
    version = plan.in_force
    settled = getattr(plan, "verdict", None)
    words: dict[str, Any] = {"code": plan.code, "title": told.title, "unit": plan.unit.name}
    words |= {"said": told.said, "did": told.did}
    words["published_on"] = timezone.localdate(told.published_at, ZoneInfo(plan.unit.time_zone))
    if settled is None:
        days: dict[str, Any] = {"due_on": version.due_on, "stopped_on": plan.stopped_on}
        return Shown(**words, **days)
    aim = Aim.of(version, plan.unit)
    verdict = verdicts.shown(settled.data, settled.word, version, aim)
    numbers: dict[str, str] = {"label": aim.label, "before": verdict.before, "after": verdict.after}
    numbers |= {"effect": verdict.effect, "interval": verdict.interval}
    if _is_small(settled.data["before"], aim.is_share) or _is_small(
        settled.data["after"], aim.is_share
    ):
        numbers = {}
    said = words | numbers
    return Shown(**said, word=verdict.word)


def _is_small(said: tuple[float, float], is_share: bool) -> bool:
    """Of a share also the rest: with the whole it would be known by subtraction."""
    number, over = said
    return number < LEAST or (is_share and over - number < LEAST)
