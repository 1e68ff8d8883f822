"""A rule of a policy: what it asks of a case, and the targets that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.models import Metric, PolicyVersion
from workflows.targets import StartsOn, Target

#: Targets by metric.
Targets = Mapping[str, Target]

SILENCE, INCOMPLETE = "silence", "incomplete"

#: What a rule can give a target for, in the order of a case's life: promises to the complainant,
#: the unit's own time, and how long we wait for the complainant.
METRICS: dict[str, Any] = {
    metric.value: metric.label for metric in Metric if metric != Metric.COMMITMENT
} | {
    SILENCE: _("Silence after our last word"),
    INCOMPLETE: _("Particulars we asked for"),
}

#: What each can count from, the usual first. A check that counts from the check, or an answer
#: that counts from our latest word, would never come or move for ever.
STARTS: dict[str, tuple[StartsOn, ...]] = {
    Metric.ACKNOWLEDGEMENT: (StartsOn.RECEIVED,),
    Metric.FIRST_RESPONSE: (StartsOn.RECEIVED, StartsOn.ACKNOWLEDGED, StartsOn.COMPLETE),
    Metric.NEXT_UPDATE: (StartsOn.REPLIED,),
    Metric.RESOLUTION: (StartsOn.RECEIVED, StartsOn.ACKNOWLEDGED, StartsOn.COMPLETE),
    Metric.STAGE2: (StartsOn.RECEIVED, StartsOn.ACKNOWLEDGED, StartsOn.COMPLETE),
    Metric.UNIT_WORK: (StartsOn.RECEIVED,),
    SILENCE: (StartsOn.REPLIED,),
    INCOMPLETE: (StartsOn.REPLIED,),
}

CONDITIONS = ("kinds", "categories", "units", "priorities")
Condition = tuple[str, ...] | None


@dataclass(frozen=True)
class Facts:
    """What rules ask of a case; `units`: the codes of its unit and of those above."""

    kind: str
    priority: str
    category: str | None
    units: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """Conditions by codes: None is not asked, and an empty one matches nothing."""

    id: str
    name: str
    targets: Targets
    kinds: Condition = None
    categories: Condition = None
    units: Condition = None
    priorities: Condition = None
    default: bool = False
    ended: datetime | None = None

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Rule:
        """The rule that JSON describes. Raises KeyError, TypeError, ValueError, AttributeError."""
        conditions = {name: tuple(said[name]) for name in CONDITIONS if said.get(name) is not None}
        return cls(
            id=said["id"],
            name=said["name"],
            targets={
                metric: target_from(metric, said["targets"][metric])
                for metric in METRICS
                if metric in said["targets"]
            },
            default=bool(said.get("default", False)),
            ended=datetime.fromisoformat(said["ended"]) if said.get("ended") else None,
            **conditions,
        )

    def as_dict(self) -> dict[str, Any]:
        """As JSON; what is not asked is left out."""
        said: dict[str, Any] = {"id": self.id, "name": self.name, "default": self.default}
        for name in CONDITIONS:
            if (condition := getattr(self, name)) is not None:
                said[name] = list(condition)
        if self.ended:
            said["ended"] = self.ended.isoformat()
        return said | {
            "targets": {metric: target.as_dict() for metric, target in self.targets.items()}
        }

    def takes(self, facts: Facts) -> bool:
        """Whether the rule is in use and every condition of it holds."""
        return (
            self.ended is None
            and _holds(self.kinds, facts.kind)
            and _holds(self.priorities, facts.priority)
            and _holds(self.categories, facts.category)
            and (self.units is None or not facts.units.isdisjoint(self.units))
        )


def target_from(metric: str, said: Mapping[str, Any]) -> Target:
    """A target as JSON describes it; it counts from what is usual for the metric unless said."""
    return Target.from_dict({"starts_on": STARTS[metric][0], **said})


def rules_of(version: PolicyVersion) -> list[Rule]:
    """The rules of a version in their order, those that ended too."""
    return [Rule.from_dict(said) for said in version.rules]


def _holds(condition: Condition, value: str | None) -> bool:
    return condition is None or value in condition
