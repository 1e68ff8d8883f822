"""The citizen's own case: finding it, reading it, acting on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework import links, timeline, tracking, uploads
from casework.access import NoSuchCase
from casework.actors import CitizenActor
from casework.labels import citizen_label
from casework.models import Audience, Case
from portal import words
from portal.tokens import is_sound, token_of
from workflows.actions import act, acts_for, form_for
from workflows.errors import Forbidden, Invalid, Refused, Stale, Unlawful
from workflows.posted import posted

#: How long the link lasts that tracking by reference and secret opens.
VISIT = timedelta(hours=12)
_ICONS = {
    "citizen": "person",
    "ask": "ask",
    "respond": "reply",
    "approve": "reply",
    "message": "reply",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Reference and secret open the case by a link of its own."""
    reference = request.POST.get("reference") or request.GET.get("reference", "")
    if request.method != "POST":
        return render(request, "portal/track.html", {"reference": reference})
    try:
        case = tracking.find(reference, request.POST.get("secret", ""))
    except NoSuchCase:
        context = {"reference": reference, "unknown": True}
        return render(request, "portal/track.html", context, status=422)
    return redirect("portal:case", links.link_for(case, VISIT))


def _case(token: str) -> Case:
    """The case of a link; a merged one shows what became of its target."""
    return links.case_of(token, "category", "active_task", "merged_into")


@never_cache
@require_safe
def case_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        case = _case(token)
    except NoSuchCase:
        return render(request, "portal/no_link.html", status=404)
    actor = CitizenActor(case.pk)
    events = list(timeline.shown_to_citizen(case))
    context = {
        "case": case,
        "token": token,
        "acts": acts_for(case, actor),
        "road": words.road(case.merged_into or case),
        "sentence": words.sentence(case),
        "deadline": words.deadline(case),
        "ombudsman": words.ombudsman(case),
        "answer": _answer(case, events),
        "entries": [_entry(event) for event in events],
    }
    return render(request, "portal/case.html", context)


def _answer(case: Case, events: list[Any]) -> Any:
    """Our latest answer, unless it was taken back or disputed since."""
    shown = events
    if case.merged_into:
        shown = list(timeline.shown_to_citizen(case.merged_into))
    for event in shown:
        if event.kind in ("recall", "dispute", "reopen"):
            return None
        if event.kind in ("respond", "approve"):
            return event
    return None


def _entry(event: Any) -> dict[str, Any]:
    """One line of the history. Of a bare step the citizen reads the label, never the words."""
    theirs = event.actor_kind == "citizen" or "on_behalf" in event.data
    said = event.tells_citizen
    kind = "citizen" if theirs and said else "public" if said and event.text else "system"
    icon = _ICONS.get(kind) or _ICONS.get(event.kind, "move")
    return {"event": event, "kind": kind, "icon": icon, "label": citizen_label(event)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One act of the citizen: GET asks, POST acts."""
    case = _case(token)
    actor = CitizenActor(case.pk)
    if request.method != "POST":
        if name not in acts_for(case, actor):
            return redirect("portal:case", token)
        return _form_page(request, case, token, name, form_for(case, name, actor))
    refusals = _stage_files(request)
    if refusals:
        form = form_for(case, name, actor, request.POST)
        return _form_page(request, case, token, name, form, status=422, refusals=refusals)
    return _act(request, case, token, name)


def _act(request: HttpRequest, case: Case, token: str, name: str) -> HttpResponse:
    actor = CitizenActor(case.pk)
    seen, payload = posted(request.POST)
    try:
        act(case, name, actor, seen=seen, **payload)
    except Invalid:
        form = form_for(case, name, actor, request.POST)
        return _form_page(request, case, token, name, form, status=422)
    except Stale as stale:
        form = form_for(case, name, actor, request.POST)
        return _form_page(request, _case(token), token, name, form, status=409, stale=stale)
    except (Unlawful, Forbidden) as refusal:
        messages.error(request, str(refusal.title))
        return redirect("portal:case", token)
    messages.success(request, _("Thank you. We have it."))
    return redirect("portal:case", token)


def _stage_files(request: HttpRequest) -> list[str]:
    files = request.FILES.getlist("files")
    if files and not is_sound(request.POST.get("upload", "")):
        return [str(Refused.title)]
    return uploads.stage_all(files, request.POST["upload"]) if files else []


def _form_page(
    request: HttpRequest,
    case: Case,
    token: str,
    name: str,
    form: Any,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    stale = more.pop("stale", None)
    context = {
        "case": case,
        "token": token,
        "name": name,
        "form": form,
        "upload": token_of(request.POST, "upload"),
        "meanwhile": [_entry(event) for event in stale.meanwhile] if stale else None,
        "takes_files": "text" in form.fields and name != "rate",
        **more,
    }
    return render(request, "portal/act.html", context, status=status)


@require_safe
def download(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A file of the public timeline."""
    case = _case(token)
    found = case.attachments.filter(event__audience=Audience.PUBLIC, pk=pk).first()
    if found is None:
        raise Http404
    return uploads.as_response(found)
