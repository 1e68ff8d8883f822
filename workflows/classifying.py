"""Another kind, priority or category: what a case is decides which targets it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.access import can_write_to_citizen
from casework.actors import Actor
from casework.models import Case
from workflows import protection
from workflows.conditions import is_live
from workflows.deed import Facts, Verb
from workflows.forms.classifying import ClassifyForm


def sort(case: Case, said: Mapping[str, Any]) -> Facts:
    """Write kind and priority where they are given; returns as facts what is another now."""
    facts = {}
    for name in ("kind", "priority"):
        if said.get(name) and said[name] != getattr(case, name):
            setattr(case, name, said[name])
            facts[name] = said[name]
    return facts


def classify(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """A category for restricted cases restricts it, as at acceptance; no other lifts that."""
    facts = sort(case, said)
    category = said.get("category")
    if category and category != case.category:
        case.category = category
        facts["category"] = category.code
        if category.restricted:
            protection.restrict(case, actor, said)
    return facts


VERBS: dict[str, Verb] = {
    "classify": Verb(ClassifyForm, classify, by=can_write_to_citizen, lawful=is_live),
}
