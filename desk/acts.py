"""Acting on a case: GET asks what the act needs, POST acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import timeline, uploads
from casework.access import NoSuchCase, can_see, visible_case
from casework.models import Case, Event
from desk.asked import asked
from desk.cases import RELATED, entries, who_did
from desk.dues import dues_beside
from desk.exits import label_of
from workflows import deadlines, receipts
from workflows.actions import act, acts_for, form_for
from workflows.answers import is_for_a_colleague, waiting_for_a_word
from workflows.deeds import EXITS, VERBS
from workflows.errors import Forbidden, Invalid, Refused, Stale, Unlawful
from workflows.forms.answer import RespondForm
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
        # A key in the queue leads here without asking first (rows.js).
        if name in EXITS or name in VERBS:
            messages.info(request, _("That is not possible on this case now."))
        return redirect("desk:case", case.reference)
    return _form_page(request, case, name, form_for(case, name, request.user))


def _post(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """What was typed comes back also where the case is not, or no longer, in sight."""
    try:
        return _act(request, visible_case(request.user, reference, *RELATED), name)
    except NoSuchCase:
        context = {**_kept(request), "files": bool(request.FILES)}
        return render(request, "desk/gone.html", context, status=404)


def _act(request: StaffRequest, case: Case, name: str) -> HttpResponse:
    if name not in EXITS and name not in VERBS:
        return redirect("desk:case", case.reference)
    refusals = _take_files(request, case, name, "files", "upload")
    refusals += _take_files(request, case, name, "proof_files", "proof_upload")
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
        return _refused(request, case, name, refusal)
    return _onwards(request, done.case, name)


def _kept(request: StaffRequest) -> dict[str, str]:
    """What was typed, and apart from it the lesson, which nobody but staff reads."""
    return {"typed": typed(request.POST), "lesson": request.POST.get("lesson", "").strip()}


def _refused(request: StaffRequest, case: Case, name: str, refusal: Refused) -> HttpResponse:
    """Why it cannot be done, with what was typed; of a secret that is made already, its receipt."""
    if name == "new_secret" and receipts.in_hand_of(request.user, case):
        return redirect("desk:receipt", case.reference)
    case = visible_case(request.user, case.reference)
    context = {"case": case, "reason": refusal.title, **_kept(request)}
    return render(request, "desk/refused.html", context, status=refusal.status)


def _take_files(request: StaffRequest, case: Case, name: str, field: str, token: str) -> list[str]:
    """Stage files of people who may write; they stay with the words where somebody was faster."""
    files = request.FILES.getlist(field)
    if not files or not {name, "note"} & set(acts_for(case, request.user)):
        return []
    return uploads.stage_all(files, request.POST.get(token, ""))


#: For whom the words of the composer are, by the act that sends them: its drafts are kept apart.
COMPOSED = {"respond": "public", "message": "public", "note": "note"}


def _draft(case: Case, name: str) -> str:
    """Under what the browser keeps the words of an act; those of the composer are also its own."""
    return f"{case.reference} {COMPOSED.get(name, name)}"


def _done_with(case: Case, name: str) -> str:
    """What is on record now: of a message the words alone, for a lesson waits for the answer."""
    return f"{_draft(case, name)}:text" if name == "message" else _draft(case, name)


def _onwards(request: StaffRequest, case: Case, name: str) -> HttpResponse:
    """Back to the case, or to the queue where the case is no longer mine to see."""
    said = {"reference": case.reference, "stage": case.get_stage_display()}
    sent = _("Done. %(reference)s: %(stage)s.") % said
    messages.success(request, sent, extra_tags=_done_with(case, name))
    if name == "new_secret":
        return redirect("desk:receipt", case.reference)
    if can_see(request.user, case):
        return redirect("desk:case", case.reference)
    return redirect("desk:queue")


def _stale_page(request: StaffRequest, reference: str, name: str, stale: Stale) -> HttpResponse:
    """Who did what meanwhile, with all that was given: the form again, or else the words."""
    case = visible_case(request.user, reference, *RELATED)
    acts = acts_for(case, request.user)
    newest = stale.meanwhile[0] if stale.meanwhile else None
    context = {
        "label": label_of(name, case, request.user),
        "who": _who_was_faster(newest, request.user),
        "newest": newest,
        "meanwhile": entries(stale.meanwhile, request.user),
        **_kept(request),
    }
    again = _to_send_again(request, name, acts)
    form = form_for(case, again, request.user) if again else None
    if form and form.visible_fields():
        form.initial = {**form.initial, **_given_for(again, name, request.POST)}
        context["as_heard"] = again != name
        return _form_page(request, case, again, form, status=409, overtaken=context)
    upload = request.POST.get("upload") or uploads.new_token()
    context |= {
        "case": case,
        "upload": upload,
        "files": uploads.staged(upload),
        "again": [(n, label_of(n, case, request.user)) for n in COMPOSED if n in acts],
    }
    return render(request, "desk/stale.html", context, status=409)


def _who_was_faster(newest: Event | None, user: User) -> str:
    """Whose hand it was: a colleague's, also where they recorded what the complainant said."""
    if newest is None or newest.actor_id == user.pk:
        return ""
    return newest.actor.display_name if newest.actor else who_did(newest)


