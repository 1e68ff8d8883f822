"""Pages behind a signed link: whoever holds it sees the case; where it has ended, the way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.throttles import address_of
from casework import links
from casework.access import NoSuchCase
from casework.actors import CitizenActor
from casework.limits import EVERYBODY, LINKS
from casework.models import Case
from portal.attached import has_files
from portal.patience import in_a_while
from workflows.posted import typed

View = Callable[..., HttpResponse]


def case_of(token: str) -> Case:
    """The case of a link; raises `NoSuchCase` where it has ended."""
    return links.case_of(token, "category")


def actor_of(case: Case) -> CitizenActor:
    """The complainant, who came by the link that opened the case."""
    return CitizenActor(case.pk, "mail" if case.by_mail else "")


def no_link(request: HttpRequest) -> HttpResponse:
    """The same for a forged link and for one that has ended."""
    files = bool(request.FILES) or has_files(request.POST)
    context = {"typed": typed(request.POST), "files": files}
    page = render(request, "portal/no_link.html", context, status=404)
    wait = LINKS.missed({"address": address_of(request), **EVERYBODY})
    return in_a_while(page, wait) if wait else page


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
            return no_link(request)
        with timezone.override(case.unit.time_zone):
            return view(request, case, token, *args, **kwargs)

    return opened
