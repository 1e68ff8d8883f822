"""Sets of cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.rights import Role
from casework.stages import CHECKED, WAITING, Stage, public_status

#: What the lists ask, word for word as the partial indexes of `Case` say it.
OPEN = Q(closed_at__isnull=True)
NOBODYS = OPEN & Q(assignee__isnull=True) & ~Q(stage__in=sorted(WAITING))
FOR_THE_CITIZEN = OPEN & Q(stage__in=sorted(WAITING | {Stage.CONFIRM}))


@dataclass(frozen=True)
class Sight:
    """The ids of the units whose open cases, and whose restricted cases too, a person sees."""

    open: frozenset[int]
    restricted: frozenset[int]

    def covers(self, case) -> bool:
        return case.unit_id in (self.restricted if case.restricted else self.open)


def sight_of(user) -> Sight:
    """The one rule of sight, for lists and pages.

    Open cases: intake, officers and supervisors of the responsible unit, quality leads and
    auditors. Restricted cases: those members of the unit who handle them, and auditors.
    """
    rights = user.rights
    members = rights.where(Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)
    auditors = rights.where(Role.AUDITOR)
    return Sight(
        open=members | auditors | rights.where(Role.QUALITY),
        restricted=auditors | (members & rights.restricted),
    )


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CaseQuerySet":
        """The cases that a member of staff may see."""
        sight = sight_of(user)
        open_to_me = Q(restricted=False) | Q(unit__in=sight.restricted)
        return self.filter(open_to_me, unit__in=sight.open | sight.restricted)

    def live(self) -> "CaseQuerySet":
        return self.filter(OPEN)

    def waiting(self) -> "CaseQuerySet":
        """Cases that wait for the citizen."""
        return self.filter(FOR_THE_CITIZEN)

    def unassigned(self) -> "CaseQuerySet":
        """Cases that wait for somebody to take them up."""
        return self.filter(NOBODYS)

    def told(self, status: str) -> "CaseQuerySet":
        """Cases whose complainant reads this status."""
        plain = [stage for stage in set(Stage) - CHECKED if public_status(stage, "") == status]
        remembered = Q(stage__in=sorted(CHECKED), checked_as=status)
        return self.filter(Q(stage__in=sorted(plain)) | remembered)

    def beyond(self, at: datetime, pk: int, *, newest_first: bool) -> "CaseQuerySet":
        """What follows the cursor of a page ordered by when cases were received, and by id."""
        side = "lt" if newest_first else "gt"
        later = Q(**{f"received_at__{side}": at}) | Q(**{f"pk__{side}": pk})
        # The first half lets the index begin at the cursor; an OR alone would read up to it.
        return self.filter(Q(**{f"received_at__{side}e": at}) & later)
