"""By which channels the cases came whose due dates fell: no roll-up has that, the cases do.

Each case counts once, in the week of the first of its due dates. Those of a case are missed
together, and come by one channel: counted one by one, two a case make a channel look as if it had
opened in a third of all histories in which none did.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from figures.outcomes import FELL
from figures.scope import Counted
from workflows.models import Clock, State

#: How many by day (in UTC) and channel.
ByChannel = Counter[tuple[date, str]]


def of_due(scope: Counted, now: datetime, metric: str) -> ByChannel:
    """Of cases with clocks of a metric whose due date fell, as `figures.outcomes` counts them."""
    return _counted(scope, (FELL | _unnoticed(now)) & Q(metric=metric))


def of_missed(scope: Counted, now: datetime) -> ByChannel:
    """Of cases with a due date that was missed, of any metric."""
    return _counted(scope, Q(breached_at__isnull=False) | _unnoticed(now))


def _unnoticed(now: datetime) -> Q:
    """Past its due date, and no sweep has noted it yet."""
    return Q(state=State.RUNNING, due_at__lt=now)


def _counted(scope: Counted, which: Q) -> ByChannel:
    """One statement: the cases of the scope by their unit, and the clocks of each by the case.

    It costs what the unit ever received, whatever others did.
    """
    clocks = Clock.objects.filter(which, case=OuterRef("pk")).order_by().values("case")
    first = clocks.annotate(first=Min(Coalesce("breached_at", "due_at"))).values("first")
    cases = scope.cases().order_by().annotate(day=TruncDate(Subquery(first), tzinfo=UTC))
    found = cases.values_list("day", "channel").annotate(n=Count("pk"))
    return Counter({(day, channel): n for day, channel, n in found if day})
