"""The lock of every act: the case row.

Viewflow's default takes no lock at all, and its stock lock makes losers sleep. Here a loser
waits for the winner's commit (bounded by `lock_timeout` of the connection) and then finds
that the task it meant is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from casework.models import Case


def locked_cases(*pks: int) -> dict[int, Case]:
    """Lock case rows, always in the order of their ids, and return them as they are now.

    The long texts stay behind: no act changes them, and what is not loaded is not written.
    """
    rows = Case.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "unit", "category", "complainant", "active_task__process"
    )
    rows = rows.defer("text", "about", "address").filter(pk__in=pks)
    return {case.pk: case for case in rows.order_by("pk")}


@contextmanager
def case_row_lock(flow_class: type, process_pk: int) -> Iterator[None]:
    """`lock_impl` of the complaint flow."""
    with transaction.atomic():
        list(
            Case.objects.select_for_update(no_key=True, of=("self",))
            .filter(process_id=process_pk)
            .values_list("pk")
        )
        yield
