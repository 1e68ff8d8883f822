"""What a form offers is true where it is filled in, and never takes away what was said before."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Unit
from casework.models import Category, Cause
from improvement.forms.plan import PlanForm, initial_of
from improvement.models import Plan, Version
from tests.agency import Agency
from tests.improvement.test_meanwhile import browser, posted
from tests.improvement.world import MONDAY, answered, approved, at, drafted, weekly, with_action

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "currency"), [("id", "IDR"), ("en", "GBP")])
def test_a_new_plan_counts_in_the_money_of_its_agency(
    agency: Agency, language: str, currency: str
) -> None:
    Unit.objects.filter(parent=None).update(language=language)
    page = browser(agency.quality).get("/improve/plans/new/?unit=water").content.decode()
    assert f'<option value="{currency}" selected>' in page
    with at(MONDAY):
        sent = posted(initial_of(drafted(agency, target=None).newest)) | {"currency": ""}
        browser(agency.quality).post("/improve/plans/new/?unit=water", sent)
    assert Version.objects.latest("pk").currency == currency


@pytest.mark.parametrize(("language", "short"), [("id", True), ("en", False)])
def test_an_hour_has_45_minutes_only_where_it_is_so(
    agency: Agency, language: str, short: bool
) -> None:
    Unit.objects.filter(parent=None).update(language=language)
    weekly(agency, MONDAY - timedelta(weeks=4), 2, late=2, kept=3)
    with at(MONDAY):
        action = with_action(agency, approved(agency), course="Empati", planned=3)
        address = f"/improve/plans/{action.plan.code}/actions/{action.pk}/training/"
        page = browser(agency.quality).get(address).content.decode()
    assert ("Hours of 45 minutes." in page) == short


def test_a_category_that_ended_is_still_that_of_its_plan(agency: Agency) -> None:
    answered(agency.water, agency.plain, MONDAY - timedelta(days=10), kept=5)
    of_plain = {"indicator": "received", "metric": "", "category": agency.plain}
    with at(MONDAY):
        plan = approved(agency, **of_plain, target=Decimal("0.1"))
        Category.objects.filter(pk=agency.plain.pk).update(active=False)
        client, address = browser(agency.quality), f"/improve/plans/{plan.code}/edit/"
        page = client.get(address).content.decode()
        assert f'<option value="{agency.plain.code}" selected>' in page
        sent = posted(initial_of(plan.newest)) | {"problem": "Lagi.", "seen": "1"}
        assert client.post(address, sent).status_code == 302
    assert Plan.objects.get().newest.category == agency.plain


def test_a_cause_that_ended_is_offered_to_its_own_plan_alone(agency: Agency) -> None:
    cause = Cause.objects.filter(children=None)[0]
    with at(MONDAY):
        plan = drafted(agency, indicator="received", metric="", cause=cause, target=None)
    Cause.objects.filter(pk=cause.pk).update(active=False)
    offered = PlanForm(unit=agency.water, version=plan.newest).fields["cause"].queryset
    assert cause in offered
    assert cause not in PlanForm(unit=agency.water).fields["cause"].queryset
