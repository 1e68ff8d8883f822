"""Somebody comes back to the counter with their receipt, wherever their case has gone."""

from typing import Any

import pytest
from django.test import Client

from accounts.throttles import DAY, Pace, Throttle
from casework import tracking
from casework.limits import HOUR
from casework.models import AccessLog, Case
from tests.agency import Agency, do
from tests.desk.pages import address, at_desk
from workflows import filing

PATH = "/desk/visitor/"
SAID = {"text": "Air mati sepekan di RT 07.", "identity": "none", "channel": "counter"}


@pytest.fixture
def gone(agency: Agency) -> dict[str, Any]:
    """What stands on the receipt of a case that intake typed in, and sees no more."""
    filed = filing.file(SAID, by=agency.intake, token="a-form")
    case = do(filed.case, "accept", agency.intake, category="water", unit="water")
    agency.water.help_text, agency.water.phone = "Jalan Melati 7, loket 3", "0274 123456"
    agency.water.save()
    return {"reference": case.reference, "secret": filed.secret}


def test_who_holds_the_receipt_acts_for_themselves_at_the_counters_screen(
    agency: Agency, gone: dict[str, Any]
) -> None:
    desk, case = at_desk(agency.intake), Case.objects.get()
    assert desk.get(address(case)).status_code == 404
    assert PATH in desk.get("/desk/file/").text
    opened = desk.post(PATH, gone)
    assert opened.status_code == 302
    page = desk.get(opened.headers["Location"]).text
    assert SAID["text"] in page
    assert "Air Bersih" in page
    assert "Jalan Melati 7, loket 3" in page
    assert "0274 123456" in page
    said = desk.post(f"{opened.headers['Location']}message/", {"text": "Masih mati."})
    assert said.status_code == 302
    event = Case.objects.get().events.latest("number")
    assert (event.actor_kind, event.actor, event.text) == ("citizen", None, "Masih mati.")
    assert desk.get(address(case)).status_code == 404, "the clerk sees no more than before"


def test_without_the_right_secret_nothing_opens_and_it_is_said_who_can_help(
    agency: Agency, gone: dict[str, Any]
) -> None:
    desk = at_desk(agency.intake)
    for wrong in ({"secret": "0000 0000 0000 0000"}, {"reference": "26-7K3M9QE"}):
        answer = desk.post(PATH, gone | wrong)
        assert answer.status_code == 422
        assert "No complaint fits this reference and secret" in answer.text
    assert (
        "only the unit that has the case, or a supervisor above it, can look" in desk.get(PATH).text
    )
    assert desk.post(PATH, {}).status_code == 422


@pytest.mark.usefixtures("counted")
def test_wrong_tries_are_slowed_down_as_on_the_portal_and_the_right_one_opens(
    agency: Agency, gone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = dict.fromkeys(("address", "case", "everybody"), Pace(2, DAY, first=5, longest=HOUR))
    monkeypatch.setattr(tracking, "SECRETS", Throttle("secrets", 1000, paces))
    desk = at_desk(agency.intake)
    tried = [desk.post(PATH, gone | {"secret": str(n)}).status_code for n in range(3)]
    assert tried == [422, 422, 429]
    assert desk.post(PATH, gone).status_code == 302


def test_who_files_for_nobody_does_not_find_the_page(agency: Agency, gone: dict[str, Any]) -> None:
    for person in (agency.quality, agency.auditor):
        assert at_desk(person).post(PATH, gone).status_code == 404
    assert Client().post(PATH, gone).status_code == 302
    assert not AccessLog.objects.exists()
