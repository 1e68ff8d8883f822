"""What every page of staff has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User


def staff_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For people who signed in, in their own time zone; anybody else is asked to sign in."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(cast(User, request.user).time_zone):
            return view(request, *args, **kwargs)

    return page
