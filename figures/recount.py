"""Whether the roll-ups say what a recount says, and putting them right where they do not."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection, models, transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, F, QuerySet, Sum, Value

from casework.models import Case
from casework.querysets import NOBODYS, OPEN
from figures.causes import answered
from figures.folding import key_of
from figures.models import ROLLUPS, Answered, Fallen, Standing
from figures.outcomes import classified
from workflows.models import Clock

#: Two that put right at once would do so twice.
_LOCK = 0x66696775

Differences = dict[tuple[Any, ...], int]


def differences() -> dict[type[models.Model], Differences]:
    """By how many each number is wrong, by its key: a recount less the roll-up.

    Each roll-up is compared within one statement, so that acts going on make no difference.
    """
    return {Standing: _open_cases(), Fallen: _clocks(), Answered: _answers()}


@transaction.atomic
def put_right() -> int:
    """Write what is missing as delta rows; returns how many. Acts going on are not held up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    written = 0
    for standing, wrong in differences().items():
        delta = ROLLUPS[standing]
        names = [field.attname for field in key_of(delta)]
        rows = [delta(**dict(zip(names, key, strict=True)), n=n) for key, n in wrong.items()]
        written += len(delta._default_manager.bulk_create(rows, batch_size=1000))
    return written


def _open_cases() -> Differences:
    has = ExpressionWrapper(~NOBODYS, output_field=BooleanField())
    cases = Case.objects.filter(OPEN).order_by().annotate(has=has)
    found = cases.values_list("unit", "restricted", "due_state", "has").annotate(number=Count("pk"))
    return _compared(found, Standing)


def _clocks() -> Differences:
    columns = {"whose": F("case__unit"), "hidden": F("case__restricted")}
    clocks = classified(Clock.objects.all()).annotate(**columns)
    key = ("whose", "hidden", "day", "metric", "outcome", "why")
    return _compared(clocks.values_list(*key).annotate(number=Count("pk")), Fallen)


def _answers() -> Differences:
    cases = answered(Case.objects.order_by())
    found = cases.values_list("unit", "restricted", "day", "cause").annotate(number=Count("pk"))
    return _compared(found, Answered)


def _compared(recount: QuerySet, standing: type[models.Model]) -> Differences:
    key = [field.name for field in key_of(standing)]
    kept = [
        model._default_manager.values_list(*key).annotate(number=Value(-1) * Sum("n"))
        for model in (standing, ROLLUPS[standing])
    ]
    found: Counter[tuple[Any, ...]] = Counter()
    for *said, number in recount.union(*kept, all=True):
        found[tuple(said)] += number
    return {said: number for said, number in found.items() if number}
