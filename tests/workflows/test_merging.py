"""What becomes of a case that was merged, when its target is merged too."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import timeline
from casework.links import link_for
from casework.models import Case
from notifications.models import Outbox
from tests.agency import Agency, build_agency, do, file_case, walk
from tests.workflows.test_races import at_once, doing
from workflows import mergers
from workflows.actions import act
from workflows.errors import Refused, Stale


def chain(agency: Agency, last: Case) -> tuple[Case, Case]:
    """A case that was merged into a second one, which was merged into the last."""
    first, second = file_case(), file_case()
    do(first, "merge", agency.intake, into=second.reference)
    second = do(second, "merge", agency.head, into=last.reference)
    first.refresh_from_db()
    return first, second


def test_who_was_merged_follows_when_the_target_is_merged_on(agency: Agency, client) -> None:
    third = file_case()
    first, _second = chain(agency, third)
    assert first.merged_into == third
    do(third, "ask", agency.intake, text="Berapa rumah?")
    page = client.get(f"/c/{link_for(first)}/", headers={"Accept-Language": "en"})
    assert "We need something from you" in page.content.decode()


def test_its_own_history_says_where_it_goes_on_and_stays_whole(agency: Agency) -> None:
    third = file_case()
    first, second = chain(agency, third)
    event = first.events.get(pk=first.last_event_id)
    assert (event.kind, event.stage, event.task, event.actor) == (
        "follow", "merged", None, agency.head,
    )  # fmt: skip
    assert event.data == {"from": second.reference, "into": third.reference}
    assert list(timeline.broken(Case.objects.all())) == []


def letters(case: Case) -> list[str]:
    return list(Outbox.objects.filter(case=case).order_by("pk").values_list("letter", flat=True))


def test_nobody_is_troubled_where_nothing_changes_for_them(agency: Agency, client) -> None:
    first, _second = chain(agency, file_case())
    assert first.events.get(pk=first.last_event_id).audience == "internal"
    assert letters(first) == ["received", "merged"]
    assert client.get(f"/c/{link_for(first)}/").status_code == 200


def test_who_reads_another_status_from_then_on_is_told(agency: Agency, client) -> None:
    first, _second = chain(agency, walk(agency, "confirm"))
    assert first.events.get(pk=first.last_event_id).audience == "step"
    assert letters(first) == ["received", "merged", "news"]
    page = client.get(f"/c/{link_for(first)}/", headers={"Accept-Language": "en"}).content.decode()
    assert "Goes on together with another complaint" in page
    assert first.merged_into and first.merged_into.reference not in page


def test_a_merger_moves_nobody_elses_case(agency: Agency) -> None:
    first, second, third = file_case(), file_case(), file_case()
    first = do(first, "merge", agency.intake, into=second.reference)
    do(third, "merge", agency.intake, into=file_case().reference)
    first.refresh_from_db()
    assert first.merged_into == second
    assert walk(agency, "merged").merged_into != second


def test_who_left_the_merger_in_time_is_not_taken_along(agency: Agency) -> None:
    first, second, third = file_case(), file_case(), file_case()
    first = do(first, "merge", agency.intake, into=second.reference)
    first = do(first, "unmerge", agency.intake)
    do(second, "merge", agency.intake, into=third.reference)
    first.refresh_from_db()
    assert (first.merged_into, first.stage) == (None, "triage")


def test_each_one_taken_along_costs_few_statements(agency: Agency) -> None:
    def cost(merged: int) -> int:
        second, third = file_case(), file_case()
        for _ in range(merged):
            do(file_case(), "merge", agency.intake, into=second.reference)
        with CaptureQueriesContext(connection) as asked:
            do(second, "merge", agency.intake, into=third.reference)
        return len(asked)

    cost(0)
    assert (cost(5) - cost(1)) / 4 <= 5


def test_who_is_merged_into_it_while_one_waits_makes_the_merger_stale(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = file_case(), file_case(), file_case()
    locked = mergers.locked_cases

    def one_more_meanwhile(*pks: int) -> dict[int, Case]:
        monkeypatch.setattr(mergers, "locked_cases", locked)
        do(first, "merge", agency.intake, into=second.reference)
        return locked(*pks)

    monkeypatch.setattr(mergers, "locked_cases", one_more_meanwhile)
    with pytest.raises(Stale):
        act(second, "merge", agency.intake, into=third.reference)


@pytest.mark.django_db(transaction=True)
def test_mergers_at_one_moment_neither_wait_for_each_other_for_ever_nor_lose_anybody() -> None:
    agency = build_agency()
    for _ in range(4):
        first, second, third = file_case(), file_case(), file_case()
        do(third, "merge", agency.intake, into=second.reference)
        came: list[Any] = at_once(
            doing(second, "merge", "head", into=first.reference),
            doing(first, "merge", "intake", into=second.reference),
            doing(third, "unmerge", "intake"),
        )
        assert all(not isinstance(result, Exception) or isinstance(result, Refused)
                   for result in came), came  # fmt: skip
    assert not Case.objects.filter(merged_into__stage="merged").exists()
    assert not Case.objects.filter(stage="merged", merged_into=None).exists()
    assert list(timeline.broken(Case.objects.all())) == []
