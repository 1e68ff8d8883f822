"""What a signed-in person may do, read once per request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    INTAKE = "intake", _("intake")
    OFFICER = "officer", _("officer")
    SUPERVISOR = "supervisor", _("supervisor")
    QUALITY = "quality", _("quality lead")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    LEADER = "leader", _("leader")


#: Roles whose reach is the unit and everything below it; the others reach their own unit only.
REACH_BELOW = frozenset({Role.SUPERVISOR, Role.QUALITY, Role.AUDITOR, Role.LEADER})


@dataclass(frozen=True)
class Rights:
    """Unit ids by role, and the units whose restricted cases the person handles.

    `homes`: where the person works, with the units above: a complaint about one of these is about
    them, too.
    """

    units: Mapping[str, frozenset[int]] = field(default_factory=dict)
    restricted: frozenset[int] = frozenset()
    identities: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user_id: int) -> Rights:
        """Read the rights of a user: one query."""
        units: dict[str, set[int]] = defaultdict(set)
        flags: dict[str, set[int]] = defaultdict(set)
        homes: set[int] = set()
        for row in _memberships([user_id]):
            homes |= _homes(row)
            reach = row["below"] if row["role"] in REACH_BELOW else [row["unit_id"]]
            units[row["role"]].update(reach)
            for flag in ("handles_restricted", "identity_officer"):
                if row[flag]:
                    flags[flag].update(reach)
        return cls(
            units={role: frozenset(ids) for role, ids in units.items()},
            restricted=frozenset(flags["handles_restricted"]),
            identities=frozenset(flags["identity_officer"]),
            homes=frozenset(homes),
        )

    def where(self, *roles: str) -> frozenset[int]:
        """The ids of the units in which the person has any of the roles."""
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))

    def has(self, role: str, unit_id: int | None) -> bool:
        """Whether the person has the role in that unit."""
        return unit_id in self.units.get(role, frozenset())

    def any(self, *roles: str) -> bool:
        """Whether the person has any of the roles anywhere."""
        return any(self.units.get(role) for role in roles)


def homes_of(user_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The `homes` of several active people: one query."""
    homes: dict[int, frozenset[int]] = defaultdict(frozenset)
    for row in _memberships(user_ids):
        homes[row["user_id"]] |= _homes(row)
    return homes


def _homes(row: Mapping[str, Any]) -> frozenset[int]:
    """The unit of a membership and those above it, up to an independent one.

    An auditor reads for those above all units, and belongs to none of them.
    """
    if row["role"] == Role.AUDITOR:
        return frozenset()
    ids = [int(pk) for pk in row["unit__path"].strip(".").split(".")]
    first = max((ids.index(pk) for pk in row["apart"]), default=0)
    return frozenset(ids[first:])


def _memberships(user_ids: Iterable[int]):
    """The memberships of active people, the units below each, and the independent ones above."""
    unit = apps.get_model("accounts", "Unit")
    below = unit.objects.filter(path__startswith=OuterRef("unit__path")).values("pk")
    mine = ExpressionWrapper(OuterRef("unit__path"), output_field=models.CharField())
    apart = unit.objects.filter(independent=True).annotate(mine=mine)
    apart = apart.filter(mine__startswith=F("path"))
    rows = apps.get_model("accounts", "Membership").objects.filter(
        user_id__in=user_ids, user__is_active=True
    )
    rows = rows.annotate(below=ArraySubquery(below), apart=ArraySubquery(apart.values("pk")))
    flags = ("handles_restricted", "identity_officer")
    return rows.values("user_id", "role", "unit_id", "unit__path", *flags, "below", "apart")
