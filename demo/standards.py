"""By when the city answers: its calendar and its policy, from before the first complaint on."""

from __future__ import annotations

from unittest import mock

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts.models import User
from demo.pack import Pack
from workflows import opening, policies
from workflows.models import PublicDay
from workflows.office_hours import USUAL
from workflows.public_days import confirm_days, load_days
from workflows.targets import In, StartsOn, Target

#: Django's log has a clock of its own, that takes no line back.
_LOGGED_AT = LogEntry._meta.get_field("action_time")


def settle(pack: Pack, last_year: int) -> None:
    """Settle it now: the public days from last year to that year count, the policy is in force.

    The administrator writes, and the head of the agency confirms.
    """
    with mock.patch.object(_LOGGED_AT, "_get_default", timezone.now):
        _settle(pack, last_year)


def _settle(pack: Pack, last_year: int) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=("admin", "head"))}
    standards = pack.agency.standards
    if pack.country != USUAL:
        opening.edit(None, {"zone": pack.agency.zone}, people["admin"], "")
    load_days(pack.country, timezone.localdate().year - 1, last_year)
    confirm_days(PublicDay.objects.filter(confirmed_at=None, dismissed=False), people["head"])
    policy = policies.install(standards.preset, timezone.localdate(), people["admin"])
    rules = policy.versions.latest("number").rules
    news = Target(standards.news_after, In.WORKING_DAYS, StartsOn.REPLIED)
    for rule in rules:
        rule["targets"]["next_update"] = news.as_dict()
        rule["targets"]["resolution"]["extension"] = standards.extension
    policies.save_version(policy, rules, people["admin"])
    policies.confirm(policy, people["head"])
