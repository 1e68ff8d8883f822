"""Pages behind a signed link: whoever holds it sees the case; where it has ended, the way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework import links
from casework.access import NoSuchCase
from casework.models import Case
from workflows.posted import typed

View = Callable[..., HttpResponse]


def case_of(token: str) -> Case:
    """The case of a link; raises `NoSuchCase` where it has ended."""
    return links.case_of(token, "category", "active_task", "merged_into")


def by_link(view: View) -> View:
    """Give the view the case that its link opens, else say that the link has ended.

    Times are those of the unit in charge. What was typed is shown again, to be copied: it is
    kept nowhere else.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            case = case_of(token)
        except NoSuchCase:
            context = {"typed": typed(request.POST), "files": bool(request.FILES)}
            return render(request, "portal/no_link.html", context, status=404)
        with timezone.override(case.unit.time_zone):
            return view(request, case, token, *args, **kwargs)

    return opened
