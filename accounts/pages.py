"""What every page of staff has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def staff_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For people who signed in, in their own time zone; anybody else is asked to sign in."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(request.user.time_zone):  # type: ignore[union-attr]
            return view(request, *args, **kwargs)

    return page
