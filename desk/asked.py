"""What a colleague wrote to which an act answers: it is shown with the form of the act."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import Case, Event
from workflows.clocks import reading
from workflows.forms.clocks import extension_asked, promised_in


def asked(case: Case, name: str) -> list[Event]:
    """Requests, reasons or promises; of most acts nothing."""
    return _ASKED[name](case) if name in _ASKED else []


def _secret(case: Case) -> list[Event]:
    return list(_newest_first(case, "ask_secret")[:1])


def _more_time(case: Case) -> list[Event]:
    request = extension_asked(case)
    return [request] if request else []


def _reasons(case: Case) -> list[Event]:
    """Of each late clock that waits for a supervisor, the reason that stands."""
    waiting = {each.id for each in reading.unaccepted(case)}
    given = _newest_first(case, "explain_late").filter(data__clock__in=waiting)
    return list({event.data["clock"]: event for event in reversed(given)}.values())


def _promises(case: Case) -> list[Event]:
    """Of several, the form says which there are."""
    promised = list(promised_in(case).values())
    return promised if len(promised) == 1 else []


def _newest_first(case: Case, kind: str):
    events = case.events.filter(kind=kind).select_related("body", "actor")
    return events.prefetch_related("attachments").order_by("-number")


_ASKED: dict[str, Callable[[Case], list[Event]]] = {
    "approve_secret": _secret,
    "refuse_secret": _secret,
    "extend": _more_time,
    "accept_late": _reasons,
    "return_late": _reasons,
    "keep": _promises,
}
