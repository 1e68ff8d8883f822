"""What every page says in its head."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from accounts.models import Unit
from config.agency import agency


@pytest.fixture(autouse=True)
def forget():
    cache.clear()
    yield
    cache.clear()


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
