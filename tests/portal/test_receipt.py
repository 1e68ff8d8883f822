"""The receipt, on paper: what it says when it is read long after, and without a camera."""

import time_machine
from django.conf import settings
from django.test import Client

from casework.models import Case
from tests.agency import Agency
from workflows import filing
from workflows.lost import new_key

SAID = {"text": "Air mati empat hari di RT 03.", "identity": "none"}


def test_it_names_the_whole_date_and_the_page_to_type(agency: Agency) -> None:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        filing.file(SAID, token="of-the-form")
        page = Client(headers={"accept-language": "en"}).get("/complain/receipt/of-the-form/").text
    assert "Tuesday 24 November 2026, 16:00 WIB" in page.partition("<main")[2].partition("<li")[0]
    assert "today" not in page
    assert f"{settings.BASE_URL}/track/<" in page


def test_that_of_a_new_secret_names_the_page_to_type(agency: Agency) -> None:
    filing.file(SAID | {"identity": "named", "name": "Wulan", "email": "wulan@example.org"})
    reader, path = Client(), f"/track/new/{new_key(Case.objects.get())}/"
    reader.post(path)
    assert f"{settings.BASE_URL}/track/<" in reader.get(path).text


def come_late(**who: str) -> tuple[Client, str]:
    """Somebody back after 45 minutes who may never have seen their receipt; gives its page."""
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        filing.file(SAID | who, token="of-the-form")
    with time_machine.travel("2026-11-24T09:45:00Z", tick=False):
        reader = Client(headers={"accept-language": "en"})
        return reader, reader.get("/complain/receipt/of-the-form/").text


def test_who_comes_too_late_is_not_told_that_they_have_the_secret(agency: Agency) -> None:
    _reader, page = come_late()
    assert "That time is past" in page and "You have the secret" not in page
    assert "nobody can give you a new one" in page and 'href="/complain/"' in page
    assert "data-unsent-anew" in page and "/track/lost/" not in page


def test_who_comes_too_late_and_gave_a_name_is_shown_the_way_back(agency: Agency) -> None:
    _reader, page = come_late(identity="named", name="Wulan", email="wulan@example.org")
    assert "That time is past" in page and "/track/lost/" in page
    assert "data-unsent-anew" not in page


def test_a_new_secret_that_nobody_came_for_in_time_is_not_said_to_be_theirs(agency: Agency) -> None:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        filing.file(SAID | {"identity": "named", "name": "Wulan", "email": "wulan@example.org"})
        reader, path = Client(headers={"accept-language": "en"}), new_key(Case.objects.get())
        reader.post(f"/track/new/{path}/")
    with time_machine.travel("2026-11-24T09:45:00Z", tick=False):
        page = reader.get(f"/track/new/{path}/").text
    assert "That time is past" in page and "/track/lost/" in page


def test_who_said_that_they_have_the_secret_is_believed(agency: Agency) -> None:
    filing.file(SAID, token="of-the-form")
    reader = Client(headers={"accept-language": "en"})
    page = reader.post("/complain/receipt/of-the-form/", follow=True).content.decode()
    assert "You have the secret" in page and "That time is past" not in page
