"""What the pages of policies and calendars have in common: to whom they are there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest

View = Callable[..., HttpResponse]


def settings_page(may: Callable[[User], bool]) -> Callable[[View], View]:
    """A page for people with that right; others who are signed in find nothing."""

    def guarded(view: View) -> View:
        @staff_page
        @never_cache
        @wraps(view)
        def page(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return page

    return guarded
