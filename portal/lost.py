"""A lost secret: asking for a new one by e-mail, and what the mailed link opens."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.throttles import TooMany, address_of
from casework import tracking
from casework.access import NoSuchCase
from casework.models import Receipt
from portal.patience import in_a_while
from portal.signed import no_link
from workflows import lost, receipts
from workflows.errors import Refused
from workflows.forms.base import Email, PayloadForm


class LostForm(PayloadForm):
    reference = forms.CharField(
        label=_("Reference"),
        max_length=20,
        help_text=_("For example 26-7K3M9QE"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = Email(
        help_text=_("The address that you gave with the complaint."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Reference and e-mail; the answer is the same, whether they belong together or not."""
    if request.method != "POST":
        context = {"form": LostForm(), "asked": "asked" in request.GET}
        return render(request, "portal/lost.html", context)
    form = LostForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/lost.html", {"form": form}, status=422)
    try:
        lost.ask(**form.cleaned_data, address=address_of(request))
    except TooMany as refusal:
        page = render(request, "portal/lost.html", {"form": form, "too_many": refusal})
        return in_a_while(page, refusal.wait)
    return redirect(f"{request.path}?asked")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, token: str) -> HttpResponse:
    """The new secret: made by a POST, once; then shown until the citizen has it."""
    try:
        return _shown(request, lost.shown_under(token), token)
    except NoSuchCase:
        return _make(request, token)


def _shown(request: HttpRequest, receipt: Receipt, token: str) -> HttpResponse:
    if request.method == "POST":
        # The button that makes it, pressed twice, must not hide it unseen.
        if "have" in request.POST:
            receipts.hand_over(receipt)
        return redirect("portal:new_secret", token)
    secret = tracking.in_groups(receipts.secret_of(receipt))
    context = {
        "case": receipt.case,
        "secret": secret,
        "made": True,
        "past": receipts.is_past(receipt),
    }
    return render(request, "portal/new_secret.html", context)


def _make(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            lost.use(token)
            return redirect("portal:new_secret", token)
        return render(request, "portal/new_secret.html", {"case": lost.case_of(token)})
    except (NoSuchCase, Refused):
        return _made_meanwhile(request, token)


def _made_meanwhile(request: HttpRequest, token: str) -> HttpResponse:
    """The button was pressed twice: who came second is shown what the first one made."""
    try:
        lost.shown_under(token)
    except NoSuchCase:
        return no_link(request)
    return redirect("portal:new_secret", token)
