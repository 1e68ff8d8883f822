"""What is wrong with a policy, in sentences: asked before it is saved, and on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from workflows.models import Policy
from workflows.policies import dates, known, reach, shape
from workflows.policies.finding import Finding
from workflows.policies.rules import Rule

__all__ = ["Finding", "findings", "refusals"]


def refusals(policy: Policy, rules: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sentences of `findings`; none where the policy can be used as it is."""
    return [str(finding) for finding in findings(policy, rules)]


def findings(policy: Policy, rules: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """What is wrong with a policy, saved or not, if it had these rules (as JSON).

    A constant number of queries. Rules that ended are asked nothing more.
    """
    living = [said for said in rules if not (isinstance(said, Mapping) and said.get("ended"))]
    found = [*dates.findings(policy), *_of_ids(rules)]
    misshapen = [finding for said in living for finding in shape.findings(said)]
    if misshapen:
        return [*found, *misshapen]
    understood = [Rule.from_dict(said) for said in living]
    found += [*_of_defaults(understood), *known.findings(understood)]
    return [*found, *reach.findings(understood), *reach.impossible(understood)]


def _of_ids(rules: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    ids = [said.get("id") for said in rules if isinstance(said, Mapping)]
    for twice in sorted({str(one) for one in ids if ids.count(one) > 1}):
        yield Finding(_("Two rules have the code “%(code)s”.") % {"code": twice})


def _of_defaults(rules: Sequence[Rule]) -> Iterator[Finding]:
    defaults = [rule for rule in rules if rule.default]
    if not defaults:
        yield Finding(_("There is no rule for all other cases: one must be there, the last."))
    for rule in defaults:
        if len(defaults) > 1:
            yield Finding(_("Only one rule can be for all other cases."), rule.id, rule.name)
        if rule is not rules[-1]:
            words = _("The rule for all other cases is the last: none after it is ever asked.")
            yield Finding(words, rule.id, rule.name, "default")
