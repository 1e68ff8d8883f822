"""Which rule a case falls under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, Subquery

from accounts.models import Unit
from casework.models import Case, Category
from workflows.models import PolicyVersion
from workflows.policies.rules import Facts, Rule, rules_of


@dataclass(frozen=True)
class Match:
    """The version of a policy, and the first of its rules that takes the case."""

    version: PolicyVersion
    rule: Rule


def match(case: Case, at: datetime) -> Match | None:
    """The targets of a case that counts from `at`; None where no policy is there. Two queries.

    The newest version of the policy in force on that day in the zone of the case's unit; where
    none was in force then, of the earliest later one: cases from before the first policy have one.
    """
    about = _about(case)
    return _matched(case, about, in_force(at.astimezone(ZoneInfo(about["time_zone"])).date()))


def match_in(case: Case, version: PolicyVersion) -> Match | None:
    """The same of one version: one query."""
    return _matched(case, _about(case), version)


def _matched(case: Case, about: Mapping[str, Any], version: PolicyVersion | None) -> Match | None:
    facts = Facts(case.kind, case.priority, about["named"], frozenset(about["lineage"]))
    return first_that_takes(facts, version)


def first_that_takes(facts: Facts, version: PolicyVersion | None) -> Match | None:
    """The first rule of a version that takes a case of which these are the facts."""
    if version is None:
        return None
    found = next((rule for rule in rules_of(version) if rule.takes(facts)), None)
    return Match(version, found) if found else None


def in_force(day: date) -> PolicyVersion | None:
    """The newest version of the policy in force on a day, else of the earliest later one."""
    lasting = Q(policy__effective_to__isnull=True) | Q(policy__effective_to__gte=day)
    versions = PolicyVersion.objects.select_related("policy").filter(lasting)
    return versions.order_by("policy__effective_from", "policy", "-number").first()


def _about(case: Case) -> Mapping[str, Any]:
    """The zone of the case's unit, the codes of that and of those above, and of its category."""
    mine = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = Unit.objects.annotate(mine=mine).filter(mine__startswith=F("path")).values("code")
    category = Category.objects.filter(pk=case.category_id or 0).values("code")
    units = Unit.objects.filter(pk=case.unit_id)
    units = units.annotate(lineage=ArraySubquery(above), named=Subquery(category))
    return units.values("time_zone", "lineage", "named").get()
