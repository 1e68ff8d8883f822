"""How far a recomputation of open cases has come, after a calendar or a policy was changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import StaffRequest
from desk.clock_settings import settings_page
from workflows.authority import sees_clock_settings
from workflows.models import Pass

#: As long as the end of a pass is news.
NEWS = timedelta(days=1)


def latest(*which: Q, **names: Any) -> Pass | None:
    """The last pass of that kind that goes on, or ended within a day; with who began it."""
    rows = Pass.objects.filter(*which, **names).select_related("by", "unit")
    recent = Q(finished_at=None) | Q(finished_at__gte=timezone.now() - NEWS)
    return rows.filter(recent).order_by("-pk").first()


@settings_page(sees_clock_settings)
@require_safe
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The part that the pages of policies and calendars ask for again while it goes on."""
    going = get_object_or_404(Pass.objects.select_related("by", "unit"), pk=pk)
    template = "desk/_pass.html" if request.htmx else "desk/pass.html"
    return render(request, template, {"pass": going})
