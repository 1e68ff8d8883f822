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
