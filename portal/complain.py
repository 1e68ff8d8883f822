"""Filing a complaint, and its receipt."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from accounts.throttles import TooMany, address_of
from casework import tracking, uploads
from casework.limits import FILING, TRIES, count_files
from casework.models import Attachment, Receipt
from portal.attached import take_back
from portal.languages import asks_for_language, in_language
from portal.patience import in_a_while
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
from workflows import filing, receipts, shown
from workflows.errors import Invalid
from workflows.resent import worth_taking


# Compressed, unlike other pages: what was typed goes to and fro with each step, and nobody can make
# somebody else's browser ask for it again and again to guess a secret from its length (BREACH): a
# step with answers in it comes only to a form that carries the CSRF token.
@gzip_page
# What was recorded here can be heard here before it is sent.
@csp_update({"media-src": [SELF, "blob:"]})
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
    try:
        return _answer(request, at, data)
    except TooMany as refusal:
        page = _page(request, STEPS[at], data, too_many=refusal)
        return in_a_while(page, refusal.wait)


def _answer(request: HttpRequest, at: int, data: QueryDict) -> HttpResponse:
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
    refusals = _take_files(request) if step.takes_files else None
    return _page(request, step, data, refusals=refusals)


def _go_on(request: HttpRequest, at: int, data: QueryDict) -> HttpResponse:
    """Check the answers of a step; on to the next one, or send."""
    step = STEPS[at]
    if step.takes_files and (refusals := _take_files(request)) is not None:
        return _page(request, step, data, refusals=refusals)
    if not form_of(step, data).is_valid():
        return _page(request, step, data, wrong=True)
    return _send(request, data) if step.name == "check" else _page(request, STEPS[at + 1], data)


def _take_files(request: HttpRequest) -> list[str] | None:
    """Stage or remove files. None when the step is done, else what was refused."""
    token = request.POST.get("upload", "")
    if request.POST.get("remove"):
        take_back(request.POST)
        return []
    files = worth_taking(request.FILES.getlist("files"), request.POST.get("token", ""), token)
    here = address_of(request)
    count_files(files, here)
    refusals = uploads.stage_all(files, token, here)
    if files and (earlier := receipts.of_token(request.POST.get("token", ""))):
        uploads.discard_copies(token, earlier.case)  # they came again, with the names they had
    more = request.POST.get("go") == "add"
    return refusals if refusals or more else None


def _send(request: HttpRequest, data: QueryDict) -> HttpResponse:
    token = data.get("token", "")
    payload = {name: data.get(name, "") for name in (*FIELDS, "upload")}
    try:
        if not filing.sent_before(payload, token):
            here = {"address": address_of(request)}
            TRIES.enter(here)
            filing.file(payload, token=token, admit=partial(FILING.enter, here))
    except Invalid as refusal:
        step = step_with_error(refusal.errors)
        return _page(request, step, data, wrong=True)
    except filing.KeyReused as refusal:
        return _page(request, STEPS[-1], data, already=refusal)
    return redirect("portal:receipt", token)


def _page(
    request: HttpRequest,
    step: Step,
    data: QueryDict,
    *,
    wrong: bool = False,
    refusals: list[str] | None = None,
    too_many: TooMany | None = None,
    already: filing.KeyReused | None = None,
) -> HttpResponse:
    token, upload = token_of(data, "token"), token_of(data, "upload")
    # Sent again as it stands now, it is a complaint of its own.
    now = uploads.new_token() if already else token
    form = form_of(step, data) if wrong else form_of(step, typed=_typed(step, data))
    files = _files_of(step, upload)
    answered = any(data.get(name) for name in FIELDS) or files
    context: dict[str, Any] = {
        "step": step,
        "fresh": step is STEPS[0] and not answered,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "form": form,
        "carried": carried(step, data) | {"token": now, "upload": upload},
        "refusals": refusals,
        "too_many": too_many,
        "already": already,
        "sent_as": token,
        "files": files,
        "spoken": any(file.is_sound for file in files),
        "answers": _answers(data) if step.name == "check" else [],
    }
    status = 409 if already else 422 if wrong or refusals else 200
    return render(request, "portal/step.html", context, status=status)


def _typed(step: Step, data: QueryDict) -> dict[str, str]:
    """What stands in the fields of a step that nobody has sent yet."""
    return {name: said for name in step.fields if (said := data.get(name, ""))}


def _files_of(step: Step, upload: str) -> list[Attachment]:
    """What is attached, as far as the step shows it: the first one voice notes alone."""
    if not (step.takes_files or step.name == "check"):
        return []
    return [file for file in uploads.staged(upload) if file.is_sound or step.name != "what"]


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


# Compressed, too: it repeats nothing that somebody else could choose, and whoever knows its address
# reads the secret there.
@gzip_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Reference and secret, again and again, until the citizen says that they have it."""
    if request.method == "POST":
        receipts.forget_secret(token)
        return redirect("portal:receipt", token)
    # The key of a program has another shape: its filing is not seen here.
    kept = receipts.of_token(token) if is_sound(token) else None
    if kept is None:
        raise Http404
    with timezone.override(kept.case.unit.time_zone):
        return _receipt(request, kept, token)


def _receipt(request: HttpRequest, kept: Receipt, token: str) -> HttpResponse:
    """The page; times are those of the unit in charge."""
    context = {
        "case": kept.case,
        "promise": shown.promised_by(kept.case),
        "token": token,
        "secret": tracking.in_groups(receipts.secret_of(kept)),
        "past": receipts.is_past(kept),
        "fresh": uploads.new_token(),
        "qr": tracking.qr_of(kept.case.reference),
    }
    return render(request, "portal/receipt.html", context)
