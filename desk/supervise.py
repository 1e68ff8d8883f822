"""The wall of due dates: what stands where, and how due dates came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Unit, User
from accounts.pages import staff_page
from accounts.requests import StaffRequest
from casework.access import oversees
from casework.due import Due
from casework.models import DueState
from casework.querysets import sight_of
from casework.queues import View
from desk import charts
from figures import causes, open_cases, outcomes
from figures.causes import Answers
from figures.definitions import Definition, Indicator, Share
from figures.open_cases import OpenCases
from figures.outcomes import Outcomes
from figures.scope import Period, Scope
from improvement import beginning
from workflows.models import Metric

#: The lengths of a period, in days; the second one unless another is asked for.
PERIODS = {"7": _("last 7 days"), "30": _("last 30 days"), "90": _("last 90 days")}
USUAL = "30"


@staff_page
@never_cache
@require_safe
def supervise(request: StaffRequest) -> HttpResponse:
    """The wall, for those who oversee units; others find nothing."""
    if not oversees(request.user):
        raise Http404
    now = timezone.now()
    units = _units(request.user)
    unit = _chosen(request, units)
    days = request.GET.get("days", "")
    days = days if days in PERIODS else USUAL
    scope = Scope.of(request.user, unit.pk if unit else None)
    period = Period.until(now, int(days))
    cases, clocks = open_cases.count(scope, now), outcomes.count(scope, period, now)
    answers = causes.count(scope, period)
    context = {
        "units": units,
        "unit": unit,
        "periods": PERIODS.items(),
        "days": days,
        "now": now,
        "since": period.begins_at,
        "is_empty": not any(each.numbers.total() for each in (cases, clocks, answers)),
        "figures": _figures(cases, unit),
        "rows": _rows(cases, units),
        "reasons": _reasons(clocks),
        "causes": _causes(answers),
        "on_time": _on_time(clocks),
        "plans": beginning.from_wall(request.user, unit, clocks) if unit else [],
        "definitions": _DEFINITIONS,
    }
    return render(request, "desk/_wall.html" if request.htmx else "desk/supervise.html", context)


def _units(user: User) -> list[Unit]:
    """Those in sight, in the order of the alphabet: no ranking."""
    sight = sight_of(user)
    units = Unit.objects.filter(pk__in=sight.open | sight.restricted).only("pk", "code", "name")
    return sorted(units, key=lambda unit: unit.name.casefold())


def _chosen(request: HttpRequest, units: Iterable[Unit]) -> Unit | None:
    return next((unit for unit in units if unit.code == request.GET.get("unit")), None)


@dataclass(frozen=True)
class Figure:
    """A number with its definition, and where the cases behind it are listed."""

    number: int
    definition: Definition
    address: str
    tone: str = ""
    parts: tuple[tuple[int, Any, str], ...] = ()  # number, in words, address


#: Each number of the wall, and what its list is asked for.
_BEHIND: tuple[tuple[Indicator[OpenCases, int], dict[str, str]], ...] = (
    (open_cases.at_risk, {"due": Due.SOON}),
    (open_cases.late, {"due": Due.LATE}),
    (open_cases.paused, {"due": Due.PAUSED}),
    (open_cases.unassigned, {"view": View.UNASSIGNED}),
    (open_cases.open_cases, {}),
)
_TONES = {open_cases.at_risk: "soon", open_cases.late: "late"}
_WAITS = {
    DueState.COMPLAINANT: _("for the complainant"),
    DueState.THIRD_PARTY: _("for a third party"),
    DueState.LEGAL_HOLD: _("on legal hold"),
}


def _figures(cases: OpenCases, unit: Unit | None) -> list[Figure]:
    """The numbers of all the cases, or of those of a unit."""
    figures = []
    for indicator, asked in _BEHIND:
        number = indicator(cases)
        tone = _TONES.get(indicator, "") if number else ""
        parts = _parts(cases, unit) if indicator is open_cases.paused else ()
        address = _queue(unit, **asked)
        figures.append(Figure(number, indicator.definition, address, tone, parts))
    return figures


def _parts(cases: OpenCases, unit: Unit | None) -> tuple[tuple[int, Any, str], ...]:
    found = open_cases.paused_by_reason(cases)
    return tuple((n, _WAITS[DueState(why)], _queue(unit, due=why)) for why, n in found.items() if n)


def _queue(unit: Unit | None, **asked: str) -> str:
    """The address of the list behind a number."""
    said = {"view": View.UNIT, **asked} | ({"unit": unit.code} if unit else {})
    return f"{reverse('desk:queue')}?{urlencode({k: str(v) for k, v in said.items()})}"


@dataclass(frozen=True)
class Row:
    """A unit with its numbers, in the order of the table, and how its cases are spread."""

    unit: Unit
    address: str
    figures: list[Figure]
    spread: charts.Spread


def _rows(cases: OpenCases, units: list[Unit]) -> list[Row]:
    """The units that have open cases."""
    by_unit = cases.by_unit()
    widest = max((open_cases.open_cases(part) for part in by_unit.values()), default=0)
    return [_row(unit, by_unit[unit.pk], widest) for unit in units if unit.pk in by_unit]


def _row(unit: Unit, cases: OpenCases, widest: int) -> Row:
    *figures, every = _figures(cases, unit)
    late, soon = open_cases.late(cases), open_cases.at_risk(cases)
    spread = charts.Spread(late, soon, every.number - late - soon, widest)
    return Row(unit, every.address, [every, *figures], spread)


def _reasons(clocks: Outcomes) -> charts.Pareto:
    """Why due dates were missed."""
    found = outcomes.breach_reasons(clocks)
    return charts.Pareto.of(
        [(reason or _("Not given"), n, not reason) for reason, n in found.items()]
    )


def _causes(answers: Answers) -> charts.Pareto:
    """What complaints came from."""
    found = causes.root_causes(answers)
    return charts.Pareto.of(
        [(cause.label if cause else _("Not given"), n, not cause) for cause, n in found.items()]
    )


@dataclass(frozen=True)
class OnTime:
    """How the clocks of a metric came out."""

    label: Any
    kept: Share
    moved: Share


def _on_time(clocks: Outcomes) -> list[OnTime]:
    """The metrics of which a due date fell, that of the answer first."""
    metrics = sorted(Metric, key=lambda metric: metric != Metric.RESOLUTION)
    parts = [(metric.label, clocks.of(metric)) for metric in metrics]
    found = [
        OnTime(label, outcomes.on_time(part), outcomes.on_time_by_moving(part))
        for label, part in parts
    ]
    return [each for each in found if each.kept.denominator]


_DEFINITIONS = [
    *(indicator.definition for indicator, _asked in _BEHIND),
    outcomes.on_time.definition,
    outcomes.on_time_by_moving.definition,
    outcomes.breach_reasons.definition,
    causes.root_causes.definition,
]
