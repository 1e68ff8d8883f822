"""How far a recomputation of open cases has come, after a calendar or a policy was changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import StaffRequest
from desk.clock_settings import settings_page
from workflows.authority import sees_clock_settings
from workflows.models import Pass


@settings_page(sees_clock_settings)
@require_safe
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The part that the pages of policies and calendars ask for again while it goes on."""
    going = get_object_or_404(Pass.objects.select_related("by", "unit"), pk=pk)
    template = "desk/_pass.html" if request.htmx else "desk/pass.html"
    return render(request, template, {"pass": going})
