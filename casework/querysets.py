"""Sets of cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.rights import Rights, Role
from casework.stages import CHECKED, KEPT_AFTER, WAITING, Stage, Status, public_status

#: What the lists ask, word for word as the partial indexes of `Case` say it.
OPEN = Q(closed_at__isnull=True)
NOBODYS = OPEN & Q(assignee__isnull=True) & ~Q(stage__in=sorted(WAITING))
NAMING = ~Q(about="")
UNTOLD = Q(untold_at__isnull=False)
SPOKEN = OPEN & Q(to_transcribe=True)
#: Of `models.DueState`; named here, because the partial indexes name them.
SOON = OPEN & Q(due_state="soon")
PAUSED = OPEN & Q(due_state__in=["complainant", "legal_hold", "third_party"])
ABOUT_SOMEBODY = ~Q(about_people=[]) | Q(about_unit__isnull=False)
ABOUT_STAFF = OPEN & ABOUT_SOMEBODY
OWING = Q(stage__in=sorted(KEPT_AFTER), next_due_at__isnull=False)
FOR_THE_CITIZEN = OPEN & Q(stage__in=sorted(WAITING | {Stage.CONFIRM}))


@dataclass(frozen=True)
class Sight:
    """The ids of the units whose open cases, and whose restricted cases too, a person sees.

    Never a case about themselves (`me`), or about where they work (`homes`).
    """

    open: frozenset[int]
    restricted: frozenset[int]
    me: int = 0
    homes: frozenset[int] = frozenset()

    def rows(self) -> Q:
        """What of a list, or of a count by unit, is in sight; `about_me` is asked apart."""
        open_to_me = Q(restricted=False) | Q(unit__in=self.restricted)
        return open_to_me & Q(unit__in=self.open | self.restricted)

    def covers(self, case) -> bool:
        """`case`: whatever says whose it is and whom it is about."""
        return not self.is_about_me(case) and case.unit_id in self.units(case)

    def units(self, case) -> frozenset[int]:
        return self.restricted if case.restricted else self.open

    def is_about_me(self, case) -> bool:
        return self.me in case.about_people or case.about_unit_id in self.homes

    def about_me(self) -> Q:
        """The same, asked of the database."""
        return Q(about_people__contains=[self.me]) | Q(about_unit__in=self.homes)


def sight_of(user) -> Sight:
    """The one rule of sight, for lists and pages.

    Open cases: intake, officers and supervisors of the responsible unit, quality leads and
    auditors. Restricted cases: those members of the unit who handle them, and auditors. Whom a
    case is about never sees it, whatever their role. Kept as long as the rights it follows from.
    """
    rights = user.rights
    if getattr(user, "sight", (None,))[0] is not rights:
        user.sight = rights, _sight(user.pk, rights)
    return user.sight[1]


def _sight(me: int, rights: Rights) -> Sight:
    members = rights.where(Role.INTAKE, Role.OFFICER, Role.SUPERVISOR)
    auditors = rights.where(Role.AUDITOR)
    return Sight(
        open=members | auditors | rights.where(Role.QUALITY),
        restricted=auditors | (members & rights.restricted),
        me=me,
        homes=rights.homes,
    )


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CaseQuerySet":
        """The cases that a member of staff may see."""
        sight = sight_of(user)
        return self.filter(~sight.about_me(), sight.rows())

    def about(self, user) -> "CaseQuerySet":
        """The cases of which the person is to learn nothing."""
        return self.filter(sight_of(user).about_me())

    def live(self) -> "CaseQuerySet":
        return self.filter(OPEN)

    def waiting(self) -> "CaseQuerySet":
        """Cases that wait for the citizen."""
        return self.filter(FOR_THE_CITIZEN)

    def untold(self) -> "CaseQuerySet":
        """Cases of which somebody is to be told by hand, after their end too."""
        return self.filter(UNTOLD)

    def spoken(self) -> "CaseQuerySet":
        """Cases whose complaint was spoken, and that nobody wrote down yet."""
        return self.filter(SPOKEN)

    def unassigned(self) -> "CaseQuerySet":
        """Cases that wait for somebody to take them up."""
        return self.filter(NOBODYS)

    def claimable_by(self, user) -> "CaseQuerySet":
        """The unassigned cases that a member of staff may well take.

        `access.can_claim` has the last word; who decided at the first level is left out here.
        """
        rights = user.rights
        checking = Q(stage=Stage.TRIAGE, unit__in=rights.where(Role.INTAKE, Role.SUPERVISOR))
        working = Q(stage=Stage.ASSIGN, unit__in=rights.where(Role.OFFICER, Role.SUPERVISOR))
        clean = Q(level=1) | ~Q(decided_by__contains=[user.pk])
        return self.visible_to(user).unassigned().filter(checking | working, clean)

    def told(self, status: str) -> "CaseQuerySet":
        """Cases whose complainant reads this status."""
        plain = [stage for stage in set(Stage) - CHECKED if public_status(stage, "") == status]
        remembered = Q(stage__in=sorted(CHECKED), checked_as=status)
        told = Q(stage__in=sorted(plain)) | remembered
        if status == Status.CLOSED:
            return self.filter(told).exclude(OWING)
        return self.filter(OWING if status == Status.BEING_PUT_RIGHT else told)

    def late(self, now: datetime) -> "CaseQuerySet":
        """Open cases whose nearest due date has passed by then: the beginning of each queue."""
        return self.live().filter(due_rank__lt=now.timestamp())

    def beyond(self, field: str, at: object, pk: int, *, descending: bool) -> "CaseQuerySet":
        """What follows the cursor of a page ordered by a field, and by id."""
        side = "lt" if descending else "gt"
        later = Q(**{f"{field}__{side}": at}) | Q(**{f"pk__{side}": pk})
        # The first half lets the index begin at the cursor; an OR alone would read up to it.
        return self.filter(Q(**{f"{field}__{side}e": at}) & later)
