"""What every page of staff has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from accounts.requests import StaffRequest


def staff_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For people who signed in, in their own time zone; anybody else is asked to sign in."""

    @_signs_in_whole_pages
    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(cast(User, request.user).time_zone):
            return view(request, *args, **kwargs)

    return page


def _signs_in_whole_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the session has ended, htmx would look for its part in the page that signs in."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        htmx = cast(StaffRequest, request).htmx
        if not htmx or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        back_to = htmx.current_url_abs_path or request.get_full_path()
        return HttpResponseClientRedirect(redirect_to_login(back_to).url)

    return page
