"""Policies: all there are, one of them, its dates and basis, and a first or next one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import StaffRequest
from desk.clock_settings import settings_page
from desk.passes import latest
from desk.policies.forms import DetailsForm, PresetForm
from desk.policies.shown import Offers, shown, where_cases_arrive
from workflows import policies
from workflows.authority import can_configure_clocks, can_confirm_clocks, sees_clock_settings
from workflows.models import Policy, PolicyVersion
from workflows.policies import presets
from workflows.policies.keeping import Overtaken

#: Lines of the settings log that a page shows.
HISTORY = 50


@settings_page(sees_clock_settings)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Every policy, the latest first; where there is none, those that can be taken over."""
    rows = list(Policy.objects.select_related("confirmed_by").order_by("-effective_from"))
    may = can_configure_clocks(request.user)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "policies": [(row, _is_in_force(row, today)) for row in rows],
        "ends": rows[0].effective_to if rows else None,
        "may": may,
    }
    if not rows and may:
        context["form"] = PresetForm(first=True)
    return render(request, "desk/policies/index.html", context)


@settings_page(can_configure_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A policy taken over from a preset; it is unconfirmed, and can be changed at once."""
    form = PresetForm(request.POST or None, first=not Policy.objects.exists())
    if form.is_valid():
        said = form.cleaned_data
        begin, succeeding = said["effective_from"], said.get("succeeding", False)
        try:
            made = policies.install(said["preset"], begin, request.user, succeeding=succeeding)
        except policies.Unsound as unsound:
            form.take(unsound.findings)
        else:
            messages.success(request, _("Taken over. Check it, and confirm its legal basis."))
            return redirect("desk:policy", made.code)
    status = 422 if form.is_bound else 200
    return render(request, "desk/policies/new.html", {"form": form}, status=status)


@settings_page(sees_clock_settings)
@require_safe
def policy(request: StaffRequest, code: str) -> HttpResponse:
    """The rules in words, as they are or (`?version=`) as they were."""
    row = get_object_or_404(Policy.objects.select_related("confirmed_by"), code=code)
    version, newest = _versions(row, request.GET.get("version", ""))
    unit, calendar = where_cases_arrive()
    offers = Offers.read()
    rules = [shown(rule, offers, calendar) for rule in policies.rules_of(version)]
    context = {
        "policy": row,
        "version": version,
        "newest": newest,
        "rules": [each for each in rules if each.rule.ended is None],
        "ended": [each for each in rules if each.rule.ended],
        "wrong": policies.refusals(row, version.rules) if version == newest else [],
        "unit": unit,
        "preset": presets.of(row.code),
        "may": can_configure_clocks(request.user),
        "going": latest(Q(rule=row.code) | Q(rule__startswith=f"{row.code}/")),
        "history": _history(row),
        "versions": row.versions.select_related("by").order_by("-number")[:HISTORY],
    }
    return render(request, "desk/policies/policy.html", context)


@settings_page(can_confirm_clocks)
@require_POST
def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """The person who presses this stands for the legal basis of what they saw."""
    row = get_object_or_404(Policy, code=code)
    try:
        policies.confirm(row, request.user, seen=number_of(request.POST.get("seen", "")) or 0)
    except Overtaken as overtaken:
        messages.error(request, str(overtaken.title))
    else:
        messages.success(request, _("The legal basis is confirmed, in your name."))
    return redirect("desk:policy", code)


@settings_page(can_configure_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: StaffRequest, code: str) -> HttpResponse:
    """Name, legal basis, source and dates."""
    row = get_object_or_404(Policy, code=code)
    form = DetailsForm(request.POST or None, policy=row)
    if form.is_valid():
        succeeding = form.write(row)
        rules = row.versions.latest("number").rules
        try:
            policies.save_version(row, rules, request.user, succeeding=succeeding)
        except policies.Unsound as unsound:
            form.take(unsound.findings)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:policy", code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "policy": Policy.objects.get(pk=row.pk)}
    return render(request, "desk/policies/details.html", context, status=status)


def _is_in_force(row: Policy, day: date) -> bool:
    return row.effective_from <= day and (row.effective_to is None or day <= row.effective_to)


def number_of(said: str) -> int | None:
    """The number of a version as an address or a form says it; None where it is none."""
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _versions(row: Policy, asked: str) -> tuple[PolicyVersion, PolicyVersion]:
    """The version that is asked for, and the newest."""
    newest = row.versions.select_related("by").latest("number")
    if not asked:
        return newest, newest
    version = row.versions.select_related("by").filter(number=number_of(asked) or 0).first()
    if version is None:
        raise Http404
    return version, newest


def _history(row: Policy) -> list[LogEntry]:
    kind = ContentType.objects.get_for_model(Policy)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    return list(entries.select_related("user").order_by("-pk")[:HISTORY])
