"""What the pages of improvement have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from improvement import access
from improvement.errors import Forbidden, Refused
from improvement.forms.base import Checked
from improvement.models import Plan, Report

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page of staff, never kept; what its door forbids is not there."""

    @staff_page
    @never_cache
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except Forbidden as forbidden:
            raise Http404 from forbidden

    return guarded


def plan_to_write(request: StaffRequest, code: str, may: Callable[[User, Plan], bool]) -> Plan:
    """A plan that is theirs to write. What is sent too late goes on to the door, which says so."""
    plan = access.visible_plan(request.user, code)
    if not access.can_write(request.user, plan.unit_id):
        raise Http404
    if not may(request.user, plan) and not may_be_late(request, plan):
        raise Http404
    return plan


def may_be_late(request: StaffRequest, plan: Plan) -> bool:
    """Whether what is sent was theirs to send until somebody was faster: never before approval."""
    return request.method == "POST" and plan.approved_id is not None


def done(form: Checked, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What the door gives for what a valid form says, or None; then the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        form.take(refused)
        return None


def overtaken_by(form: Checked, row: Plan | Report) -> int | None:
    """The number of the newer version, where the form was shown that there is one.

    With it the form goes out again: whoever has heard of it may send. Whatever else was wrong, it
    goes out with the version that its writer saw, so that nobody overwrites what they never read.
    """
    return row.versions.latest("number").number if form.is_overtaken else None
