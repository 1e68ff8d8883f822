"""How clocks came out whose due date fell in some days: on time, and why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from figures.definitions import Share, indicator
from figures.models import Fallen, FallenDelta, Outcome
from figures.scope import Counted, Period
from workflows.models import Clock, ClockEntry, State

#: Whose due date fell: it passed, or the clock was met before.
FELL = Q(breached_at__isnull=False) | Q(state=State.MET, due_at__isnull=False)


@dataclass(frozen=True)
class Outcomes:
    """How many clocks came out how, in some days: by metric, outcome and reason."""

    period: Period
    numbers: Counter[tuple[str, str, str]]

    def of(self, metric: str) -> Outcomes:
        chosen = {key: n for key, n in self.numbers.items() if key[0] == metric}
        return Outcomes(self.period, Counter(chosen))

    def number(self, *outcomes: str) -> int:
        return sum(n for (_metric, outcome, _why), n in self.numbers.items() if outcome in outcomes)


def count(scope: Counted, period: Period, now: datetime) -> Outcomes:
    """Count the clocks of a scope whose due date fell in a period, in one statement
    after that of `Scope.about_me`.

    By the moment, never by whether a sweep has run: a due date that passed unnoticed is missed.
    """
    numbers: Counter[tuple[str, str, str]] = Counter()
    for metric, outcome, why, n in _rows(scope, period, now, "metric", "outcome", "why"):
        numbers[metric, outcome, why] += n
    return Outcomes(period, numbers)


def by_day(scope: Counted, period: Period, now: datetime) -> dict[date, Outcomes]:
    """The same for each day of the period (in UTC) on which a due date fell."""
    found: defaultdict[date, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for day, *key, n in _rows(scope, period, now, "day", "metric", "outcome", "why"):
        found[day][key[0], key[1], key[2]] += n
    return {day: Outcomes(Period(day, day), numbers) for day, numbers in sorted(found.items())}


def by_unit(scope: Counted, period: Period, now: datetime) -> dict[int, Outcomes]:
    """The same for each unit of the scope (its id) that has any."""
    found: defaultdict[int, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for unit, *key, n in _rows(scope, period, now, "unit", "metric", "outcome", "why"):
        found[unit][key[0], key[1], key[2]] += n
    return {unit: Outcomes(period, numbers) for unit, numbers in found.items()}


def _rows(scope: Counted, period: Period, now: datetime, *key: str) -> QuerySet:
    """What is rolled up, what no sweep has noted yet, less what the scope leaves out."""
    days = {"day__range": (period.first, period.last)}
    about_me = classified(Clock.objects.filter(case__in=scope.about_me)).filter(**days)
    parts = [
        _rolled_up(Fallen.objects.filter(scope.rows(), **days), key),
        _rolled_up(FallenDelta.objects.filter(scope.rows(), **days), key),
        _unnoticed(scope, period, now, key),
        about_me.values_list(*_of_clocks(key)).annotate(number=Value(-1) * Count("pk")),
    ]
    return parts[0].union(*parts[1:], all=True)


def classified(clocks: QuerySet) -> QuerySet:
    """Those whose due date fell, with the day (in UTC), the outcome, and why it was missed."""
    first_due = ClockEntry.objects.filter(clock=OuterRef("pk"), number=1).values("due_at")
    missed = Q(breached_at__isnull=False)
    outcome = Case(
        When(missed, then=Value(Outcome.MISSED.value)),
        When(ended_at__gt=Subquery(first_due), then=Value(Outcome.MOVED.value)),
        default=Value(Outcome.KEPT.value),
    )
    return clocks.filter(FELL).annotate(
        day=TruncDate(Coalesce("breached_at", "due_at"), tzinfo=UTC),
        outcome=outcome,
        why=Case(When(missed, then=F("breach_reason")), default=Value("")),
    )


def _rolled_up(rows: QuerySet, key: tuple[str, ...]) -> QuerySet:
    columns = ["reason" if name == "why" else name for name in key]
    return rows.values_list(*columns).annotate(number=Sum("n"))


def _unnoticed(scope: Counted, period: Period, now: datetime, key: tuple[str, ...]) -> QuerySet:
    """Clocks that run past their due date, which no sweep has noted yet: few."""
    until = min(now, period.ends_at)
    late = Clock.objects.filter(state=State.RUNNING, breached_at=None, due_at__lt=until)
    found = late.filter(due_at__gte=period.begins_at, case__in=scope.cases())
    said = found.annotate(
        day=TruncDate("due_at", tzinfo=UTC), outcome=Value(Outcome.MISSED.value), why=Value("")
    )
    return said.values_list(*_of_clocks(key)).annotate(number=Count("pk"))


def _of_clocks(key: tuple[str, ...]) -> list[str]:
    """A roll-up has the unit itself, a clock that of its case."""
    return ["case__unit" if name == "unit" else name for name in key]


_FELL = _("Clocks whose due date fell in the period and that are met or past it, open cases too.")
_OF_MINE = _("Clocks of cases that you may see.")
_BY_DATE = _("By the due date itself, not by when it was last checked.")


@indicator(
    _("on time"),
    numerator=_("Clocks that were met by their due date."),
    denominator=_FELL,
    population=_OF_MINE,
    moment=_BY_DATE,
)
def on_time(clocks: Outcomes) -> Share:
    return Share(clocks.number(Outcome.KEPT, Outcome.MOVED), clocks.number(*Outcome.values))


@indicator(
    _("on time only because the date moved"),
    numerator=_(
        "Clocks that were met in time, but after the due date they began with: "
        "a pause, an extension or a new target had moved it."
    ),
    denominator=_FELL,
    population=_OF_MINE,
    moment=_BY_DATE,
)
def on_time_by_moving(clocks: Outcomes) -> Share:
    return Share(clocks.number(Outcome.MOVED), clocks.number(*Outcome.values))


@indicator(
    _("why due dates were missed"),
    numerator=_("Missed due dates with that reason."),
    denominator=_("All due dates that were missed in the period, those without a reason too."),
    population=_OF_MINE,
    moment=_BY_DATE,
)
def breach_reasons(clocks: Outcomes) -> dict[str, int]:
    """How many by code, the most frequent first; what gives no reason ("") comes last."""
    found: Counter[str] = Counter()
    for (_metric, outcome, why), n in clocks.numbers.items():
        if outcome == Outcome.MISSED and n:
            found[why] += n
    return dict(sorted(found.items(), key=lambda each: (not each[0], -each[1], each[0])))
