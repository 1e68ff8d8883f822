"""The tray, and the outbox."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from accounts.rights import Role
from casework.labels import staff_label
from casework.models import Case
from casework.references import read_reference
from notifications import letters, notices, pages, tray
from notifications.models import TROUBLED, Notification, Outbox
from workflows.forms.base import is_readable


@require_safe
@staff_page
def show_tray(request: StaffRequest) -> HttpResponse:
    """A page of the tray; htmx gets the lines alone."""
    page = tray.newest(request.user, request.GET.get("before", ""))
    lines = [{"row": row, "label": _label(row)} for row in page.rows]
    template = "_tray" if request.htmx else "tray"
    context = {"lines": lines, **_neighbours(request, page)}
    return render(request, f"notifications/{template}.html", context)


def _label(row: Notification) -> str:
    return staff_label(row.event) if row.event else notices.sentence(row)


@require_safe
@staff_page
def bell(request: StaffRequest) -> HttpResponse:
    """The part of the masthead that counts what is unread."""
    return render(request, "notifications/_bell.html")


@require_POST
@staff_page
def read(request: StaffRequest) -> HttpResponse:
    """Mark what is about the named case or address as read, or all; htmx gets the bell."""
    case = None
    if reference := request.POST.get("case", ""):
        seen = Case.objects.visible_to(request.user)
        case = get_object_or_404(seen, reference=read_reference(reference) or "")
    address = request.POST.get("address", "")
    if not is_readable(address):  # PostgreSQL would be asked for what it cannot keep
        raise Http404
    tray.mark_read(request.user, case, address)
    if request.htmx:
        return render(request, "notifications/_bell.html")
    return redirect("notifications:tray")


@require_safe
@staff_page
def outbox(request: StaffRequest) -> HttpResponse:
    """In demo mode the mails themselves; else what failed, for those who look after it."""
    if not settings.DEMO and not request.user.rights.any(Role.ADMINISTRATOR, Role.SUPERVISOR):
        raise Http404
    rows = _mails_for(request.user) if settings.DEMO else _failures_for(request.user)
    rows = rows.select_related("case__complainant", "user", "notice")
    page = pages.newest(rows, request.GET.get("before", ""))
    mails = [{"row": row, "subject": letters.subject_of(row)} for row in page.rows]
    context = {"mails": mails, **_neighbours(request, page)}
    name = "outbox" if settings.DEMO else "failures"
    return render(request, f"notifications/{name}.html", context)


def _mails_for(user: User) -> QuerySet[Outbox]:
    """A mail opens its case: nobody reads one about a case that they may not see.

    A notice is for who gets it.
    """
    seen = Q(case__in=Case.objects.visible_to(user)) | Q(case=None, user=user)
    return Outbox.objects.filter(seen)


def _failures_for(user: User) -> QuerySet[Outbox]:
    """Administrators look after all but those about themselves; supervisors after what they see."""
    seen = Case.objects.visible_to(user).filter(pk=OuterRef("case"))
    rows = Outbox.objects.filter(state__in=TROUBLED).annotate(opens=Exists(seen))
    if not user.rights.any(Role.ADMINISTRATOR):
        return rows.filter(opens=True)
    return rows.exclude(case__in=Case.objects.about(user))


def _neighbours(request: HttpRequest, page: pages.Page) -> dict[str, str]:
    """The addresses of the newest page and of the next older one, where there are such."""
    return {
        "first": request.path if request.GET.get("before") else "",
        "next": f"?before={page.next}" if page.next else "",
    }
