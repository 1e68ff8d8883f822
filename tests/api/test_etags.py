"""Whoever asks again learns whether anything changed, and gets nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Membership
from accounts.rights import Role
from casework.models import Case
from tests.agency import Agency, citizen, do, walk
from tests.api.conftest import client

PARTS = ("", "timeline/")


def address(case: Case, part: str) -> str:
    return f"/api/v1/cases/{case.reference}/{part}"


def again(agency: Agency, case: Case, part: str, tag: str, **headers: str) -> Any:
    api = client(agency.officer)
    return api.get(address(case, part), HTTP_IF_NONE_MATCH=tag, **headers)


@pytest.fixture
def case(agency: Agency) -> Case:
    return walk(agency, "work")


def tag_of(agency: Agency, case: Case, part: str) -> str:
    answer = client(agency.officer).get(address(case, part))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]
    return answer["ETag"]


@pytest.mark.parametrize("part", PARTS)
def test_what_did_not_change_is_not_sent_again(agency: Agency, case: Case, part: str) -> None:
    tag = tag_of(agency, case, part)
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        answer = again(agency, case, part, known)
        assert answer.status_code == 304, known
        assert answer.content == b""
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("known", ['"other"', 'W/"other"', "x", ""])
def test_another_state_is_sent(agency: Agency, case: Case, part: str, known: str) -> None:
    assert again(agency, case, part, known).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_an_event_changes_the_state(agency: Agency, case: Case, part: str) -> None:
    tag = tag_of(agency, case, part)
    do(case, "message", citizen(case), text="Sekarang keruh.")
    answer = again(agency, case, part, tag)
    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_a_case_is_another_for_other_rights(agency: Agency, case: Case) -> None:
    tag = tag_of(agency, case, "")
    role = {"user": agency.officer, "unit": agency.water, "role": Role.SUPERVISOR}
    Membership.objects.create(**role)
    answer = again(agency, case, "", tag)
    assert "reassign" in answer.data["exits"]


def test_a_case_is_another_for_somebody_else(agency: Agency, case: Case) -> None:
    tag = tag_of(agency, case, "")
    answer = client(agency.officer2).get(address(case, ""), HTTP_IF_NONE_MATCH=tag)
    assert answer.status_code == 200


def test_a_timeline_is_another_in_another_language(agency: Agency, case: Case) -> None:
    tag = tag_of(agency, case, "timeline/")
    assert again(agency, case, "timeline/", tag, HTTP_ACCEPT_LANGUAGE="en").status_code == 200


def test_the_end_of_a_window_changes_the_state(agency: Agency) -> None:
    case = walk(agency, "closed")
    Case.objects.update(closed_at=timezone.now() - timedelta(days=29))
    tag = tag_of(agency, case, "")
    Case.objects.update(closed_at=timezone.now() - timedelta(days=31))
    assert again(agency, case, "", tag).status_code == 200


def test_what_is_set_up_elsewhere_shows_on_the_next_day(agency: Agency, case: Case) -> None:
    tag = tag_of(agency, case, "")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert again(agency, case, "", tag).status_code == 200


def test_a_state_does_not_open_a_case_to_others(agency: Agency, case: Case) -> None:
    tag = tag_of(agency, case, "")
    answer = client(agency.roads_officer).get(address(case, ""), HTTP_IF_NONE_MATCH=tag)
    assert answer.status_code == 404


def test_the_list_and_refusals_have_no_state(agency: Agency) -> None:
    for where in ("/api/v1/cases/", "/api/v1/cases/26-ABCDEFE/"):
        answer = client(agency.officer).get(where, HTTP_IF_NONE_MATCH="*")
        assert answer.status_code in (200, 404)
        assert "ETag" not in answer
        assert answer["Cache-Control"] == "private, no-store"
