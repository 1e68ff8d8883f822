"""Cases that may be about the same: a part of the case page, fetched after it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework.access import visible_case
from casework.models import Case
from casework.search import similar_to


@staff_page
@never_cache
@require_safe
def similar(request: StaffRequest, reference: str) -> HttpResponse:
    """Of the cases that this person may see; htmx gets the list alone."""
    case = visible_case(request.user, reference)
    found = similar_to(case, Case.objects.visible_to(request.user))
    template = "desk/_similar.html" if request.htmx else "desk/similar.html"
    return render(request, template, {"case": case, "similar": list(found)})
