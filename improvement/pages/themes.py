"""A theme: why it is a signal, what is behind it, and what is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import StaffRequest
from improvement import access
from improvement.beginning import from_theme
from improvement.forms.doing import DecisionForm
from improvement.models import Judged
from improvement.pages.door import done, page
from improvement.shown.theme import shown
from improvement.themes.deciding import decide, mark_of
from notifications import tray


@page
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: StaffRequest, pk: int) -> HttpResponse:
    """One page that says why this is a signal; its cases are those that the reader may see."""
    found = access.visible_themes(request.user).select_related(
        "unit", "category", "cause", "decided_by"
    )
    row = get_object_or_404(found, pk=pk)
    may = access.can_write(request.user, row.unit_id)
    form = DecisionForm(request.POST or None, initial={"state": row.state, "why": row.why})
    seen = request.POST.get("seen", "") if request.method == "POST" else mark_of(row)
    if done(form, lambda said: decide(row, request.user, **said, seen=seen)):
        messages.success(request, _("Your decision is kept."))
        return redirect("improvement:theme", pk)
    if form.is_overtaken:
        row.refresh_from_db()
        seen = mark_of(row)
    context: dict[str, Any] = shown(row, request.user) | {
        "form": form,
        "seen": seen,
        "may": may,
        "new_plan": from_theme(row),
        "news": tray.has_notices(request.user, request.path),
        "accepted": row.state == Judged.ACCEPTED,
    }
    return render(request, "improvement/theme.html", context, status=form.status)
