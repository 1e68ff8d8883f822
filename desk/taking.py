"""Taking the next case: one press, and the most urgent case that I may take is mine."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework.access import handles_cases
from casework.models import Case
from workflows.taking import claim_next


@staff_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def next_case(request: StaffRequest) -> HttpResponse:
    """POST takes the next case and opens it; GET says whether one waits."""
    if not handles_cases(request.user):
        raise Http404
    if request.method != "POST":
        waits = Case.objects.claimable_by(request.user).exists()
        return render(request, "desk/next.html", {"waits": waits})
    taken = claim_next(request.user)
    if taken is None:
        return redirect("desk:next")
    said = _("%(reference)s is yours now.") % {"reference": taken.case.reference}
    messages.success(request, said)
    return redirect("desk:case", taken.case.reference)
