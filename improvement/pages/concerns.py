"""The register of concerns, and its two doors for those who stay unknown."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import StaffRequest
from accounts.throttles import TooMany, address_of, wide_of
from improvement import access, concerns
from improvement.forms.concern import AnswerForm, CodeForm, ConcernForm
from improvement.models import Concern, Plan
from improvement.pages.addresses import plan_code
from improvement.pages.door import done, page

#: Rows of a page.
SIZE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Open to everybody, whether or not they signed in: nothing here asks who it is.

    The code is shown once, in the answer to the form, and is nowhere else. The number of a plan is
    shown as it was said, and nothing follows from it: nobody learns here which plans there are.
    """
    about = plan_code(request.GET.get("plan", ""))
    form = ConcernForm(request.POST or None, initial={"unit": request.GET.get("unit", "")})
    context: dict[str, Any] = {"form": form, "about": about}
    try:
        code = done(form, lambda said: _raise(request, said, about))
    except TooMany as refusal:
        context["too_many"] = refusal
        page = render(request, "improvement/concern_new.html", context, status=429)
        page["Retry-After"] = str(refusal.wait)
        return page
    if code:
        return render(request, "improvement/concern_kept.html", {"code": code})
    return render(request, "improvement/concern_new.html", context, status=form.status)


def _raise(request: HttpRequest, said: dict[str, Any], about: str) -> str:
    """Raises `TooMany` where too many came from one network, by the /48 of IPv6."""
    here = {"address": wide_of(address_of(request))}
    plan = Plan.objects.filter(code=about).first()
    return concerns.raise_concern(**said, plan=plan, admit=partial(concerns.PACE.enter, here))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_answer(request: HttpRequest) -> HttpResponse:
    """Whoever has the code reads what was answered."""
    form = CodeForm(request.POST or None)
    found = concerns.find(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_bound and not form.errors and found is None:
        form.add_error("code", _("No concern has this code."))
    status = 422 if form.errors else 200
    context = {"form": form, "concern": found}
    return render(request, "improvement/concern_answer.html", context, status=status)


@page
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """What was raised in the units that somebody reads, the newest day first."""
    units = access.units_read_by(request.user)
    if not units:
        raise Http404
    rows = Concern.objects.filter(unit__in=units).select_related("unit", "plan", "answered_by")
    shown = list(_below(rows, request.GET.get("before", ""))[: SIZE + 1])
    last = shown[SIZE - 1] if len(shown) > SIZE else None
    context = {
        "rows": [(row, access.can_write(request.user, row.unit_id)) for row in shown[:SIZE]],
        "first": request.path if request.GET.get("before") else "",
        "next": f"?before={last.raised_on.isoformat()}_{last.pk}" if last else "",
    }
    return render(request, "improvement/concerns.html", context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    units = access.units_written_by(request.user)
    row = get_object_or_404(Concern.objects.select_related("unit"), pk=pk, unit__in=units)
    form = AnswerForm(request.POST or None, said=row.answer)
    seen = request.POST.get("seen", "") if request.method == "POST" else concerns.mark_of(row)
    if done(form, lambda said: concerns.answer(row, request.user, said["words"], seen)):
        messages.success(request, _("Whoever has the code can read it now."))
        return redirect("improvement:concerns")
    if form.is_overtaken:
        row.refresh_from_db()
        seen = concerns.mark_of(row)
    context = {
        "seen": seen,
        "newer": reverse("improvement:concerns") if form.is_overtaken else "",
        "form": form,
        "heading": _("Answer a concern"),
        "lead": row.text,
        "send": _("Keep the answer"),
        "back": reverse("improvement:concerns"),
        "back_label": _("Concerns"),
    }
    return render(request, "improvement/form.html", context, status=form.status)


def _below(rows: QuerySet[Concern], before: str) -> QuerySet[Concern]:
    """The page below a row; what names none begins at the newest."""
    day, _apart, pk = before.partition("_")
    try:
        at, key = date.fromisoformat(day), UUID(pk)
    except ValueError:
        return rows
    return rows.filter(Q(raised_on__lt=at) | Q(raised_on=at, pk__gt=key))
