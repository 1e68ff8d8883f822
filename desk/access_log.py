"""The access log, for auditors."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.pages import staff_page
from accounts.requests import StaffRequest
from accounts.rights import Role
from casework import access_log as log
from casework.models import Looked
from casework.references import read_reference
from notifications import pages


@staff_page
@never_cache
@require_safe
def access_log(request: StaffRequest) -> HttpResponse:
    """Who looked at what, the newest first; narrowed by kind, person and case."""
    if not request.user.rights.any(Role.AUDITOR):
        raise Http404
    asked = {name: request.GET.get(name, "").replace("\0", "").strip() for name in _ASKED}
    rows = log.seen_by_auditor(request.user)
    if asked["kind"] in Looked.values:
        rows = rows.filter(kind=asked["kind"])
    if asked["person"]:
        rows = rows.filter(user__username__iexact=asked["person"])
    if asked["reference"]:
        rows = rows.filter(case__reference=read_reference(asked["reference"]) or "")
    page = pages.newest(rows, request.GET.get("before", ""))
    kept = {name: words for name, words in asked.items() if words}
    context = {
        "rows": page.rows,
        "kinds": Looked.choices,
        "asked": asked,
        "first": f"?{urlencode(kept)}" if request.GET.get("before") else "",
        "next": f"?{urlencode(kept | {'before': page.next})}" if page.next else "",
    }
    return render(request, "desk/access_log.html", context)


_ASKED = ("kind", "person", "reference")
