"""By when Sukamaju answers: its calendar and its policy, from before the first complaint on."""

from __future__ import annotations

from unittest import mock

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts.models import User
from workflows import policies
from workflows.models import PublicDay
from workflows.public_days import confirm_days, load_days
from workflows.targets import In, StartsOn, Target

#: What Sukamaju settled beyond the national rules: news in the meantime, and how many working days
#: a supervisor may give more for an answer.
NEWS = Target(5, In.WORKING_DAYS, StartsOn.REPLIED)
MORE = 5
#: Django's log has a clock of its own, that takes no line back.
_LOGGED_AT = LogEntry._meta.get_field("action_time")


def settle(last_year: int) -> None:
    """Settle it now: the public days from last year to that year count, the policy is in force.

    The administrator writes, and the head of the agency confirms.
    """
    with mock.patch.object(_LOGGED_AT, "_get_default", timezone.now):
        _settle(last_year)


def _settle(last_year: int) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=("admin", "head"))}
    load_days("ID", timezone.localdate().year - 1, last_year)
    confirm_days(PublicDay.objects.filter(confirmed_at=None, dismissed=False), people["head"])
    policy = policies.install("id-sp4n", timezone.localdate(), people["admin"])
    rules = policy.versions.latest("number").rules
    for rule in rules:
        rule["targets"]["next_update"] = NEWS.as_dict()
        rule["targets"]["resolution"]["extension"] = MORE
    policies.save_version(policy, rules, people["admin"])
    policies.confirm(policy, people["head"])
