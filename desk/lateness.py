"""What about due dates waits for whoever opens a case: a reason to give, to judge, more time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from casework.models import Case, Event
from workflows.clocks import reading


def waiting_for(
    reader: User, case: Case, acts: Iterable[str], events: Iterable[Event]
) -> dict[str, list[Any]]:
    """Late clocks that the reader can explain; events to judge or to grant. Asks nothing new.

    `events`: the history as the page shows it, the newest first; those of merged cases too.
    """
    history = [event for event in events if event.case_id == case.pk]
    return {
        "unexplained": reading.unexplained(case) if "explain_late" in acts else [],
        "reasons": _reasons(reader, case, history) if "accept_late" in acts else [],
        "requests": _requests(reader, case, history) if "extend" in acts else [],
    }


def _reasons(reader: User, case: Case, history: list[Event]) -> list[Event]:
    """Those that somebody else gave."""
    waiting = {each.id for each in reading.unaccepted(case)}
    given = (event for event in reversed(history) if event.kind == "explain_late")
    newest = {e.data["clock"]: e for e in given if e.data["clock"] in waiting}
    return [event for event in newest.values() if event.actor_id != reader.pk]


def _requests(reader: User, case: Case, history: list[Event]) -> list[Event]:
    """The newest of somebody else that nobody answered, and that can still be granted."""
    newest = next((e for e in history if e.kind in ("ask_extension", "extend")), None)
    if newest is None or newest.kind == "extend" or newest.actor_id == reader.pk:
        return []
    still = {each.id for each in reading.extendable(case)}
    return [newest] if newest.data["clock"] in still else []
