"""What a signed-in person may do, read once per request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
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
    """Unit ids by role, and the units whose restricted cases the person handles."""

    units: Mapping[str, frozenset[int]] = field(default_factory=dict)
    restricted: frozenset[int] = frozenset()
    identities: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user_id: int) -> Rights:
        """Read the rights of a user: one query."""
        units: dict[str, set[int]] = defaultdict(set)
        flags: dict[str, set[int]] = defaultdict(set)
        for row in _memberships(user_id):
            reach = row["below"] if row["role"] in REACH_BELOW else [row["unit_id"]]
            units[row["role"]].update(reach)
            for flag in ("handles_restricted", "identity_officer"):
                if row[flag]:
                    flags[flag].update(reach)
        return cls(
            units={role: frozenset(ids) for role, ids in units.items()},
            restricted=frozenset(flags["handles_restricted"]),
            identities=frozenset(flags["identity_officer"]),
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


def _memberships(user_id: int):
    unit = apps.get_model("accounts", "Unit")
    below = unit.objects.filter(path__startswith=OuterRef("unit__path")).values("pk")
    rows = apps.get_model("accounts", "Membership").objects.filter(
        user_id=user_id, user__is_active=True
    )
    return rows.annotate(below=ArraySubquery(below)).values(
        "role", "unit_id", "handles_restricted", "identity_officer", "below"
    )
