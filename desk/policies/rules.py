"""A rule of a policy: written, moved, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import StaffRequest
from desk.clock_settings import settings_page
from desk.policies.pages import number_of
from desk.policies.rule_form import RuleForm
from desk.policies.shown import Offers, compared, shown, where_cases_arrive
from workflows import policies
from workflows.authority import can_configure_clocks
from workflows.errors import Invalid
from workflows.models import Policy
from workflows.policies import Rule
from workflows.policies.keeping import Overtaken

Said = dict[str, Any]


@settings_page(can_configure_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: StaffRequest, code: str, rule_id: str = "") -> HttpResponse:
    """Write a rule, new or not: look first what it would mean (`step=look`), then save."""
    policy, rules, number = _current(code)
    old = _living(rules, rule_id) if rule_id else None
    offers = Offers.read()
    form = RuleForm(request.POST or None, said=old, offers=offers)
    context: Said = {"form": form, "policy": policy, "number": number, "old": old}
    if not form.is_valid():
        return _form_page(request, context)
    new = form.rule({each["id"] for each in rules})
    after = _with(rules, new)
    if request.POST.get("step") == "look":
        context["number"] = number_of(request.POST.get("seen", "")) or number
        form.take(policies.findings(policy, after), new["id"])
        return _form_page(request, context | _preview(old, new, form, offers))
    return _save(request, context, new["id"], after) or _form_page(request, context)


def _save(
    request: StaffRequest, context: Said, rule_id: str, after: list[Said]
) -> HttpResponse | None:
    """Save and go back to the policy; None where something is to be looked at again."""
    policy, form = context["policy"], context["form"]
    seen = number_of(request.POST.get("seen", ""))
    try:
        policies.save_version(policy, after, request.user, seen=seen)
    except policies.Unsound as unsound:
        form.take(unsound.findings, rule_id)
    except Overtaken as overtaken:
        context["overtaken"] = overtaken.title
    else:
        messages.success(request, _("Saved. Cases that come from now on follow it."))
        return redirect("desk:policy", policy.code)
    return None


def _form_page(request: StaffRequest, context: Said) -> HttpResponse:
    status = 422 if context["form"].errors else 409 if "overtaken" in context else 200
    return render(request, "desk/policies/rule.html", context, status=status)


def _preview(old: Said | None, new: Said, form: RuleForm, offers: Offers) -> Said:
    """What the rule would mean, beside what it means now; nothing where it cannot be read."""
    if form.errors:
        return {}
    unit, calendar = where_cases_arrive()
    wanted = Rule.from_dict(new)
    before = Rule.from_dict(old).targets if old else {}
    return {
        "wanted": shown(wanted, offers, calendar),
        "compared": compared(before, wanted.targets, calendar),
        "unit": unit,
    }


@settings_page(can_configure_clocks)
@require_POST
def move(request: StaffRequest, code: str, rule_id: str) -> HttpResponse:
    """Earlier (`to=up`) or later among the rules: the first that matches counts."""
    policy, rules, _number = _current(code)
    _living(rules, rule_id)
    after = _moved(rules, rule_id, -1 if request.POST.get("to") == "up" else 1)
    seen = number_of(request.POST.get("seen", ""))
    try:
        policies.save_version(policy, after, request.user, seen=seen)
    except policies.Unsound as unsound:
        for finding in unsound.findings:
            messages.error(request, str(finding))
    except Overtaken as overtaken:
        messages.error(request, str(overtaken.title))
    return redirect("desk:policy", code)


@settings_page(can_configure_clocks)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, code: str, rule_id: str) -> HttpResponse:
    """GET says what follows from it, POST ends the rule."""
    policy, rules, _number = _current(code)
    said = _living(rules, rule_id)
    if said.get("default"):
        raise Http404
    if request.method != "POST":
        return render(request, "desk/policies/end.html", {"policy": policy, "rule": said})
    try:
        policies.deactivate_rule(policy, rule_id, request.user)
    except Invalid:
        messages.info(request, _("This rule has ended already."))
    else:
        messages.success(request, _("The rule has ended. Its running clocks move to other rules."))
    return redirect("desk:policy", code)


def _current(code: str) -> tuple[Policy, list[Said], int]:
    """A policy, the rules of its newest version as JSON, and the number of that."""
    policy = get_object_or_404(Policy, code=code)
    version = policy.versions.latest("number")
    return policy, version.rules, version.number


def _living(rules: list[Said], rule_id: str) -> Said:
    found = next((each for each in rules if each["id"] == rule_id and not each.get("ended")), None)
    if found is None:
        raise Http404
    return found


def _with(rules: list[Said], new: Mapping[str, Any]) -> list[Said]:
    """The rules with this one in the place of its old self, or before that for all other cases."""
    if any(each["id"] == new["id"] for each in rules):
        return [dict(new) if each["id"] == new["id"] else each for each in rules]
    last = [each for each in rules if each.get("default") and not each.get("ended")]
    return [*(each for each in rules if each not in last), dict(new), *last]


def _moved(rules: list[Said], rule_id: str, by: int) -> list[Said]:
    """The rules with one of those in use changed for its neighbour; that for all others stays."""
    moving = [each for each in rules if not each.get("ended") and not each.get("default")]
    place = next((n for n, each in enumerate(moving) if each["id"] == rule_id), None)
    if place is None or not 0 <= place + by < len(moving):
        return rules
    moving[place], moving[place + by] = moving[place + by], moving[place]
    return [*moving, *(each for each in rules if each not in moving)]
