"""Plans: all that one sees, one of them, and writing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Unit, User
from accounts.requests import StaffRequest
from improvement import access
from improvement.errors import Refused
from improvement.forms.base import Checked
from improvement.forms.doing import WhyForm, WordsForm
from improvement.forms.plan import PlanForm, initial_from
from improvement.models import Plan, Theme, Version
from improvement.pages.addresses import number
from improvement.pages.door import done, overtaken_by, page, plan_to_write
from improvement.plans import keeping, passing
from improvement.shown.plan import shown
from notifications import tray


@page
@require_safe
def plan(request: StaffRequest, code: str) -> HttpResponse:
    """A plan as it is in force, or (`?version=`) as it was."""
    row = access.visible_plan(request.user, code)
    version = _version(row, request.GET.get("version", ""))
    return plan_page(request, row, version)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A plan of a unit; what the wall or a theme knows is filled in."""
    units = _units(request.user)
    unit = next((unit for unit in units if unit.code == request.GET.get("unit")), None)
    if not units:
        raise Http404
    if unit is None:
        return render(request, "improvement/choose_unit.html", {"units": units})
    theme = _theme(request, unit)
    form = PlanForm(request.POST or None, unit=unit, initial=_initial(request))
    made = done(form, lambda said: keeping.begin(unit, request.user, said, theme))
    if made:
        messages.success(request, _("The draft is kept."))
        return redirect("improvement:plan", made.code)
    context = {"form": form, "unit": unit, "theme": theme}
    return _form(request, context)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """A further version; the one that is approved stays in force until that is, too."""
    row = plan_to_write(request, code, access.can_edit)
    newest = row.newest
    form = PlanForm(request.POST or None, unit=row.unit, version=newest)
    sent = request.method == "POST"
    seen = number(request.POST.get("seen", "")) if sent else newest.number
    if done(form, lambda said: keeping.revise(row, request.user, said, seen)):
        messages.success(request, _("The draft is kept."))
        return redirect("improvement:plan", code)
    newer = overtaken_by(form, row)
    context = {"form": form, "unit": row.unit, "plan": row, "seen": newer or seen, "newer": newer}
    return _form(request, context)


@page
@require_POST
def propose(request: StaffRequest, code: str) -> HttpResponse:
    row = access.visible_plan(request.user, code)
    return _passed(request, row, lambda: passing.propose(row, request.user), _("It is proposed."))


@page
@require_POST
def approve(request: StaffRequest, code: str) -> HttpResponse:
    row = access.visible_plan(request.user, code)
    seen = number(request.POST.get("seen", ""))
    said = _("Approved, in your name.")
    return _passed(request, row, lambda: passing.approve(row, request.user, seen), said)


@page
@require_POST
def send_back(request: StaffRequest, code: str) -> HttpResponse:
    row = access.visible_plan(request.user, code)
    if not access.may_approve_plans(request.user, row):
        raise Http404
    form = WhyForm(request.POST)
    if done(form, lambda said: passing.send_back(row, request.user, said["why"])):
        messages.success(request, _("It goes back to its author."))
        return redirect("improvement:plan", code)
    return plan_page(request, row, row.newest, form.status, back=form)


def _passed(request: StaffRequest, row: Plan, act: Any, said: str) -> HttpResponse:
    """Back to the plan, or the plan with what was refused."""
    try:
        act()
    except Refused as refused:
        return plan_page(request, row, row.newest, refused.status, refusals=refused.messages)
    messages.success(request, said)
    return redirect("improvement:plan", row.code)


def plan_page(
    request: StaffRequest, row: Plan, version: Version, status: int = 200, **more: Any
) -> HttpResponse:
    """`more`: a form that was not taken (`back`, `settling`), or `refusals` in sentences."""
    forms = {"back": WhyForm(), "settling": WordsForm()}
    context = shown(row, version, request.user, timezone.now()) | forms | more
    context["news"] = tray.has_notices(request.user, reverse("improvement:plan", args=[row.code]))
    return render(request, "improvement/plan.html", context, status=status)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form: Checked = context["form"]
    return render(request, "improvement/plan_form.html", context, status=form.status)


def _version(row: Plan, asked: str) -> Version:
    if not asked:
        return row.in_force
    found = row.versions.filter(number=number(asked)).first()
    if found is None:
        raise Http404
    return found


def _units(user: User) -> list[Unit]:
    """Those of which somebody may write a plan, in the order of the alphabet."""
    return sorted(access.units_to_begin_in(user), key=lambda unit: unit.name.casefold())


def _theme(request: StaffRequest, unit: Unit) -> Theme | None:
    pk = number(request.GET.get("theme", ""))
    if not pk:
        return None
    found = access.visible_themes(request.user).filter(pk=pk, unit=unit).first()
    if found is None:
        raise Http404
    return found


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Days that make no sense are left empty: the form asks for them."""
    said = initial_from(request.GET.dict())
    for name in ("baseline_first", "baseline_last"):
        try:
            said[name] = date.fromisoformat(said.get(name, ""))
        except ValueError:
            said.pop(name, None)
    return said
