"""Calendars: those of all units, one of them as it is, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit
from accounts.requests import StaffRequest
from desk.calendars import shown
from desk.calendars.editor import Editor, Wrong
from desk.clock_settings import settings_page
from desk.passes import latest
from desk.policies.pages import number_of
from workflows.authority import can_configure_clocks, sees_clock_settings
from workflows.calendars import Season
from workflows.errors import Invalid
from workflows.models import CalendarVersion, Pass, PublicDay
from workflows.office_hours import standard
from workflows.public_days import closed_days
from workflows.rewriting import edit as write
from workflows.rewriting import one_at_a_time, own_of, preview

#: Versions that a page lists.
HISTORY = 50


@settings_page(sees_clock_settings)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Every unit with the calendar that it goes by, and what waits to be confirmed."""
    newest = CalendarVersion.objects.order_by("unit", "-number").distinct("unit")
    own = {unit for unit, said in newest.values_list("unit", "own") if _says(said)}
    units = Unit.objects.filter(active=True).order_by("path")
    context = {
        "units": [(unit, unit.path.count(".") - 2, unit.pk in own) for unit in units],
        "own": None in own,
        "waiting": PublicDay.objects.filter(confirmed_at=None, dismissed=False).count(),
        "missing": shown.missing(),
        "going": latest(cause=Pass.Cause.CALENDAR),
    }
    return render(request, "desk/calendars/index.html", context)


@settings_page(sees_clock_settings)
@require_safe
def calendar(request: StaffRequest, code: str = "") -> HttpResponse:
    """One calendar in words: that of a unit, or of the installation; a year of its days."""
    unit = _unit(code)
    current, own = shown.current(unit), own_of(unit)
    years = shown.years_of(current)
    year = number_of(request.GET.get("year", "")) or timezone.localdate().year
    context = {
        **_place(unit),
        "calendar": current,
        "week": shown.week(current.weekly),
        "seasons": shown.seasons_of(current, year),
        "days": shown.days_of(current, own, year),
        "year": year,
        "years": years,
        "own": _says(own),
        "may": can_configure_clocks(request.user, unit),
        "versions": _versions(unit),
        "going": latest(cause=Pass.Cause.CALENDAR, unit=unit),
    }
    return render(request, "desk/calendars/calendar.html", context)


@settings_page(can_configure_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, code: str = "") -> HttpResponse:
    """Change a calendar: look first what would be due (`step=look`), then save."""
    unit = _unit(code)
    own = own_of(unit)
    since = timezone.localdate().replace(month=1, day=1)
    expected = _expected(unit, own)
    asked = next((one for one in expected if one.name == request.GET.get("season")), None)
    settled = {} if unit else closed_days()
    editor = Editor(own, preview(unit, {}), since, settled, request.POST or None, asked)
    context: dict[str, Any] = {
        **_place(unit),
        "editor": editor,
        "since": since,
        "expected": expected,
        "number": _seen(request) if request.method == "POST" else _number(unit),
    }
    if request.method != "POST":
        return render(request, "desk/calendars/edit.html", context)
    if not editor.is_valid():
        return _again(request, context, list(editor.wrong()))
    if request.POST.get("step") == "look":
        return _look(request, context)
    return _save(request, context, own)


def _look(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    """What would be due, as it is and as it would be; nothing is saved."""
    unit = context["unit"]
    try:
        wanted = preview(unit, context["editor"].own())
    except Invalid as refused:
        return _again(request, context, _sentences(refused))
    context["compared"] = shown.compared(shown.current(unit), wanted)
    return render(request, "desk/calendars/edit.html", context)


def _save(request: StaffRequest, context: dict[str, Any], own: dict[str, Any]) -> HttpResponse:
    unit, editor = context["unit"], context["editor"]
    try:
        with transaction.atomic():
            one_at_a_time()
            if context["number"] != _number(unit):
                return _again(request, context, [Wrong("", "", str(_OVERTAKEN))], 409)
            write(unit, editor.own(), request.user, editor.basics.cleaned_data["note"])
    except Invalid as refused:
        return _again(request, context, _sentences(refused))
    words = _("Nothing was changed.")
    if editor.own() != own:
        words = _("Saved. Open cases are gone through now, in the background.")
    messages.success(request, words)
    return redirect(context["address"])


_OVERTAKEN = gettext_lazy(
    "Somebody else changed this calendar meanwhile, so nothing was saved. "
    "Open the page anew and make your change there."
)


def _sentences(refused: Invalid) -> list[Wrong]:
    lines = [line for lines in refused.errors.values() for line in lines]
    return [Wrong("", "", str(line)) for line in lines]


def _again(
    request: StaffRequest, context: dict[str, Any], wrong: list[Wrong], status: int = 422
) -> HttpResponse:
    context |= {"wrong": wrong}
    return render(request, "desk/calendars/edit.html", context, status=status)


def _unit(code: str) -> Unit | None:
    """The unit whose calendar it is; None for that of the installation."""
    if not code:
        return None
    return get_object_or_404(Unit.objects.select_related("parent"), code=code, active=True)


def _expected(unit: Unit | None, own: Mapping[str, Any]) -> list[Season]:
    """Seasons of the installation that were calculated, and that nobody has entered yet."""
    if unit is not None:
        return []
    said = {season["name"] for season in own.get("seasons", ())}
    seasons = standard(shown.current(None).zone).expected
    return [one for one in seasons if one.name not in said and one.last >= timezone.localdate()]


def _place(unit: Unit | None) -> dict[str, Any]:
    """Whose calendar it is, and where its page is."""
    if unit is None:
        address, change = resolve_url("desk:calendar_of_all"), "desk:calendar_of_all_edit"
        return {"unit": None, "address": address, "change": resolve_url(change)}
    address = resolve_url("desk:calendar", unit.code)
    return {
        "unit": unit,
        "address": address,
        "change": resolve_url("desk:calendar_edit", unit.code),
    }


def _says(own: Mapping[str, Any]) -> bool:
    """Whether a calendar says anything beyond the zone, which every unit has."""
    return bool(own.keys() - {"zone"})


def _seen(request: StaffRequest) -> int:
    """The number of the version that the editor was filled from; 0 where it says none."""
    return number_of(request.POST.get("seen", "")) or 0


def _number(unit: Unit | None) -> int:
    """The number of the newest version; 0 where there is none."""
    newest = CalendarVersion.objects.filter(unit=unit).order_by("-number").first()
    return newest.number if newest else 0


def _versions(unit: Unit | None) -> list[CalendarVersion]:
    rows = CalendarVersion.objects.filter(unit=unit).select_related("by")
    return list(rows.order_by("-number")[:HISTORY])
