"""Whether a rule, as JSON, is a rule at all: each thing in its place, and in its bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from workflows.policies.finding import Finding
from workflows.policies.rules import CONDITIONS, METRICS, STARTS
from workflows.targets import FORWARD, NEXT_WORKING_DAY, RECEIPT, In

LONGEST_ID = 38  # letters: with the code of its policy it must fit into `Pass.rule`
LONGEST_NAME = 200
_ID = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST_ID - 1}}}")
_TARGET = {"amount", "unit", "starts_on", "day_zero", "roll", "pausable", "extension"}
#: Units of which day 0 can be chosen, and which can be due on a closed day.
DATED = (In.CALENDAR_DAYS, In.WEEKS, In.MONTHS)
IN_DAYS = (In.WORKING_DAYS, *DATED)

Wrong = Iterator[tuple[str, str]]  # the field, and a sentence


def findings(said: Any) -> list[Finding]:
    """What keeps a rule from being read."""
    if not isinstance(said, Mapping):
        return [Finding(_("A rule is a table of names."))]
    rule, name = str(said.get("id") or "?"), str(said.get("name") or "")
    wrong = [*_of_names(said), *_of_conditions(said), *_of_targets(said)]
    return [Finding(sentence, rule, name, field) for field, sentence in wrong]


def _of_names(said: Mapping[str, Any]) -> Wrong:
    if not isinstance(said.get("id"), str) or not _ID.fullmatch(said["id"]):
        yield "id", _("A code has at most 38 small letters, digits, - and _.")
    name = said.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        yield "name", _("Give the rule a name of at most 200 letters.")
    unknown = set(said) - {"id", "name", "default", "targets", "ended", *CONDITIONS}
    for key in sorted(map(str, unknown)):
        yield "", _("A rule has no “%(key)s”.") % {"key": key}


def _of_conditions(said: Mapping[str, Any]) -> Wrong:
    for name in CONDITIONS:
        condition = said.get(name)
        if condition is None:
            continue
        if not isinstance(condition, list | tuple) or not all(
            isinstance(c, str) for c in condition
        ):
            yield name, _("A condition is a list of codes.")
        elif said.get("default"):
            yield name, _("The rule for all other cases asks nothing.")
        elif not condition:
            yield (
                name,
                _("This condition is empty: it matches nothing. Choose something, or do not ask."),
            )


def _of_targets(said: Mapping[str, Any]) -> Wrong:
    targets = said.get("targets")
    if not isinstance(targets, Mapping) or not targets:
        yield "targets", _("A rule gives at least one target.")
        return
    for metric, target in targets.items():
        if metric not in METRICS:
            yield "targets", _("Nothing is measured by the name “%(name)s”.") % {"name": metric}
        elif not isinstance(target, Mapping):
            yield metric, _("A target is a table of names.")
        else:
            for field, sentence in [*_of_amounts(target), *_of_ways(metric, target)]:
                yield f"{metric}.{field}", sentence


def _of_amounts(target: Mapping[str, Any]) -> Wrong:
    amount, extension = target.get("amount"), target.get("extension", 0)
    if type(amount) is not int or amount < 1:
        yield "amount", _("An amount is a whole number above zero.")
    if type(extension) is not int or extension < 0:
        yield "extension", _("An extension is a whole number, or zero where there is none.")


def _of_ways(metric: str, target: Mapping[str, Any]) -> Wrong:
    unit = target.get("unit")
    if unit not in tuple(In):
        yield "unit", _("Time is not counted in “%(unit)s”.") % {"unit": unit}
    if target.get("starts_on", STARTS[metric][0]) not in STARTS[metric]:
        yield "starts_on", _("%(metric)s cannot count from that.") % {"metric": METRICS[metric]}
    day_zero, roll = target.get("day_zero", RECEIPT), target.get("roll", "")
    if day_zero not in (RECEIPT, NEXT_WORKING_DAY) or roll not in ("", FORWARD):
        yield "unit", _("This is no way to count days.")
    elif (day_zero == NEXT_WORKING_DAY and unit not in IN_DAYS) or (roll and unit not in DATED):
        yield "unit", _("Only days, weeks and months can be counted in this way.")
    if not isinstance(target.get("pausable", True), bool):
        yield "pausable", _("Whether it can be paused is yes or no.")
    for key in sorted(map(str, set(target) - _TARGET)):
        yield "", _("A target has no “%(key)s”.") % {"key": key}
