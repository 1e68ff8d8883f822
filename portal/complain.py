"""Filing a complaint, and its receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from casework import uploads
from portal.languages import asks_for_language, in_language
from portal.steps import (
    FIELDS,
    IDENTITIES,
    STEPS,
    Step,
    carried,
    form_of,
    number_of,
    step_with_error,
    told,
)
from portal.tokens import is_sound, token_of
from workflows import filing
from workflows.errors import Invalid


# Not `never_cache`: from a page that the browser may not keep, nobody can go back to a step.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """One step of the filing; the last one files."""
    if request.method != "POST":
        return _start(request)
    data = told(request.POST)
    at = number_of(request.POST.get("step", ""))
    if not all(is_sound(request.POST.get(name, "")) for name in ("token", "upload")):
        # The same step again, with fresh tokens: nothing could be sent under these.
        return _page(request, STEPS[at], data)
    if asks_for_language(request):
        return in_language(request, lambda: _unchecked(request, STEPS[at], data))
    go = request.POST.get("go", "next")
    if go == "back":
        return _page(request, STEPS[max(at - 1, 0)], data)
    if go.startswith("to-"):
        return _page(request, STEPS[number_of(go[3:])], data)
    return _go_on(request, at, data)


def _start(request: HttpRequest) -> HttpResponse:
    """The first step; nobody is asked anything while no unit could receive it."""
    if Unit.objects.receiving() is None:
        return render(request, "portal/closed.html")
    return _page(request, STEPS[0], QueryDict())


def _unchecked(request: HttpRequest, step: Step, data: QueryDict) -> HttpResponse:
    """The step as it was typed."""
    refusals = _take_files(request) if step.name == "files" else None
    return _page(request, step, data, refusals=refusals)


def _go_on(request: HttpRequest, at: int, data: QueryDict) -> HttpResponse:
    """Check the answers of a step; on to the next one, or send."""
    step = STEPS[at]
    if step.name == "files" and (refusals := _take_files(request)) is not None:
        return _page(request, step, data, refusals=refusals)
    if not form_of(step, data).is_valid():
        return _page(request, step, data, wrong=True)
    return _send(request, data) if step.name == "check" else _page(request, STEPS[at + 1], data)


def _take_files(request: HttpRequest) -> list[str] | None:
    """Stage or remove files. None when the step is done, else what was refused."""
    token = request.POST.get("upload", "")
    if pk := request.POST.get("remove", ""):
        uploads.discard(token, int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
        return []
    # A page that is loaded again sends a shrunk photo empty: it is there already.
    there = {file.name for file in uploads.staged(token)}
    files = [file for file in request.FILES.getlist("files") if file.size or file.name not in there]
    refusals = uploads.stage_all(files, token)
    more = request.POST.get("go") == "add"
    return refusals if refusals or more else None


def _send(request: HttpRequest, data: QueryDict) -> HttpResponse:
    token = data.get("token", "")
    payload = {name: data.get(name, "") for name in (*FIELDS, "upload")}
    try:
        filing.file(payload, token=token)
    except Invalid as refusal:
        step = step_with_error(refusal.errors)
        return _page(request, step, data, wrong=True)
    except filing.KeyReused:
        raise Http404 from None  # the token of another program's filing: no form of ours has it
    return redirect("portal:receipt", token)


def _page(
    request: HttpRequest,
    step: Step,
    data: QueryDict,
    *,
    wrong: bool = False,
    refusals: list[str] | None = None,
) -> HttpResponse:
    token, upload = token_of(data, "token"), token_of(data, "upload")
    answered = wrong or any(data.get(name) for name in step.fields)
    form = form_of(step, data if answered else None)
    if answered and not wrong:
        form.is_valid()
    context: dict[str, Any] = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "form": form,
        "carried": carried(step, data) | {"token": token, "upload": upload},
        "refusals": refusals,
        "files": uploads.staged(upload) if step.name in ("files", "check") else [],
        "answers": _answers(data) if step.name == "check" else [],
    }
    return render(request, "portal/step.html", context, status=422 if wrong or refusals else 200)


def _answers(data: QueryDict) -> list[tuple[Step, list[str]]]:
    """What was answered, step by step, in words."""
    return [(step, [words for words in _said(step, data) if words]) for step in STEPS[:-1]]


def _said(step: Step, data: QueryDict) -> list[str]:
    form = form_of(step, data)
    form.is_valid()
    return [_in_words(name, form.cleaned_data.get(name)) for name in step.fields]


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "l j F Y")
    return str(IDENTITIES[value][0] if name == "identity" and value else value or "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Reference and secret, again and again, until the citizen says that they have it."""
    if request.method == "POST":
        filing.forget_secret(token)
        return redirect("portal:receipt", token)
    try:
        filed = filing.filed_before(token)
    except filing.KeyReused:
        filed = None
    if filed is None:
        raise Http404
    secret = filed.secret or ""
    groups = " ".join(secret[i : i + 4] for i in range(0, 16, 4))
    address = f"{settings.BASE_URL}{reverse('portal:track')}?reference={filed.case.reference}"
    context = {"case": filed.case, "secret": groups if secret else "", "qr": _qr(address)}
    return render(request, "portal/receipt.html", context)


def _qr(address: str) -> SafeString:
    """The tracking address as an inline SVG: drawn by segno, nothing of it is anybody's text."""
    return SafeString(segno.make(address, error="m").svg_inline(omitsize=True, svgclass=None))
