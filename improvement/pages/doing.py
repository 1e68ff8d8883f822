"""What is done under a plan: its actions, trainings, reviews, verdict and public words."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import StaffRequest
from improvement import access
from improvement.forms.base import Checked
from improvement.forms.doing import (
    ActionForm,
    AttendanceForm,
    ProofForm,
    ReviewForm,
    SessionForm,
    ToldForm,
    WordsForm,
)
from improvement.indicators import Aim, Level, measure
from improvement.models import Action, Plan, Session, Training
from improvement.pages.door import done, may_be_late, page, plan_to_write
from improvement.pages.plans import plan_page
from improvement.plans import doing, judging, telling
from improvement.shown.levels import counts, in_words

_ASKED = ["GET", "HEAD", "POST"]


@page
@require_http_methods(_ASKED)
def add_action(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_to_write(request, code, access.can_edit)
    form = ActionForm(request.POST or None, plan=plan)
    if done(form, lambda said: doing.add_action(plan, request.user, said)):
        return _back(request, plan, _("The action is kept."))
    return _form(request, plan, form, _("A new action"), _("Keep the action"))


@page
@require_http_methods(_ASKED)
def change_action(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    plan = plan_to_write(request, code, access.can_edit)
    action = get_object_or_404(plan.actions.select_related("training"), pk=pk)
    if action.done_on and request.method != "POST":
        raise Http404
    form = ActionForm(request.POST or None, plan=plan, action=action)
    if done(form, lambda said: doing.change_action(action, request.user, said)):
        return _back(request, plan, _("The action is kept."))
    return _form(request, plan, form, action.title, _("Keep the action"))


@page
@require_http_methods(_ASKED)
def prove(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """An action is done: what shows it."""
    plan, action = _action(request, code, pk)
    if action.done_on and request.method != "POST":
        raise Http404
    form = ProofForm(request.POST or None)
    finish = doing.finish_action
    if done(form, lambda said: finish(action, request.user, said["proof"], said["proof_link"])):
        return _back(request, plan, _("It is done, with its proof."))
    heading = _("It is done: %(title)s") % {"title": action.title}
    return _form(request, plan, form, heading, _("It is done"))


@page
@require_http_methods(_ASKED)
def training(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """A training: its sessions, who came, and what they knew before and after."""
    plan = access.visible_plan(request.user, code)
    row = get_object_or_404(
        Training.objects.select_related("action__owner").prefetch_related("sessions__attendances"),
        action__plan=plan,
        action=pk,
    )
    row.action.plan = plan
    form = SessionForm(request.POST or None)
    if request.method == "POST":
        _action(request, code, pk)
    if done(form, lambda said: doing.add_session(row, request.user, said)):
        messages.success(request, _("The session is kept."))
        return redirect(request.path)
    # What came too late is still shown with what was typed.
    may = form.is_bound or access.can_act(request.user, row.action)
    changes = access.can_edit(request.user, plan) and not row.action.done_on
    context = {"plan": plan, "training": row, "form": form, "may": may, "changes": changes}
    return render(request, "improvement/training.html", context, status=form.status)


@page
@require_http_methods(_ASKED)
def attendance(request: StaffRequest, code: str, pk: int, session: int) -> HttpResponse:
    """The list of a session: one person more, or corrected."""
    plan, action = _action(request, code, pk)
    row = get_object_or_404(
        Session.objects.select_related("training__action"), training__action=action, pk=session
    )
    form = AttendanceForm(request.POST or None)
    if done(form, lambda said: doing.keep_attendance(row, request.user, said)):
        messages.success(request, _("The list is kept."))
        return redirect(request.path)
    context = {"plan": plan, "action": action, "session": row, "form": form}
    return render(request, "improvement/attendance.html", context, status=form.status)


@page
@require_http_methods(_ASKED)
def review(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_to_write(request, code, access.can_review)
    days = _looked_at(plan)
    form = ReviewForm(request.POST or None, initial=days)
    if done(form, lambda said: judging.hold_review(plan, request.user, said)):
        return _back(request, plan, _("The review is on record."))
    lead = _since(plan, days["first"], days["last"])
    return _form(request, plan, form, _("A review"), _("Put it on record"), lead)


@page
@require_POST
def settle(request: StaffRequest, code: str) -> HttpResponse:
    """The verdict, by the rule; for ever, so nothing of what was said may be lost on the way."""
    plan = plan_to_write(request, code, access.can_review)
    form = WordsForm(request.POST)
    if done(form, lambda said: judging.settle(plan, request.user, said["words"])):
        return _back(request, plan, _("The verdict is on record."))
    return plan_page(request, plan, plan.in_force, form.status, settling=form)


@page
@require_http_methods(_ASKED)
def tell(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_to_write(request, code, access.can_publish)
    told = getattr(plan, "told", None)
    initial = {"title": plan.in_force.title}
    if told:
        initial = {"title": told.title, "said": told.said, "did": told.did}
    form = ToldForm(request.POST or None, initial=initial)
    if done(form, lambda words: telling.tell(plan, request.user, **words)):
        return _back(request, plan, _("Everybody can read it now."))
    lead = _("The verdict and its numbers are shown beside it by themselves.")
    return _form(request, plan, form, _("You said, we did"), _("Publish it"), lead)


@page
@require_POST
def untell(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_to_write(request, code, access.can_publish)
    telling.untell(plan, request.user)
    return _back(request, plan, _("Nobody else reads it any more."))


def _action(request: StaffRequest, code: str, pk: int) -> tuple[Plan, Action]:
    """An action that is theirs to do; what is sent too late goes on to the door."""
    plan = access.visible_plan(request.user, code)
    action = get_object_or_404(plan.actions.all(), pk=pk)
    action.plan = plan
    if not access.may_act(request.user, action):
        raise Http404
    if not plan.holds and not may_be_late(request, plan):
        raise Http404
    return plan, action


def _looked_at(plan: Plan) -> dict[str, date]:
    """The days since the last review, or since the start."""
    last = plan.reviews.order_by("-last").values_list("last", flat=True).first()
    start = plan.in_force.starts_on or timezone.localdate()
    return {
        "first": last + timedelta(days=1) if last else start,
        "last": timezone.localdate() - timedelta(days=1),
    }


def _since(plan: Plan, first: date, last: date) -> str:
    """How the indicator stands in these days, so that nobody has to guess."""
    if last < first:
        return _("Since the last review no day has passed.")
    version = plan.in_force
    aim = Aim.of(version, plan.unit)
    found: Level = measure(aim, first, last, timezone.now())
    words = {"label": aim.label, "is": in_words(found), "counts": counts(found)}
    return (
        _("%(label)s since then: %(is)s (%(counts)s). It is measured anew when you send.") % words
    )


def _back(request: StaffRequest, plan: Plan, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("improvement:plan", plan.code)


def _form(
    request: StaffRequest, plan: Plan, form: Checked, heading: str, send: str, lead: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "send": send,
        "lead": lead,
        "back": reverse("improvement:plan", args=[plan.code]),
        "back_label": f"{plan.code} {plan.in_force.title}",
    }
    return render(request, "improvement/form.html", context, status=form.status)
