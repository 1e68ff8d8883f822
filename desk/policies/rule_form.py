"""What administrators say of a rule: which cases it takes, and the targets that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from accounts.plain_text import check_one_line
from desk.policies.forms import Checked
from desk.policies.shown import CONDITIONS, Offers
from workflows.policies import METRICS
from workflows.policies.rules import INCOMPLETE, SILENCE, STARTS
from workflows.policies.shape import LONGEST_ID
from workflows.policies.words import FROM, UNITS
from workflows.targets import FORWARD, NEXT_WORKING_DAY, RECEIPT, In

#: What counts for the complainant's own time: it is neither extended nor paused.
WAITS = (SILENCE, INCOMPLETE)
MOST = 99_999


@dataclass(frozen=True)
class Group:
    """The fields of one target, each with its part and its label beside its siblings.

    `more`: those that are seldom needed.
    """

    label: Any
    parts: list[tuple[str, Any, forms.BoundField]]
    more: list[tuple[str, Any, forms.BoundField]]

    @property
    def open(self) -> bool:
        """Whether something seldom needed is set, or wrong."""
        return any(each.value() or each.errors for _part, _label, each in self.more)


class RuleForm(Checked):
    """A rule, field by field; `default`: it is for all other cases and asks nothing."""

    name = forms.CharField(label=_("Name of the rule"), max_length=200, validators=[check_one_line])

    def __init__(self, data: Any = None, *, said: Mapping[str, Any] | None, offers: Offers) -> None:
        self.said, self.is_default = said or {}, bool(said and said.get("default"))
        super().__init__(data, initial=_initial(self.said))
        if not self.is_default:
            for name, label in CONDITIONS.items():
                self.fields[name] = _condition(label, getattr(offers, name))
        for metric, label in METRICS.items():
            self.fields |= {
                f"{metric}.{part}": field for part, field in _target_fields(metric, label)
            }

    def conditions(self) -> list[forms.BoundField]:
        return [self[name] for name in CONDITIONS if name in self.fields]

    def groups(self) -> list[Group]:
        return [self._group(metric, label) for metric, label in METRICS.items()]

    def _group(self, metric: str, label: Any) -> Group:
        mine = [
            (part, short, self[f"{metric}.{part}"])
            for part, short in _LABELS.items()
            if f"{metric}.{part}" in self.fields
        ]
        seldom = [each for each in mine if each[0] in _TICKED]
        return Group(label, [each for each in mine if each not in seldom], seldom)

    def rule(self, taken: set[str]) -> dict[str, Any]:
        """The rule that was said, as JSON; `taken`: the codes of the others."""
        said = self.cleaned_data
        rule = {
            "id": self.said.get("id") or free_id(said["name"], taken),
            "name": said["name"],
            "default": self.is_default,
            "targets": {
                metric: target
                for metric in METRICS
                if (target := _target(metric, said)) is not None
            },
        }
        return rule | {name: said[name] for name in CONDITIONS if said.get(name)}


def free_id(name: str, taken: set[str]) -> str:
    """A code for a rule of that name, which no other has."""
    begin = slugify(name)[: LONGEST_ID - 4].strip("-_") or "rule"
    numbered = (f"{begin}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (begin, *numbered) if code not in taken)


def _condition(label: Any, offered: Mapping[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(offered.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _target_fields(metric: str, label: Any) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one target, by part. In the summary of errors each says of what it is."""
    for part, field in _parts(metric):
        field.label = format_lazy("{}: {}", label, _LABELS[part])
        yield part, field


def _parts(metric: str) -> Iterator[tuple[str, forms.Field]]:
    yield "amount", _number(1, _("An amount is a whole number above zero."))
    yield "unit", forms.ChoiceField(choices=list(UNITS.items()))
    if len(STARTS[metric]) > 1:
        starts = [(start.value, FROM[start]) for start in STARTS[metric]]
        yield "starts_on", forms.ChoiceField(choices=starts)
    if metric not in WAITS:
        words = _("An extension is a whole number, or zero where there is none.")
        yield "extension", _number(0, words)
        yield "steady", forms.BooleanField(required=False)
    for part in ("day_zero", "roll"):
        yield part, forms.BooleanField(required=False)


def _number(least: int, words: Any) -> forms.IntegerField:
    wrong = {"invalid": words, "min_value": words, "max_value": _("At most five digits.")}
    return forms.IntegerField(min_value=least, max_value=MOST, required=False, error_messages=wrong)


def _target(metric: str, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """The target of a metric as JSON; None where no amount was given."""
    part = {name: said.get(f"{metric}.{name}") for name in _PARTS}
    if part["amount"] is None:
        return None
    return {
        "amount": part["amount"],
        "unit": part["unit"],
        "starts_on": part["starts_on"] or STARTS[metric][0].value,
        "extension": part["extension"] or 0,
        "pausable": not part["steady"],
        "day_zero": NEXT_WORKING_DAY if part["day_zero"] else RECEIPT,
        "roll": FORWARD if part["roll"] else "",
    }


_LABELS = {
    "amount": _("Amount"),
    "unit": _("Counted in"),
    "starts_on": _("Counts"),
    "extension": _("Longest extension"),
    "steady": _("It is never paused"),
    "day_zero": _("What comes while closed counts from the next working day"),
    "roll": _("It is never due on a closed day"),
}
_PARTS = tuple(_LABELS)
_TICKED = ("steady", "day_zero", "roll")


def _initial(said: Mapping[str, Any]) -> dict[str, Any]:
    initial = {name: said[name] for name in ("name", *CONDITIONS) if name in said}
    for metric in METRICS:
        target = said.get("targets", {}).get(metric, {})
        initial |= {
            f"{metric}.amount": target.get("amount"),
            f"{metric}.unit": target.get("unit", In.WORKING_DAYS.value),
            f"{metric}.starts_on": target.get("starts_on"),
            f"{metric}.extension": target.get("extension") or None,
            f"{metric}.steady": not target.get("pausable", True),
            f"{metric}.day_zero": target.get("day_zero") == NEXT_WORKING_DAY,
            f"{metric}.roll": target.get("roll") == FORWARD,
        }
    return initial
