"""What lists offer is what the doors let pass: one rule for both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Unit, User
from improvement import access
from improvement.models import Plan
from improvement.plans import keeping, passing
from tests.agency import Agency
from tests.improvement.world import MONDAY, approved, at, drafted, said, weekly

pytestmark = pytest.mark.django_db


def test_the_list_of_what_to_approve_is_what_may_be_approved(agency: Agency) -> None:
    weekly(agency, MONDAY - timedelta(weeks=10), 10, late=2, kept=3)
    User.objects.filter(username="supervisor").update(is_active=False)
    with at(MONDAY):
        drafted(agency)
        approved(agency)
        proposed = passing.propose(drafted(agency), agency.quality)
        also = keeping.revise(drafted(agency), agency.head, said(agency, place="Kota"), 1)
        passing.propose(also, agency.quality)
    found = {
        user.username: set(access.plans_to_approve(user).values_list("pk", flat=True))
        for user in User.objects.all()
    }
    assert found == {
        user.username: {plan.pk for plan in Plan.objects.all() if access.can_approve(user, plan)}
        for user in User.objects.all()
    }
    assert found["head"] == {proposed.pk} and found["supervisor"] == set()


def test_plans_and_reports_begin_in_the_units_that_are_open_and_theirs(agency: Agency) -> None:
    Unit.objects.filter(pk=agency.roads.pk).update(active=False)
    found = {
        user.username: set(access.units_to_begin_in(user).values_list("code", flat=True))
        for user in User.objects.all()
    }
    assert found["quality"] == found["head"] == {"root", "water"}
    assert found["supervisor"] == {"water"}
    assert found["officer"] == found["auditor"] == set()
