from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casework.models import Case, Event
from casework.stages import Stage, Status
from tests.agency import PATHS, Agency, citizen, do, file_case, walk
from tests.api.conftest import client

CASES = "/api/v1/cases/"


def listed(api: APIClient, **filters: Any) -> list[str]:
    answer = api.get(CASES, filters)
    assert answer.status_code == 200, answer.data
    return [row["reference"] for row in answer.data["results"]]


def pages(api: APIClient, address: str) -> list[list[str]]:
    """The references of every page, by following `next` as it is."""
    found = []
    while address:
        page = api.get(address).data
        found.append([row["reference"] for row in page["results"]])
        address = page["next"]
    return found


def file_at_one_moment(count: int) -> list[str]:
    """References in the order of their ids, two at each moment."""
    filed = [file_case() for _ in range(count)]
    for place, case in enumerate(filed):
        at = timezone.now() + timedelta(minutes=place // 2)
        Case.objects.filter(pk=case.pk).update(received_at=at)
    return [case.reference for case in filed]


def test_the_newest_come_first_page_by_page(agency: Agency) -> None:
    filed = file_at_one_moment(5)
    found = pages(client(agency.intake), f"{CASES}?limit=2")
    assert found == [filed[:2:-1], filed[2:0:-1], filed[:1]]


def test_the_oldest_come_first_where_asked(agency: Agency) -> None:
    filed = file_at_one_moment(5)
    found = pages(client(agency.intake), f"{CASES}?limit=3&ordering=received_at")
    assert found == [filed[:3], filed[3:]]


def test_the_next_page_keeps_the_filters_and_our_own_host(agency: Agency) -> None:
    walk(agency, "work")
    filed = [walk(agency, "work", text="Air & lumpur di RT 03?").reference for _ in range(3)]
    asked = {"q": "lumpur RT 03", "stage": "work", "limit": 2}
    page = client(agency.officer).get(CASES, asked, HTTP_HOST="localhost:81").data
    assert page["next"].startswith("http://localhost:8000/api/v1/cases/?q=lumpur+RT+03&stage=work")
    assert pages(client(agency.officer), page["next"]) == [[filed[0]]]


def test_the_last_page_has_no_next_one(agency: Agency) -> None:
    file_at_one_moment(2)
    assert client(agency.intake).get(CASES, {"limit": 2}).data["next"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "work"),
        ("status", "being_worked_on"),
        ("unit", "water"),
        ("category", "water"),
        ("assignee", "officer"),
        ("kind", "praise"),
        ("priority", "urgent"),
        ("q", "lumpur"),
    ],
)
def test_the_list_is_filtered(agency: Agency, name: str, value: str) -> None:
    case = walk(agency, "work", text="Air berlumpur sejak Senin.")
    Case.objects.update(kind="praise", priority="urgent")
    other = file_case()
    api = client(agency.head)
    Case.objects.filter(pk=other.pk).update(unit=agency.roads)
    assert len(listed(client(agency.auditor))) == 2
    assert listed(client(agency.auditor), **{name: value}) == [case.reference]
    assert case.reference in listed(api)


def test_filters_narrow_together(agency: Agency) -> None:
    case = walk(agency, "work")
    api = client(agency.officer)
    assert listed(api, stage="work", assignee="officer") == [case.reference]
    assert listed(api, stage="work", assignee="officer2") == []


def test_each_status_finds_the_cases_that_have_it(agency: Agency) -> None:
    for stage in (*PATHS, "merged"):
        walk(agency, stage, category="bills" if stage == "review" else "water")
    do(file_case(), "claim", agency.intake)
    answered = walk(agency, "confirm")
    disputed = do(answered, "dispute", citizen(answered), reason="Masih keruh.")
    api, cases = client(agency.auditor), list(Case.objects.all())
    assert disputed.status == Status.UNDER_REVIEW
    assert {case.stage for case in cases} == set(Stage)
    for status in Status:
        having = {case.reference for case in cases if case.status == status}
        assert set(listed(api, status=status)) == having, status


def test_an_open_case_that_is_due_earlier_is_found(agency: Agency) -> None:
    soon, late, never = (file_case() for _ in range(3))
    ended = walk(agency, "rejected")
    now = timezone.now()
    early = Case.objects.filter(pk__in=(soon.pk, ended.pk))
    early.update(next_due_at=now + timedelta(hours=1))
    Case.objects.filter(pk=late.pk).update(next_due_at=now + timedelta(hours=3))
    limit = (now + timedelta(hours=2)).isoformat()
    assert listed(client(agency.intake), due_before=limit) == [soon.reference]
    assert never.reference in listed(client(agency.intake))


def test_what_happened_since_is_found(agency: Agency) -> None:
    still, moved = file_case(), file_case()
    since = Event.objects.latest("pk").at
    do(still, "note", agency.intake, text="Ditelepon.")
    assert listed(client(agency.intake), updated_after=since.isoformat()) == [still.reference]
    do(moved, "claim", agency.intake)
    do(moved, "note", agency.intake, text="Dua kali.")
    assert len(listed(client(agency.intake), updated_after=since.isoformat())) == 2


@pytest.mark.parametrize(
    "query",
    [
        "stage=x",
        "stage=",
        "status=work",
        "unit=%00",
        "kind=x",
        "priority=high",
        "due_before=tomorrow",
        "due_before=0001-01-01T00:00:00%2B14:00",
        "updated_after=9999-12-31T23:59:59-12:00",
        "ordering=pk",
        "cursor=x",
        "cursor=2026-01-01_1",
        "cursor=2026-01-01T00:00:00Z_99999999999999999999",
        "limit=0",
        "limit=101",
        "q=%00",
        "breached=perhaps",
        "format=xml",
    ],
)
def test_a_filter_that_means_nothing_is_refused_by_name(agency: Agency, query: str) -> None:
    answer = client(agency.intake).get(f"{CASES}?{query}")
    assert answer.status_code == 422
    assert answer.data["type"] == "urn:tanggap:problem:invalid"
    assert list(answer.data["errors"]) == [query.partition("=")[0]]


def test_the_list_holds_no_case_of_others(agency: Agency) -> None:
    walk(agency, "work")
    assert listed(client(agency.roads_officer)) == []
    assert len(listed(client(agency.officer))) == 1