def _to_send_again(request: StaffRequest, name: str, acts: list[str]) -> str:
    """The act in whose form everything fits that was given: itself where it is still lawful.

    A scan hangs on a proof alone, where it is protected: what somebody said, and how they proved
    it, can be noted whatever became of the case. Empty: words alone are left, for the composer.
    """
    if name in acts:
        alone = name in COMPOSED and not _says_more(name, request.POST)
        return "" if alone else name
    scans = uploads.staged(request.POST.get("proof_upload", ""))
    proven = request.POST.get("proof", "").strip() or scans.exists()
    return "heard" if proven and "heard" in acts else ""


def _says_more(name: str, data: QueryDict) -> bool:
    """Whether an answer came with what is for staff alone: its own form has room for that."""
    return name == "respond" and any(data.get(field) for field in RespondForm.inside)


def _given_for(again: str, name: str, data: QueryDict) -> dict[str, Any]:
    """What was given for an act; in the form of another one, as what the complainant said."""
    given: dict[str, Any] = data.dict()
    return given if again == name else given | {"text": given.get("text") or given.get("reason")}


def _form_page(
    request: StaffRequest, case: Case, name: str, form: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    _keep_words(form, _draft(case, name))
    how = [form[field] for field in ("channel", "proof") if "proof" in form.fields]
    inside = form.inside_fields() if isinstance(form, RespondForm) else []
    tokens = {name: request.POST.get(name) or uploads.new_token() for name in _TOKENS}
    context = {
        "case": case,
        "name": name,
        "label": label_of(name, case, request.user),
        "form": form,
        "own": [field for field in form.visible_fields() if field not in (*how, *inside)],
        "inside": inside,
        "needed": bool(inside) and form.is_needed,
        "how": how,
        "files": uploads.staged(tokens["upload"]) if request.POST else [],
        "scans": uploads.staged(tokens["proof_upload"]) if request.POST else [],
        "asked": entries(asked(case, name), request.user),
        "said_to_them": _said_to_them(case, request.user) if how else [],
        "for_a_colleague": is_for_a_colleague(request.user, case),
        "dues": dues_beside(case, timezone.now()) if name in _ABOUT_DATES else [],
        "takes_files": "text" in form.fields and "upload" in form.fields,
        **tokens,
        **more,
    }
    return render(request, "desk/act.html", context, status=status)


def _said_to_them(case: Case, reader: User) -> list[dict[str, Any]]:
    """What the complainant answers, whose answer is typed in: one line of the history, or none."""
    stands = waiting_for_a_word(timeline.shown_to_citizen(case))
    return entries([stands], reader) if stands else []


#: Whoever moves a date, or says why one was missed, has it in sight.
_ABOUT_DATES = (*deadlines.VERBS, "classify")
#: Of the words' own files, and of what proves that somebody said them.
_TOKENS = ("upload", "proof_upload")


def _keep_words(form: Any, draft: str) -> None:
    """Have the browser keep what is typed: a session may end while somebody writes."""
    inside = form.inside if isinstance(form, RespondForm) else ()
    for name, field in form.fields.items():
        if isinstance(field, Words) and name not in inside:
            beside = {"data-draft-beside": " ".join(inside)} if inside else {}
            field.widget.attrs |= Words.kept_as(draft) | beside
