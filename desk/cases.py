"""The case page and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import timeline, uploads
from casework.access import can_see, sees_contacts, visible_case
from casework.labels import staff_label
from casework.models import Audience, Case, Event
from desk.exits import exits_for
from desk.particulars import Names, names_in, particulars, way_in
from notifications import tray
from workflows.actions import acts_for
from workflows.drawing import flow_svg

RELATED = ("unit", "category", "service", "complainant", "assignee", "filed_by", "merged_into")
_ICONS = {
    "citizen": "person",
    "internal": "lock",
    "ask": "ask",
    "hold": "pause",
    "timeout": "clock",
    "remind": "bell",
}


@staff_page
@never_cache
@require_safe
def case_page(request: StaffRequest, reference: str) -> HttpResponse:
    case = visible_case(request.user, reference, *RELATED)
    if not request.htmx:  # a page that renews itself is not one that somebody opens
        tray.mark_read(request.user, case)
    return render(request, "desk/case.html", page_context(request, case))


def page_context(request: StaffRequest, case: Case) -> dict[str, Any]:
    """Everything that the case page shows."""
    acts = acts_for(case, request.user)
    joined = list(Case.objects.visible_to(request.user).filter(merged_into=case).order_by("pk"))
    mode = request.GET.get("mode", "")
    events = list(timeline.shown_to_staff(case, joined))
    writes = [m for m in ("public", "note") if m == "note" or "message" in acts]
    return {
        "case": case,
        "acts": acts,
        "exits": exits_for(acts, case),
        "mode": mode if mode in writes else writes[0],
        "may_write": "note" in acts,
        "upload": uploads.new_token(),
        "entries": entries(events, request.user),
        "into": case.merged_into if _goes_on_in_sight(case, request.user) else None,
        "joined": joined,
        "flow": flow_svg(case, [event for event in reversed(events) if event.case_id == case.pk]),
        "contacts": sees_contacts(request.user, case),
    }


def _goes_on_in_sight(case: Case, user: User) -> bool:
    """Whether the case was merged into one that this user may see too."""
    return case.merged_into is not None and can_see(user, case.merged_into)


def entries(events: Iterable[Event], reader: User) -> list[dict[str, Any]]:
    """The lines of a timeline: whose each is, what it is called, how it looks."""
    events = list(events)
    names = names_in(events, reader)
    return [_entry(event, names) for event in events]


def _entry(event: Event, names: Names) -> dict[str, Any]:
    kind, said = _kind_of(event), particulars(event, names)
    label = f"{staff_label(event)} {way_in(event)}".rstrip()
    return {
        "event": event,
        "kind": kind,
        "icon": _ICONS.get(kind) or _ICONS.get(event.kind) or ("reply" if event.text else "move"),
        "label": f"{label}: {said}" if said else label,
        # Who recorded it is in the label; without words, that the complainant said it is too.
        "who": "" if kind == "system" and "on_behalf" in event.data else who_did(event),
    }


def who_did(event: Event) -> str:
    """Whose act it is; the complainant's, also where staff typed it in. Empty: time acted."""
    if event.actor_kind == "citizen" or "on_behalf" in event.data:
        return str(_("Complainant"))
    return event.actor.display_name if event.actor else ""


def _kind_of(event: Event) -> str:
    if not event.text:
        return "system"
    if event.actor_kind == "citizen" or "on_behalf" in event.data:
        return "citizen"
    return "public" if event.audience == Audience.PUBLIC else "internal"


@staff_page
@require_safe
def download(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """A file of the case, and of no other."""
    case = visible_case(request.user, reference)
    found = case.attachments.filter(pk=pk).first()
    if found is None:
        raise Http404
    return uploads.as_response(found)
