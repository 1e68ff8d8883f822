"""The pages for what went wrong. Staff keep the desk's frame."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

RETRY_AFTER = "10"  # seconds: a database that restarts is back by then


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing you may see."""
    return _page(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, and not theirs to do."""
    return _page(request, "403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the cookie that belongs to it; staff mostly lost their session too."""
    return _page(request, "403_csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is away or too busy, 500 for our own fault. Asks for nothing."""
    if isinstance(sys.exc_info()[1], OperationalError):
        page = loader.render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    for_staff = request.path.startswith(("/desk/", "/admin/"))
    of_staff = for_staff and request.user.is_authenticated
    shell = "desk_base.html" if of_staff else "portal_base.html"
    context = {"error_shell": shell, "for_staff": for_staff}
    return render(request, template, context, status=status)
