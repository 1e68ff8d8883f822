"""The case page and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import timeline, uploads
from casework.access import (
    can_look_at_identity,
    can_see,
    is_cleared,
    opens_files,
    sees_contacts,
    visible_case,
    visible_file,
)
from casework.access_log import log_read, opened_until
from casework.conflicts import people_of, was_drafted_by_them
from casework.labels import staff_label
from casework.models import Audience, Case, Event
from desk.dues import dues_of
from desk.exits import exits_for
from desk.lateness import waiting_for
from desk.particulars import Names, names_in, particulars, way_in
from notifications import tray
from workflows import receipts, telling
from workflows.actions import acts_for, form_for
from workflows.answers import is_for_a_colleague
from workflows.drawing import flow_svg
from workflows.reissue import is_asked
from workflows.windows import way_on_after

#: What every case page says; what few cases have is asked for these.
RELATED = ("unit", "category", "complainant", "assignee")
_ICONS = {
    "citizen": "person",
    "internal": "lock",
    "ask": "ask",
    "hold": "pause",
    "timeout": "clock",
    "remind": "bell",
    **dict.fromkeys(("late", "escalated"), "late"),
    **dict.fromkeys(("warned", "due_moved", "extend", "ask_extension"), "clock"),
    **dict.fromkeys(("set_deadline", "lift_deadline", "retarget"), "clock"),
    "promise": "calendar",
    "keep": "check",
}


@staff_page
@never_cache
@require_safe
def case_page(request: StaffRequest, reference: str) -> HttpResponse:
    case = visible_case(request.user, reference, *RELATED)
    # Looking changes nothing: a page that somebody opens marks its news as read by a POST of its
    # own, which neither a scanner of links nor a page that renews itself sends.
    news = not request.htmx and tray.has_news(request.user, case)
    context = page_context(request, case) | {"news": news}
    if request.htmx and request.GET.get("seen") != str(case.last_event_id):
        context["said"] = _in_a_word(context["entries"][0])
    return render(request, "desk/case.html", context)


def _in_a_word(newest: dict[str, Any]) -> str:
    """The newest line of the history, to be said while the page renews itself."""
    who = newest["who"]
    return f"{newest['label']}, {who}" if who else str(newest["label"])


def page_context(request: StaffRequest, case: Case) -> dict[str, Any]:
    """Everything that the case page shows."""
    acts = acts_for(case, request.user)
    joined = list(Case.objects.visible_to(request.user).filter(merged_into=case).order_by("pk"))
    for other in joined:  # the page tells their history, too
        log_read(request.user, other)
    mode = request.GET.get("mode", "")
    events = list(timeline.shown_to_staff(case, joined))
    ways = exits_for(acts, case, request.user)
    writes = [m for m in ("public", "note") if m == "note" or "message" in acts]
    return {
        "case": case,
        "acts": acts,
        "exits": [way for way in ways if not way.folded],
        "folded": [way for way in ways if way.folded],
        "way_on": way_on_after(case, acts, _last_public(case, events)),
        "mode": mode if mode in writes else writes[0],
        "may_write": "note" in acts,
        "upload": uploads.new_token(),
        "answer": form_for(case, "respond", request.user) if "respond" in acts else None,
        "entries": entries(events, request.user),
        "into": case.merged_into if _goes_on_in_sight(case, request.user) else None,
        "joined": joined,
        "by_hand": _told_by_hand(case, request.user) if case.untold_at else [],
        "for_a_colleague": is_for_a_colleague(request.user, case),
        "flow": flow_svg(case, [event for event in reversed(events) if event.case_id == case.pk]),
        "about_people": people_of(case),
        "partial_draft": was_drafted_by_them(case),
        "contacts": sees_contacts(request.user, case),
        "in_hand": receipts.in_hand_of(request.user, case),
        "secret_waits": is_asked(case),
        "may_look": can_look_at_identity(request.user, case),
        **_lateness(request.user, case, acts, events),
        "until": None if is_cleared(request.user, case) else opened_until(request.user, case),
        **dues_of(case, events, timezone.now()),
    }


def _last_public(case: Case, events: list[Event]) -> Event | None:
    """The newest event that the complainant sees. `events`: the newest first, merged ones too."""
    shown = (e for e in events if e.case_id == case.pk and e.audience != Audience.INTERNAL)
    return next(shown, None)


def _lateness(
    reader: User, case: Case, acts: list[str], events: list[Event]
) -> dict[str, list[Any]]:
    """What about due dates waits for the reader, as the page tells it."""
    waiting = waiting_for(reader, case, acts, events)
    told = {name: entries(waiting[name], reader) for name in ("reasons", "requests")}
    return {"unexplained": waiting["unexplained"], **told}


def _told_by_hand(case: Case, user: User) -> list[Case]:
    """Whose letters this user prints: of those that they may see."""
    return list(telling.hearers(case).filter(pk__in=Case.objects.visible_to(user)).order_by("pk"))


def _goes_on_in_sight(case: Case, user: User) -> bool:
    """Whether the case was merged into one that this user may see too."""
    return case.merged_into is not None and can_see(user, case.merged_into)


def entries(events: Iterable[Event], reader: User) -> list[dict[str, Any]]:
    """The lines of a timeline: whose each is, what it is called, how it looks."""
    events = list(events)
    names = names_in(events, reader)
    return [_entry(event, names) | {"opens_files": opens_files(reader, event)} for event in events]


def _entry(event: Event, names: Names) -> dict[str, Any]:
    kind, said = _kind_of(event), particulars(event, names)
    label = f"{staff_label(event)} {way_in(event)}".rstrip()
    return {
        "event": event,
        "prints": telling.is_news(event) and bool(event.text),
        "kind": kind,
        "icon": _ICONS.get(kind) or _ICONS.get(event.kind) or ("reply" if event.text else "move"),
        "label": f"{label}: {said}" if said else label,
        "resolution": getattr(event, "resolution", None) if event.kind == "respond" else None,
        # Who recorded it is in the label; without words, that the complainant said it is too.
        "who": "" if kind == "system" and "on_behalf" in event.data else who_did(event),
    }


def who_did(event: Event) -> str:
    """Whose act it is; the complainant's, also where staff typed it in. Empty: time acted."""
    if event.is_theirs:
        return str(_("Complainant"))
    return event.actor.display_name if event.actor else ""


def _kind_of(event: Event) -> str:
    if not (event.text or event.attachments.all()):
        return "system"
    if event.is_theirs:
        return "citizen"
    return "public" if event.audience == Audience.PUBLIC else "internal"


@staff_page
@require_safe
def download(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """A file of the case, and of no other."""
    case = visible_case(request.user, reference)
    return uploads.as_response(visible_file(request.user, case, pk))
