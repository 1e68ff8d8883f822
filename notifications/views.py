"""The tray, and the outbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.rights import Role
from casework.labels import staff_label
from casework.models import Case
from notifications import tray
from notifications.models import Outbox, State

SHOWN = 50


class StaffRequest(HttpRequest):
    """What `login_required` lets through."""

    user: User
    htmx: HtmxDetails


@require_safe
@login_required
def show_tray(request: StaffRequest) -> HttpResponse:
    """The newest lines; htmx gets the list alone."""
    rows = tray.newest(request.user)
    lines = [{"row": row, "label": staff_label(row.event)} for row in rows]
    page = "_tray" if request.htmx else "tray"
    return render(request, f"notifications/{page}.html", {"lines": lines})


@require_safe
@login_required
def bell(request: StaffRequest) -> HttpResponse:
    """The part of the masthead that counts what is unread."""
    return render(request, "notifications/_bell.html")


@require_POST
@login_required
def read_all(request: StaffRequest) -> HttpResponse:
    tray.mark_read(request.user)
    return redirect("notifications:tray")


@require_safe
@login_required
def outbox(request: StaffRequest) -> HttpResponse:
    """In demo mode the mails themselves; else what failed, for those who look after it."""
    if settings.DEMO:
        return render(request, "notifications/outbox.html", {"mails": _mails_for(request.user)})
    if not request.user.rights.any(Role.ADMINISTRATOR, Role.SUPERVISOR):
        raise Http404
    troubled = Outbox.objects.filter(state__in=(State.FAILED, State.DEAD))
    rows = troubled.select_related("case", "user").order_by("-pk")[:SHOWN]
    return render(request, "notifications/failures.html", {"mails": rows})


def _mails_for(user):
    """A mail opens its case: of restricted ones only those that the reader may see."""
    open_to_me = Q(case__restricted=False) | Q(case__in=Case.objects.visible_to(user))
    rows = Outbox.objects.filter(open_to_me).select_related("case", "user")
    return rows.order_by("-pk")[:SHOWN]
