"""Cases that may be about the same, beside the one that is read."""

import pytest
from django.test import Client

from casework.models import Case
from tests.agency import Agency, do, walk

FIRST = "Pipa bocor di depan pasar Karangsari sejak kemarin."
ALIKE = "Sejak kemarin pipa bocor di depan pasar, air terbuang."
OTHER = "Tagihan bulan ini dua kali lipat."


def similar_to(case: Case, reader: object) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(reader)
    answer = client.get(f"/desk/cases/{case.reference}/similar/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def pair(agency: Agency) -> tuple[Case, Case]:
    walk(agency, "work", text=OTHER)
    return walk(agency, "work", text=FIRST), walk(agency, "work", text=ALIKE)


def test_a_second_complaint_about_the_same_is_beside_the_first(agency, pair) -> None:
    first, second = pair
    assert second.reference in similar_to(first, agency.officer)
    assert first.reference in similar_to(second, agency.officer)
    assert OTHER not in similar_to(first, agency.officer)


def test_where_nothing_is_alike_that_is_said(agency: Agency) -> None:
    case = walk(agency, "work", text=OTHER)
    assert "No live case in your sight is like this one." in similar_to(case, agency.officer)


def test_what_has_ended_is_not_live(agency: Agency, pair) -> None:
    first, second = pair
    do(second, "merge", agency.supervisor, into=first.reference)
    assert second.reference not in similar_to(first, agency.officer)


@pytest.mark.parametrize("kept", ["restricted", "about me", "of another unit"])
def test_what_is_out_of_sight_is_similar_to_nothing(agency: Agency, pair, kept: str) -> None:
    first, second = pair
    changes = {
        "restricted": {"restricted": True},
        "about me": {"about_people": [agency.officer.pk]},
        "of another unit": {"unit": agency.roads},
    }
    Case.objects.filter(pk=second.pk).update(**changes[kept])
    page = similar_to(first, agency.officer)
    assert second.reference not in page and "sejak kemarin pipa" not in page.lower()
