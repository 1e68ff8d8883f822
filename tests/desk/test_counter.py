"""The form at the counter speaks to the officer about the complainant."""

import pytest
from django.test import Client

from casework.models import Case
from tests.agency import Agency

PATH = "/desk/file/"
SAID = {"channel": "counter", "text": "Warga datang: air mati sepekan di RT 07."}


@pytest.fixture
def counter(agency: Agency) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.intake)
    return client


def page(counter: Client, **said: str) -> str:
    answer = counter.post(PATH, SAID | {"identity": "none", "token": "t"} | said)
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_a_missing_name_is_the_complainants(counter: Client) -> None:
    shown = page(counter, identity="named")
    assert "Enter the name of the complainant, or choose to withhold it." in shown
    assert "your name" not in shown


def test_each_way_to_say_who_one_is_has_its_consequence_under_it(counter: Client) -> None:
    shown = counter.get(PATH).content.decode()
    assert "The officers who handle the case see name and contact." in shown
    assert "Only identity officers can read the name." in shown
    assert "Whoever loses the secret cannot be helped." in shown


def test_a_year_of_five_digits_is_named_as_what_is_wrong(counter: Client) -> None:
    shown = page(counter, received_at="12026-11-24T09:00")
    assert "Enter the day, a year of four digits, and the time." in shown
    assert not Case.objects.exists()


def test_the_field_offers_no_moment_that_is_refused(counter: Client) -> None:
    shown = counter.get(PATH).content.decode()
    field = shown[shown.index('name="received_at"') :].split(">")[0]
    limits = dict(part.split("=") for part in field.split() if part.startswith(("min", "max")))
    for limit in limits.values():
        answer = page(counter, received_at=limit.strip('"'), text="x")
        assert "This moment is in the future." not in answer
        assert "more than ten years ago" not in answer
    assert set(limits) == {"min", "max"}
