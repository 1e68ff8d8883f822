"""What complaints came from that were answered in some days: their root causes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Cause
from figures.definitions import indicator
from figures.models import Answered, AnsweredDelta
from figures.scope import Period, Scope

#: What a cause is called, read along with its number.
_NAMED = ("cause", "cause__code", "cause__name", "cause__name_en", "cause__axis")


@dataclass(frozen=True)
class Answers:
    """How many cases were answered in some days, by root cause; None: their answer gave none."""

    period: Period
    numbers: Counter[Cause | None]


def count(scope: Scope, period: Period) -> Answers:
    """Count the cases of a scope whose latest answer was given in a period, in one statement
    after that of `Scope.about_me`. Costs days, units and causes, not cases."""
    days = {"day__range": (period.first, period.last)}
    about_me = answered(Case.objects.filter(pk__in=scope.about_me)).filter(**days)
    parts = [
        _rolled_up(Answered.objects.filter(scope.rows(), **days)),
        _rolled_up(AnsweredDelta.objects.filter(scope.rows(), **days)),
        about_me.values_list(*_NAMED).annotate(number=Value(-1) * Count("pk")),
    ]
    numbers: Counter[Cause | None] = Counter()
    for pk, code, name, name_en, axis, n in parts[0].union(*parts[1:], all=True):
        cause = Cause(pk=pk, code=code, name=name, name_en=name_en, axis=axis) if pk else None
        numbers[cause] += n
    return Answers(period, numbers)


def answered(cases: QuerySet) -> QuerySet:
    """Those that were answered, with the day (in UTC) of the latest answer."""
    return cases.filter(answered_at__isnull=False).annotate(
        day=TruncDate("answered_at", tzinfo=UTC)
    )


def _rolled_up(rows: QuerySet) -> QuerySet:
    return rows.values_list(*_NAMED).annotate(number=Sum("n"))


@indicator(
    _("root causes"),
    numerator=_("Cases whose latest answer names that root cause."),
    denominator=_("All cases whose latest answer is of the period, those without a cause too."),
    population=_("Cases that you may see, open or ended."),
    moment=_("By the day of the latest answer, also if it was disputed or taken back since."),
)
def root_causes(answers: Answers) -> dict[Cause | None, int]:
    """How many by cause, the most frequent first; what gives no cause (None) comes last."""
    found = {cause: n for cause, n in answers.numbers.items() if n}
    return dict(sorted(found.items(), key=lambda each: (each[0] is None, -each[1], str(each[0]))))
