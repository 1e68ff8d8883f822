"""What every page says of the agency, in its head and its foot."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.models import Unit
from config.agency import agency
from tests.accounts.settings_pages import change_unit, errors, signed_in
from tests.agency import build_agency


@pytest.fixture(autouse=True)
def kept(counted: None) -> None:
    """The name is asked once because a cache keeps it."""


@pytest.mark.django_db
def test_the_name_is_that_of_the_root_unit_and_asked_once(
    rf: RequestFactory, django_assert_num_queries
):
    root = Unit.objects.create(code="root", name="Kabupaten Uji")
    Unit.objects.create(code="water", name="Air Bersih", parent=root)
    with django_assert_num_queries(1):
        assert str(agency(rf.get("/"))["agency"]["name"]) == "Kabupaten Uji"
        assert str(agency(rf.get("/"))["agency"]["name"]) == "Kabupaten Uji"


@pytest.mark.django_db
def test_an_empty_installation_has_no_name(rf):
    assert not str(agency(rf.get("/"))["agency"]["name"])


def test_a_page_that_does_not_show_the_name_does_not_ask(rf, settings):
    settings.DEMO = False
    assert agency(rf.get("/"))["agency"]["demo"] is False


def foot(client: Client) -> str:
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    return page[page.index("<footer") :]


@pytest.mark.django_db
def test_the_foot_says_where_an_administrator_put_the_counter() -> None:
    root = build_agency().root
    said = {"help_text": "Loket 2, Jl. Merdeka 1, 08.00-15.00", "phone": "0265 555 0123"}
    assert "come to the counter or call" in foot(Client())
    change_unit(signed_in("administrator"), root, **said)
    cache.clear()
    shown = foot(Client())
    assert "Loket 2, Jl. Merdeka 1, 08.00-15.00" in shown
    assert '<a href="tel:02655550123">0265 555 0123</a>' in shown
    assert "come to the counter or call" not in shown


@pytest.mark.django_db
def test_a_telephone_number_is_none_without_digits() -> None:
    root = build_agency().root
    answer = change_unit(signed_in("administrator"), root, phone="loket")
    assert "Enter a telephone number." in errors(answer)
