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
from workflows.errors import Invalid, Refused, Stale


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


def about(case: Case, agency: Agency, people: str) -> Case:
    return do(case, "about", agency.head, people=people, reason="Namanya disebut.")


@pytest.mark.parametrize("stage", ["work", "confirm"])
def test_a_complaint_is_not_merged_into_a_case_of_whom_it_is_about(agency, stage: str) -> None:
    """Else they would answer it there; also once it is known that both are about them."""
    case, target = about(file_case(), agency, "officer"), walk(agency, stage)
    with pytest.raises(Invalid, match="menyangkut pegawai"):
        do(case, "merge", agency.head, into=target.reference)
    target = about(target, agency, "officer")
    with pytest.raises(Invalid, match="pernah menangani"):
        do(case, "merge", agency.head, into=target.reference)
    assert not case.merged.exists()


def test_two_complaints_about_the_same_person_are_merged_where_others_handle_them(agency) -> None:
    case, target = about(file_case(), agency, "officer"), about(file_case(), agency, "officer")
    case = do(case, "merge", agency.head, into=target.reference)
    assert case.merged_into == target
    with pytest.raises(Invalid, match="lebih banyak orang"):
        do(target, "about", agency.head, people="", reason="Bukan orang itu.")


def test_a_complaint_about_an_office_is_merged_into_one_about_that_office_alone(agency) -> None:
    case = do(file_case(), "about", agency.head, unit="roads", reason="Kantor itu.")
    other = do(file_case(), "about", agency.head, unit="water", reason="Kantor ini.")
    for target in (file_case(), other):
        with pytest.raises(Invalid, match="menyangkut pegawai"):
            do(case, "merge", agency.head, into=target.reference)
    same = do(file_case(), "about", agency.head, unit="roads", reason="Kantor itu.")
    assert do(case, "merge", agency.head, into=same.reference).merged_into == same
