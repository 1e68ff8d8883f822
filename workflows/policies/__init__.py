"""Policies: which targets a case has, on what legal basis, and from when to when."""

from workflows.policies.checking import Finding, findings, refusals
from workflows.policies.keeping import (
    Unsound,
    confirm,
    deactivate_rule,
    install,
    save_version,
)
from workflows.policies.matching import Match, match, match_in
from workflows.policies.rules import METRICS, Facts, Rule, Targets, rules_of

__all__ = [
    "METRICS",
    "Facts",
    "Finding",
    "Match",
    "Rule",
    "Targets",
    "Unsound",
    "confirm",
    "deactivate_rule",
    "findings",
    "install",
    "match",
    "match_in",
    "refusals",
    "rules_of",
    "save_version",
]
