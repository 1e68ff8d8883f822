"""Acting on a case: GET asks what the act needs, POST acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import uploads
from casework.access import NoSuchCase, can_see, visible_case
from casework.models import Case
from desk.cases import RELATED, entries, who_did
from desk.exits import label_of
from workflows.actions import act, acts_for, form_for
from workflows.deeds import EXITS, VERBS
from workflows.errors import Forbidden, Invalid, Stale, Unlawful
from workflows.forms.base import Words
from workflows.posted import posted, typed


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    if request.method == "POST":
        return _post(request, reference, name)
    case = visible_case(request.user, reference, *RELATED)
    if name not in acts_for(case, request.user):
        return redirect("desk:case", case.reference)
    return _form_page(request, case, name, form_for(case, name, request.user))


def _post(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """What was typed comes back also where the case is not, or no longer, in sight."""
    try:
        return _act(request, visible_case(request.user, reference, *RELATED), name)
    except NoSuchCase:
        context = {"typed": typed(request.POST), "files": bool(request.FILES)}
        return render(request, "desk/gone.html", context, status=404)


def _act(request: StaffRequest, case: Case, name: str) -> HttpResponse:
    if name not in EXITS and name not in VERBS:
        return redirect("desk:case", case.reference)
    refusals = _take_files(request, case, name)
    form = form_for(case, name, request.user, request.POST)
    if refusals:
        return _form_page(request, case, name, form, status=422, refusals=refusals)
    seen, payload = posted(request.POST)
    try:
        done = act(case, name, request.user, seen=seen, **payload)
    except Invalid as refusal:
        form.full_clean()
        form.errors.update(refusal.errors)
        return _form_page(request, case, name, form, status=422)
    except Stale as stale:
        return _stale_page(request, case.reference, name, stale)
    except (Forbidden, Unlawful) as refusal:
        case = visible_case(request.user, case.reference)
        context = {"case": case, "reason": refusal.title, "typed": typed(request.POST)}
        return render(request, "desk/refused.html", context, status=refusal.status)
    return _onwards(request, done.case, name)


def _take_files(request: StaffRequest, case: Case, name: str) -> list[str]:
    """Stage files of people who may write; they stay with the words where somebody was faster."""
    files = request.FILES.getlist("files")
    if not files or not {name, "note"} & set(acts_for(case, request.user)):
        return []
    return uploads.stage_all(files, request.POST.get("upload", ""))


#: For whom the words of the composer are, by the act that sends them: its drafts are kept apart.
COMPOSED = {"message": "public", "respond": "public", "note": "note"}


def _draft(case: Case, name: str) -> str:
    """Under what the browser keeps the words of an act; those of the composer are also its own."""
    return f"{case.reference} {COMPOSED.get(name, name)}"


def _onwards(request: StaffRequest, case: Case, name: str) -> HttpResponse:
    """Back to the case, or to the queue where the case is no longer mine to see."""
    said = {"reference": case.reference, "stage": case.get_stage_display()}
    sent = _("Done. %(reference)s: %(stage)s.") % said
    messages.success(request, sent, extra_tags=_draft(case, name))
    if can_see(request.user, case):
        return redirect("desk:case", case.reference)
    return redirect("desk:queue")


def _stale_page(request: StaffRequest, reference: str, name: str, stale: Stale) -> HttpResponse:
    """Who did what meanwhile; what was typed is kept and can be sent in another way."""
    case = visible_case(request.user, reference, *RELATED)
    acts = acts_for(case, request.user)
    newest = stale.meanwhile[0] if stale.meanwhile else None
    context = {
        "case": case,
        "label": label_of(name),
        "who": who_did(newest) if newest and newest.actor_id != request.user.pk else "",
        "newest": newest,
        "meanwhile": entries(stale.meanwhile, request.user),
        "typed": typed(request.POST),
        "upload": (upload := request.POST.get("upload") or uploads.new_token()),
        "files": uploads.staged(upload),
        "again": [(n, label_of(n)) for n in ("respond", "message", "note") if n in acts],
    }
    return render(request, "desk/stale.html", context, status=409)


def _form_page(
    request: StaffRequest, case: Case, name: str, form: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    _keep_words(form, _draft(case, name))
    context = {
        "case": case,
        "name": name,
        "label": label_of(name),
        "form": form,
        "upload": request.POST.get("upload") or uploads.new_token(),
        "takes_files": "text" in form.fields,
        **more,
    }
    return render(request, "desk/act.html", context, status=status)


def _keep_words(form: Any, draft: str) -> None:
    """Have the browser keep what is typed: a session may end while somebody writes."""
    for field in form.fields.values():
        if isinstance(field, Words):
            field.widget.attrs |= {
                "data-module": "draft",
                "data-draft": draft,
                "data-restored": _("Your draft is back."),
            }
