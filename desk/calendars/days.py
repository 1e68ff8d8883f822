"""Imported holidays and days of joint leave: none counts before a person confirms it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import StaffRequest
from desk.calendars.shown import missing
from desk.clock_settings import settings_page
from desk.policies.pages import number_of
from workflows.authority import can_confirm_clocks
from workflows.models import PublicDay
from workflows.public_days import confirm_days, dismiss_days


@settings_page(can_confirm_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: StaffRequest) -> HttpResponse:
    """GET lists a year; POST confirms or dismisses the days that are ticked."""
    if request.method == "POST":
        return _settle(request)
    years = [each.year for each in PublicDay.objects.dates("day", "year")]
    year = _year(request.GET.get("year", ""), years)
    rows = list(PublicDay.objects.filter(day__year=year).select_related("confirmed_by"))
    context: dict[str, Any] = {
        "waiting": [row for row in rows if row.confirmed_at is None and not row.dismissed],
        "confirmed": [row for row in rows if row.confirmed_at and not row.dismissed],
        "dismissed": [row for row in rows if row.dismissed],
        "year": year,
        "years": years,
        "missing": missing(),
    }
    return render(request, "desk/calendars/days.html", context)


def _settle(request: StaffRequest) -> HttpResponse:
    asked = {int(pk) for pk in request.POST.getlist("day") if pk.isdecimal() and len(pk) < 10}
    rows = list(PublicDay.objects.filter(pk__in=asked))
    if not rows:
        messages.error(request, _("Choose at least one day."))
    elif request.POST.get("step") == "dismiss":
        dismiss_days(rows, request.user)
        words = ngettext("%(n)d day was left out.", "%(n)d days were left out.", len(rows))
        messages.success(request, words % {"n": len(rows)})
    else:
        confirm_days(rows, request.user)
        words = ngettext("%(n)d day is confirmed.", "%(n)d days are confirmed.", len(rows))
        messages.success(request, words % {"n": len(rows)})
    year = number_of(request.POST.get("year", ""))
    return redirect(resolve_url("desk:public_days") + (f"?year={year}" if year else ""))


def _year(asked: str, years: list[int]) -> int:
    """The year asked for, else the first in which some day waits, else this one."""
    waiting = PublicDay.objects.filter(confirmed_at=None, dismissed=False).order_by("day").first()
    usual = waiting.day.year if waiting else timezone.localdate().year
    found = number_of(asked)
    return found if found in years else usual
