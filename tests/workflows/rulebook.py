"""Policies as tests write them: a few rules, and one for all other cases."""

from datetime import UTC, date, datetime
from typing import Any

from casework.models import Case
from workflows import policies
from workflows.models import Policy, PolicyVersion

FIVE = {"resolution": {"amount": 5, "unit": "working_days"}}
FOURTEEN = {"resolution": {"amount": 14, "unit": "working_days"}}
LAST = {"id": "other", "name": "Lainnya", "default": True, "targets": FOURTEEN}
AT = datetime(2026, 3, 2, 3, tzinfo=UTC)


def rule(name: str, **said: Any) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "targets": FIVE} | said


def draft(code: str = "own", **said: Any) -> Policy:
    row = {"name": code.title(), "legal_basis": "Perbup 7/2026"}
    return Policy(code=code, **row | {"effective_from": date(2026, 1, 1)} | said)


def saved(*rules: dict[str, Any], by: Any = None, **said: Any) -> Policy:
    policy = draft(**said)
    policies.save_version(policy, [*rules, LAST], by)
    return policy


def taken(case: Case, at: datetime = AT) -> str:
    """The id of the rule that takes a case."""
    found = policies.match(case, at)
    assert found
    return found.rule.id


def changed(case: Case, **said: Any) -> Case:
    Case.objects.filter(pk=case.pk).update(**said)
    return Case.objects.get(pk=case.pk)


def newest() -> list[dict[str, Any]]:
    """The rules of the newest version."""
    return PolicyVersion.objects.latest("number").rules


def of(rule_id: str) -> dict[str, Any]:
    return next(each for each in newest() if each["id"] == rule_id)
