"""The citizen's acts on their case: GET asks, POST acts. What was typed is never lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.throttles import TooMany, address_of
from casework import timeline, uploads
from casework.limits import count_files
from casework.models import Case
from portal import asks
from portal.attached import take_back
from portal.case import entry, question_of
from portal.languages import asks_for_language, in_language
from portal.patience import in_a_while
from portal.signed import actor_of, by_link, case_of
from portal.tokens import is_sound, token_of
from workflows.actions import act, acts_for
from workflows.errors import Forbidden, Invalid, Refused, Stale, Unlawful
from workflows.posted import posted, typed
from workflows.windows import WAYS_ON


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def act_page(request: HttpRequest, case: Case, token: str, name: str) -> HttpResponse:
    """One act of the citizen."""
    try:
        return _answer(request, case, token, name)
    except TooMany as refusal:
        seen = request.POST.get("seen", "")
        page = _form_page(request, case, token, name, seen=seen, too_many=refusal)
        return in_a_while(page, refusal.wait)


def _answer(request: HttpRequest, case: Case, token: str, name: str) -> HttpResponse:
    if request.method == "POST" and not asks_for_language(request):
        return _act(request, case, token, name)
    if name not in acts_for(case, actor_of(case)):
        return redirect("portal:case", token)
    if request.method == "POST":
        return in_language(request, lambda: _unchecked(request, case, token, name))
    return _form_page(request, case, token, name)


def _unchecked(request: HttpRequest, case: Case, token: str, name: str) -> HttpResponse:
    """The form with what was typed; what it has not seen stays unseen."""
    refusals, form = _stage_files(request, case), asks.form_of(case, name)
    form.initial = {**form.initial, **request.POST.dict()}
    seen = request.POST.get("seen", "")
    return _form_page(request, case, token, name, form=form, seen=seen, refusals=refusals)


def _act(request: HttpRequest, case: Case, token: str, name: str) -> HttpResponse:
    lawful = name in acts_for(case, actor_of(case))
    if lawful and "remove" in request.POST:
        take_back(request.POST)
        return _unchecked(request, case, token, name)
    if lawful and (refusals := _stage_files(request, case)):
        return _form_page(request, case, token, name, status=422, refusals=refusals)
    seen, payload = posted(request.POST)
    try:
        act(case, name, actor_of(case), seen=seen, **payload)
    except Invalid:
        return _form_page(request, case, token, name, status=422)
    except Stale as stale:
        meanwhile = [entry(event) for event in stale.meanwhile]
        return _stale(request, token, name, meanwhile)
    except (Unlawful, Forbidden) as refusal:
        return _not_sent(request, case, token, refusal)
    messages.success(request, _("Thank you. We have it."))
    return redirect("portal:case", token)


def _stale(request: HttpRequest, token: str, name: str, meanwhile: list) -> HttpResponse:
    """Something happened meanwhile: the form again where the act is still lawful."""
    case = case_of(token)
    if name in acts_for(case, actor_of(case)):
        return _form_page(request, case, token, name, status=409, meanwhile=meanwhile)
    return _not_sent(request, case, token, Stale([]), meanwhile=meanwhile)


def _not_sent(
    request: HttpRequest, case: Case, token: str, refusal: Refused, **more: Any
) -> HttpResponse:
    """Refused: back to the case, or, where something was written, a page that shows it.

    Neither has a form that would send what was attached.
    """
    if is_sound(upload := request.POST.get("upload", "")):
        uploads.discard_all(upload)
    words = typed(request.POST)
    if not words:
        messages.error(request, str(refusal.title))
        return redirect("portal:case", token)
    acts = acts_for(case, actor_of(case))
    context = {"case": case, "token": token, "acts": acts, "typed": words, "reason": refusal.title}
    return render(request, "portal/not_sent.html", context | more, status=refusal.status)


def _stage_files(request: HttpRequest, case: Case) -> list[str]:
    files, here = request.FILES.getlist("files"), address_of(request)
    count_files(files, here, case=str(case.pk))
    if files and not is_sound(request.POST.get("upload", "")):
        return [str(Refused.title)]
    return uploads.stage_all(files, request.POST["upload"], here) if files else []


def _way_on(case: Case) -> dict[str, Any]:
    """What goes further than a message does after the end."""
    acts = acts_for(case, actor_of(case)) if case.is_final else []
    return asks.way_on(next((way for way in WAYS_ON if way in acts), ""))


def _form_page(
    request: HttpRequest,
    case: Case,
    token: str,
    name: str,
    *,
    form: forms.Form | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    form = form or asks.form_of(case, name, request.POST if request.method == "POST" else None)
    upload = token_of(request.POST, "upload")
    events = list(timeline.shown_to_citizen(case)) if name == "answered" else []
    context = {
        "case": case,
        "token": token,
        "seen": case.last_event_id,
        "ask": asks.ASKS[name],
        "way_on": _way_on(case) if name == "message" else {},
        "form": form,
        "upload": upload,
        "question": question_of(events),
        "takes_files": "text" in form.fields and name != "rate",
        "files": uploads.staged(upload) if request.POST else [],
        **more,
    }
    return render(request, "portal/act.html", context, status=status)
