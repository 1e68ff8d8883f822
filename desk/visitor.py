"""Somebody comes back to the counter with their receipt: their own page opens, as anywhere."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from accounts.throttles import TooMany, address_of
from casework import links, tracking
from casework.access import NoSuchCase, can_file_for_others
from workflows.forms.base import PayloadForm


class ReceiptForm(PayloadForm):
    """What the complainant has in hand. The browser keeps neither."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        help_text=_("For example 26-7K3M9QE"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    secret = forms.CharField(
        label=_("The 16 secret digits"),
        max_length=40,
        help_text=_("Spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visitor(request: StaffRequest) -> HttpResponse:
    """Reference and secret open the page of the complainant, and to the clerk nothing beyond it."""
    if not can_file_for_others(request.user):
        raise Http404
    if request.method != "POST":
        return _page(request, ReceiptForm())
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        case = tracking.find(**form.cleaned_data, address=address_of(request))
    except NoSuchCase:
        form.add_error("secret", _("No complaint fits this reference and secret"))
        return _page(request, form, status=422)
    except TooMany as refusal:
        page = _page(request, form, too_many=refusal, status=429)
        page["Retry-After"] = str(refusal.wait)
        return page
    return redirect("portal:case", links.visit_for(case))


def _page(
    request: StaffRequest, form: ReceiptForm, *, too_many: TooMany | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "too_many": too_many}
    return render(request, "desk/visitor.html", context, status=status)
