"""What the settings log says of a changed policy: from what to what, in codes.

Codes instead of labels: the log is read in more than one language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workflows.policies.rules import CONDITIONS, Rule
from workflows.policies.words import in_code


def of_rules(before: Sequence[Rule], after: Sequence[Rule]) -> list[str]:
    """A line for each thing in which two lists of rules differ; none where they are the same."""
    old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    told = [f"rule {rule_id} added" for rule_id in new if rule_id not in old]
    told += [f"rule {rule_id} removed" for rule_id in old if rule_id not in new]
    for rule_id in new.keys() & old.keys():
        told += [f"rule {rule_id}: {line}" for line in _of_rule(old[rule_id], new[rule_id])]
    kept = [rule_id for rule_id in old if rule_id in new]
    if kept != [rule_id for rule_id in new if rule_id in old]:
        told.append(f"order: {', '.join(new)}")
    return sorted(told)


def of_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """A line for each field of two rows that differs."""
    return [
        f"{name}: {old or '-'} → {after[name] or '-'}"
        for name, old in before.items()
        if old != after[name]
    ]


def _of_rule(old: Rule, new: Rule) -> Iterator[str]:
    if old.name != new.name:
        yield f"name: {old.name} → {new.name}"
    if old.default != new.default:
        yield f"default: {old.default} → {new.default}"
    if old.ended != new.ended:
        yield "ended"
    for name in CONDITIONS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{name}: {_listed(was)} → {_listed(now)}"
    for metric in {**old.targets, **new.targets}:
        was, now = old.targets.get(metric), new.targets.get(metric)
        if was != now:
            yield f"{metric}: {in_code(was) if was else '-'} → {in_code(now) if now else '-'}"


def _listed(condition: Sequence[str] | None) -> str:
    return "any" if condition is None else ", ".join(condition)
