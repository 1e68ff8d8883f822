"""What the lines of an explanation rest on: policies and people, read once for many clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from workflows.models import Clock, ClockEntry, PolicyVersion


@dataclass(frozen=True)
class Sources:
    """`policies`: by the id of a version; `people`: the names of those who extended, by id."""

    policies: Mapping[int, PolicyVersion] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, clocks: Iterable[Clock]) -> Sources:
        """Read in two queries at most."""
        entries = [entry for clock in clocks for entry in clock.ledger]
        versions = {e.data["policy"] for e in entries if e.data.get("policy")}
        people = {e.data["by"] for e in entries if _is_extended_by(e)}
        found = PolicyVersion.objects.select_related("policy__confirmed_by")
        return cls(
            policies=found.in_bulk(versions) if versions else {},
            people={user.pk: user.display_name for user in User.objects.filter(pk__in=people)}
            if people
            else {},
        )

    def basis(self, version: int | None) -> str:
        """The legal basis of a target and who confirmed it: "Permenpan 62/2018, confirmed by …"."""
        found = self.policies.get(version or 0)
        if found is None:
            return ""
        policy = found.policy
        if policy.confirmed_by is None:
            return _("%(basis)s, unconfirmed") % {"basis": policy.legal_basis}
        said = {"basis": policy.legal_basis, "who": policy.confirmed_by.display_name}
        return _("%(basis)s, confirmed by %(who)s") % said


def _is_extended_by(entry: ClockEntry) -> bool:
    return entry.kind == ClockEntry.Kind.EXTENDED and isinstance(entry.data.get("by"), int)
