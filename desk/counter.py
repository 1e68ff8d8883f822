"""At the counter: staff file for somebody who came, called or wrote."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import tracking, uploads
from casework.access import can_file_for_others, can_see
from casework.models import Case, Channel
from desk.printed import in_their_language, printed
from workflows import filing, receipts, shown
from workflows.errors import Invalid
from workflows.forms.base import Words
from workflows.forms.filing import StaffFilingForm
from workflows.resent import worth_taking

#: Under what the browser keeps what is typed; no reference of a case.
DRAFT = "counter"
#: What comes back with it. Names and contacts are never kept in a browser that others use too.
BESIDE = "subject kind service address occurred_on channel received_at language"
NOT_KEPT = gettext_lazy(
    "Your draft is back, without names, contacts and files. Fill these in again."
)
#: Where the complainant does not see the page, what leads back to the case is read out.
READ_OUT = (Channel.PHONE, Channel.WHATSAPP)


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: StaffRequest) -> HttpResponse:
    if not can_file_for_others(request.user):
        raise Http404
    if request.method != "POST":
        usual = {"channel": Channel.COUNTER, "kind": "complaint", "language": "id"}
        return _page(request, StaffFilingForm(initial=usual), _tokens(request))
    tokens = _tokens(request)
    refusals = _take_files(request, "files", tokens["token"], tokens["upload"])
    refusals += _take_files(request, "proof_files", tokens["token"], tokens["proof_upload"])
    form = StaffFilingForm(request.POST)
    if refusals:
        return _page(request, form, tokens, refusals=refusals, status=422)
    try:
        said = request.POST.dict() | tokens
        filed = filing.file(said, by=request.user, token=tokens["token"])
    except Invalid as refusal:
        form.errors.update(refusal.errors)
        return _page(request, form, tokens, status=422)
    except filing.KeyReused as refusal:
        # Sent again as it stands now, it is a complaint of its own.
        tokens["token"] = uploads.new_token()
        return _page(request, form, tokens, already=refusal, status=409)
    told = _("Filed: %(reference)s") % {"reference": filed.case.reference}
    messages.success(request, told, extra_tags=f"{DRAFT} text")
    return redirect("desk:receipt", filed.case.reference)


def _tokens(request: StaffRequest) -> dict[str, str]:
    """The form's own token, that of its files and that of its scans; fresh ones where missing."""
    names = ("token", "upload", "proof_upload")
    return {name: request.POST.get(name) or uploads.new_token() for name in names}


def _take_files(request: StaffRequest, field: str, token: str, upload: str) -> list[str]:
    return uploads.stage_all(worth_taking(request.FILES.getlist(field), token, upload), upload)


def _page(
    request: StaffRequest,
    form: StaffFilingForm,
    tokens: dict[str, str],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    form.fields["text"].widget.attrs |= Words.kept_as(f"{DRAFT} text") | {
        "data-draft-beside": BESIDE,
        "data-draft-tells": "not-kept",
        "data-restored": NOT_KEPT,
    }
    context = {
        "form": form,
        "not_kept": NOT_KEPT,
        **tokens,
        **more,
        "files": uploads.staged(tokens["upload"]) if request.POST else [],
        "scans": uploads.staged(tokens["proof_upload"]) if request.POST else [],
        "in_hand": receipts.in_hand(request.user),
    }
    return render(request, "desk/file.html", context, status=status)


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The receipt, again and again, for the clerk who files, until it is handed over."""
    kept = receipts.of_clerk(request.user, reference)
    if request.method == "POST":
        receipts.hand_over(kept)
        return redirect("desk:receipt", kept.case.reference)
    return render(request, "desk/receipt.html", _receipt(request, kept.case, kept))


def _receipt(request: StaffRequest, case: Case, kept: Any) -> dict[str, Any]:
    secret = tracking.in_groups(receipts.secret_of(kept))
    visible = can_see(request.user, case)
    # Whoever typed the name in may put it on the receipt, as long as that is in their hands.
    named = case.complainant if secret and case.filed_by_id == request.user.pk else None
    said: dict[str, Any] = {"secret": secret, "anew": kept.anew}
    said |= {"addressee": named} if named else {}
    is_heard = case.channel in READ_OUT and not kept.anew
    letter = ""
    if secret or visible:
        with in_their_language(case):
            said["promise"] = shown.promised_by(case)
        letter = printed(request, case, "desk/letters/receipt.html", said)
    return {
        "case": case,
        "secret": secret,
        "letter": letter,
        "read_out": [case.reference, *secret.split()] if is_heard and secret else [],
        "visible": visible,
    }
