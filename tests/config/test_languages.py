"""In which language a visitor is answered: their own, where the agency speaks it."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Unit
from casework.models import Complainant
from tests.accounts.settings_pages import change_unit, signed_in
from tests.agency import Agency, build_agency, file_case
from workflows.windows import outside_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def borough(db: None) -> Agency:
    """An agency that speaks English."""
    agency = build_agency()
    Unit.objects.filter(pk=agency.root.pk).update(language="en", time_zone="Europe/London")
    return agency


def language_of(address: str, **headers: str) -> str:
    return Client(headers=headers).get(address)["Content-Language"]


@pytest.mark.parametrize(
    ("asked", "answered"), [("", "id"), ("fr", "id"), ("en-GB,en", "en"), ("id", "id")]
)
def test_an_indonesian_agency_offers_both_and_speaks_indonesian_to_others(
    agency: Agency, asked: str, answered: str
) -> None:
    assert language_of("/", **{"accept-language": asked}) == answered
    page = Client(headers={"accept-language": asked}).get("/").content.decode()
    assert page.count('name="language"') == 1


@pytest.mark.parametrize("asked", ["", "fr", "id,en;q=0.5", "en-GB"])
def test_an_agency_that_speaks_english_answers_everybody_in_english(
    borough: Agency, asked: str
) -> None:
    for address in ("/", "/complain/about/", "/accounts/login/", "/offline/", "/nowhere/"):
        answer = Client(headers={"accept-language": asked}).get(address, follow=True)
        page = answer.content.decode()
        assert '<html lang="en"' in page and "Bahasa" not in page, address
        assert 'name="language"' not in page, address


def test_a_cookie_of_other_days_does_not_bring_another_language_there(borough: Agency) -> None:
    client = Client()
    client.post("/language/setlang/", {"language": "id", "next": "/"})
    assert client.cookies["django_language"].value == "id"
    assert client.get("/")["Content-Language"] == "en"


def test_a_form_cannot_be_asked_for_in_a_language_that_is_not_offered(borough: Agency) -> None:
    client = Client()
    page = client.get("/complain/", follow=True)
    sent = client.post(page.request["PATH_INFO"], {"language": "id"}, follow=True)
    assert '<html lang="en"' in sent.content.decode()


def test_who_says_no_name_is_kept_with_the_language_of_the_agency(borough: Agency) -> None:
    file_case(identity="none", name="", email="")
    assert Complainant.objects.get().language == "en"


def test_an_administrator_chooses_the_language_and_it_is_seen_within_a_minute(
    counted: None, agency: Agency
) -> None:
    client = signed_in("administrator")
    assert language_of("/") == "id"
    change_unit(client, agency.root, language="en")
    assert Unit.objects.get(pk=agency.root.pk).language == "en"
    cache.clear()
    assert language_of("/") == "en"
    page = client.get(f"/admin/accounts/unit/{agency.root.pk}/change/").content.decode()
    assert "Indonesian" in page and "Bahasa" not in page


def test_what_is_not_said_of_the_language_stays(agency: Agency) -> None:
    Unit.objects.filter(pk=agency.root.pk).update(language="en")
    change_unit(signed_in("administrator"), agency.root, name="Another name")
    root = Unit.objects.get(pk=agency.root.pk)
    assert (root.name, root.language) == ("Another name", "en")


def test_an_empty_installation_speaks_indonesian(db: None) -> None:
    assert language_of("/") == "id"


def test_presets_and_the_ombudsman_are_those_of_the_agencys_country(borough: Agency) -> None:
    page = signed_in("administrator").get("/desk/policies/new/").content.decode()
    assert "LGSCO" in page and "SP4N" not in page
    assert "lgo.org.uk" in outside_body()
