"""Cases on their way at given moments, and what was said about their due dates."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from casework.labels import citizen_label
from casework.models import Case
from notifications.models import Notification, Outbox
from tests.agency import Agency, do
from tests.clockwork import in_work, on
from workflows.errors import Invalid

#: When `work` files its case: a Monday; ten working days end on 2026-11-16 at 16:00.
MONDAY = "2026-11-02 09:00"


def step(clock: str, case: Case, name: str, actor: Any, /, **payload: Any) -> Case:
    """One act at that moment on the wall; the case as it now is."""
    with on(clock):
        return do(Case.objects.get(pk=case.pk), name, actor, **payload)


def work(agency: Agency, clock: str = MONDAY, **said: Any) -> Case:
    """A case that was filed at that moment, and is with `officer` since."""
    return in_work(agency, clock, **said)


def answered(agency: Agency, clock: str = "2026-11-05 10:00", **said: Any) -> Case:
    return step(clock, work(agency, **said), "respond", agency.officer, text="Sudah.")


def refused(clock: str, case: Case, name: str, actor: Any, /, **payload: Any) -> dict[str, str]:
    """The sentences, in English, by field; nothing changes."""
    before = case.events.count()
    with pytest.raises(Invalid) as refusal, translation.override("en"):
        step(clock, case, name, actor, **payload)
    assert case.events.count() == before
    with translation.override("en"):
        return {field: str(errors[0]) for field, errors in refusal.value.errors.items()}


def told(case: Case, kind: str) -> set[str]:
    """Who of the staff finds it in their tray."""
    rows = Notification.objects.filter(case=case, kind=kind)
    return set(rows.values_list("user__username", flat=True))


def letters(case: Case, *names: str) -> list[tuple[str, str | None]]:
    """The letters of those names, and to whom; None is the complainant."""
    rows = Outbox.objects.filter(case=case, letter__in=names).order_by("pk")
    return list(rows.values_list("letter", "user__username"))


def read_by_citizen(case: Case) -> list[str]:
    """What the complainant reads of what happened since it is worked on, in English."""
    events = case.events.exclude(audience="internal").exclude(kind__in=("filed", "accept"))
    with translation.override("en"):
        return [citizen_label(event) for event in events.order_by("number")][1:]
