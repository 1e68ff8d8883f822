"""Opening a restricted case in an emergency, and looking at a withheld identity: with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework import access_log
from casework.access import NoSuchCase, can_file_for_others, can_look_at_identity, visible_case
from casework.models import Looked
from workflows.emergency import break_glass
from workflows.forms.base import PayloadForm


class ReasonForm(PayloadForm):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=access_log.SHORTEST_REASON,
        max_length=access_log.LONGEST,
        help_text=_("The auditor reads it."),
    )


class EmergencyForm(ReasonForm):
    reference = forms.CharField(label=_("Reference"), max_length=20)
    field_order = ("reference", "reason")


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """For whoever handles cases. What is not there and what is not theirs look the same."""
    if not can_file_for_others(request.user):
        raise Http404
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            case = break_glass(request.user, said["reference"], said["reason"])
        except NoSuchCase:
            form.add_error("reference", _("No restricted case of your units has this reference."))
        else:
            return redirect("desk:case", case.reference)
    status = 422 if form.is_bound else 200
    return render(request, "desk/emergency.html", {"form": form}, status=status)


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: StaffRequest, reference: str) -> HttpResponse:
    """The withheld name and contacts, shown once for each reason that is given."""
    case = visible_case(request.user, reference, "complainant", "unit")
    if not can_look_at_identity(request.user, case):
        raise Http404
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {"case": case, "form": form}
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        access_log.log_reason(request.user, Looked.IDENTITY, case, reason)
        return render(request, "desk/identity.html", context | {"shown": True})
    return render(request, "desk/identity.html", context, status=422 if form.is_bound else 200)
