"""At the counter: staff file for somebody who came, called or wrote."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import uploads
from casework.access import can_file_for_others, can_see
from workflows import filing
from workflows.errors import Invalid
from workflows.forms.filing import StaffFilingForm


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: StaffRequest) -> HttpResponse:
    if not can_file_for_others(request.user):
        raise Http404
    if request.method != "POST":
        return _page(request, StaffFilingForm(initial={"channel": "counter", "kind": "complaint"}))
    token, upload = request.POST.get("token", ""), request.POST.get("upload", "")
    refusals = uploads.stage_all(request.FILES.getlist("files"), upload)
    form = StaffFilingForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, form, refusals=refusals, status=422)
    try:
        filed = filing.file(request.POST.dict(), by=request.user, token=token)
    except Invalid as refusal:
        form.errors.update(refusal.errors)
        return _page(request, form, status=422)
    except filing.KeyReused as refusal:
        form.add_error(None, str(refusal.title))
        return _page(request, form, status=422)
    secret = filed.secret or ""
    context = {
        "case": filed.case,
        "secret": " ".join(secret[i : i + 4] for i in range(0, 16, 4)),
        "visible": can_see(request.user, filed.case),
    }
    return render(request, "desk/filed.html", context)


def _page(
    request: StaffRequest,
    form: StaffFilingForm,
    *,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "refusals": refusals,
        "token": request.POST.get("token") or uploads.new_token(),
        "upload": request.POST.get("upload") or uploads.new_token(),
    }
    return render(request, "desk/file.html", context, status=status)
