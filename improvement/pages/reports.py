"""Reports: all that one may read, one of them, its versions, its signature, its schedule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import languages
from accounts.models import User
from accounts.requests import StaffRequest
from improvement import access
from improvement.days import last_day_over
from improvement.errors import Refused
from improvement.forms.report import ReportForm, ScheduleForm, WritingForm
from improvement.models import Every, Report, ReportVersion, Schedule
from improvement.pages.addresses import number
from improvement.pages.door import done, overtaken_by, page
from improvement.reports import files, keeping, schedules
from improvement.reports.writing import document
from notifications import pages, tray

_ASKED = ["GET", "HEAD", "POST"]


@page
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The newest first, with those that write themselves."""
    if not access.units_read_by(request.user):
        raise Http404
    rows = access.visible_reports(request.user).select_related("unit", "signed_by")
    found = pages.newest(rows, request.GET.get("before", ""))
    scheduled = Schedule.objects.filter(unit__in=access.units_read_by(request.user))
    context = {
        "reports": found.rows,
        "first": request.path if request.GET.get("before") else "",
        "next": f"?before={found.next}" if found.next else "",
        "schedules": scheduled.select_related("unit").order_by("unit__name", "every"),
        "writes": access.writes_somewhere(request.user),
        "mine": access.units_written_by(request.user),
    }
    return render(request, "improvement/reports.html", context)


@page
@require_http_methods(_ASKED)
def new(request: StaffRequest) -> HttpResponse:
    units = _units(request.user)
    form = ReportForm(request.POST or None, units=units, initial=_last_quarter())
    made = done(form, lambda said: keeping.make(**said, by=request.user))
    if made:
        return redirect("improvement:report", made.pk)
    context = _simple(form, _("A new report"), _("Make the report"))
    return render(request, "improvement/form.html", context, status=form.status)


@page
@require_safe
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """The version that is signed, else the newest, or (`?version=`) an earlier one."""
    row = _report(request.user, pk)
    version = version_of(row, request.GET.get("version", ""))
    newest = row.versions.latest("number")
    context = {
        "report": row,
        "version": version,
        "newest": newest,
        "document": document(version),
        "languages": languages.choices(),
        "news": tray.has_notices(request.user, request.path),
        "versions": row.versions.select_related("by").order_by("-number"),
        "may_sign": access.can_sign(request.user, row) and version == newest,
        "may_write": access.can_write(request.user, row.unit_id) and row.signed_id is None,
    }
    return render(request, "improvement/report.html", context)


#: How a report is taken along: its maker and what a browser is told of it.
_FILES = {
    "pdf": (files.pdf, "application/pdf"),
    "xlsx": (files.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@page
@require_safe
def file(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """The report as PDF or XLSX, of a `?version=` and in a `?language=`."""
    row = _report(request.user, pk)
    if kind not in _FILES:
        raise Http404
    version = version_of(row, request.GET.get("version", ""))
    language = request.GET.get("language", "")
    known = language if language in dict(languages.choices()) else get_language()
    make, content_type = _FILES[kind]
    with translation.override(known):
        content = make(version)
    name = f"{row.unit.code}-{row.first}-{row.last}-v{version.number}.{kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=disposition)


@page
@require_http_methods(_ASKED)
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """A further version: the facts as they are now, and the writer's words."""
    row = _report(request.user, pk)
    sent = request.method == "POST"
    if not access.can_write(request.user, row.unit_id) or (row.signed_id and not sent):
        raise Http404
    newest = row.versions.latest("number")
    initial = {"summary": newest.summary, "next_steps": newest.next_steps}
    form = WritingForm(request.POST or None, initial=initial)
    seen = number(request.POST.get("seen", "")) if sent else newest.number
    if done(form, lambda said: keeping.write(row, request.user, **said, seen=seen)):
        messages.success(request, _("The new version is kept."))
        return redirect("improvement:report", pk)
    context = _simple(form, _("Write the report"), _("Keep the new version"))
    address, newer = reverse("improvement:report", args=[pk]), overtaken_by(form, row)
    context |= {"back": address, "seen": newer or seen}
    context["newer"] = f"{address}?version={newer}" if newer else ""
    return render(request, "improvement/form.html", context, status=form.status)


@page
@require_POST
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    row = _report(request.user, pk)
    try:
        keeping.sign(row, request.user, number(request.POST.get("seen", "")))
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Signed off, in your name."))
    return redirect("improvement:report", pk)


@page
@require_http_methods(_ASKED)
def schedule(request: StaffRequest) -> HttpResponse:
    form = ScheduleForm(request.POST or None, units=_units(request.user))
    if done(form, lambda said: schedules.schedule(**said, by=request.user)):
        messages.success(request, _("It will write itself when the period is over."))
        return redirect("improvement:reports")
    context = _simple(form, _("A report that writes itself"), _("Keep it"))
    return render(request, "improvement/form.html", context, status=form.status)


@page
@require_POST
def unschedule(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Schedule, pk=pk, unit__in=access.units_read_by(request.user))
    schedules.unschedule(row, request.user)
    messages.success(request, _("It writes itself no longer."))
    return redirect("improvement:reports")


def _report(user: User, pk: int) -> Report:
    found = access.visible_reports(user).select_related("unit", "signed", "signed_by")
    return get_object_or_404(found, pk=pk)


def version_of(row: Report, asked: str) -> ReportVersion:
    """The version of that number; without one the signed, else the newest."""
    if not asked:
        return row.signed or row.versions.latest("number")
    return get_object_or_404(row.versions, number=number(asked))


def _units(user: User) -> Any:
    """Those whose reports somebody makes; others find no such page."""
    units = access.units_to_begin_in(user)
    if not units:
        raise Http404
    return units


def _last_quarter() -> dict[str, date]:
    """The newest one of which every day is over."""
    day_after = last_day_over(timezone.now()) + timedelta(days=1)
    last = schedules.begins(Every.QUARTER, day_after) - timedelta(days=1)
    return {"first": schedules.begins(Every.QUARTER, last), "last": last}


def _simple(form: Any, heading: str, send: str) -> dict[str, Any]:
    return {
        "form": form,
        "heading": heading,
        "send": send,
        "back": reverse("improvement:reports"),
        "back_label": _("Reports"),
    }
