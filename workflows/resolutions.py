"""What an answer says to staff of root cause, outcome, remedy and lesson, and where it stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from casework.models import Case, Cause, Event, Resolution


def codes(said: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen, for the event, which stays for ever; the lesson is words of people."""
    cause = said["cause"]
    given = {"cause": cause.code if cause else ""}
    given |= {name: said[name] for name in ("outcome", "remedy")}
    return {name: code for name, code in given.items() if code}


def keep(case: Case, event: Event, said: Mapping[str, Any]) -> None:
    """Keep beside the event of an answer what was given with it: nothing where nothing was."""
    given = {name: said[name] for name in ("cause", "outcome", "remedy", "lesson")}
    if any(given.values()):
        Resolution.objects.create(event=event, case=case, cycle=case.cycle, **given)


def give(case: Case, cause: Cause | None) -> None:
    """The answer goes to the complainant: from now on it is the case's latest."""
    case.cause, case.answered_at = cause, timezone.now()


def cause_of(draft: Event) -> Cause | None:
    """The root cause that was given with a draft."""
    resolution = getattr(draft, "resolution", None)
    return resolution.cause if resolution else None
