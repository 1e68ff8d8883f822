"""Who is concerned by an event: audiences, as functions of the room in which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from django.db.models import Q

from accounts.models import Membership, User
from accounts.rights import REACH_BELOW, Rights, Role
from casework.access import can_approve, can_see
from casework.models import Case, Event
from casework.stages import CHECKING, Stage


class Room:
    """An event, its case as it now is, and the people who can be told of it."""

    def __init__(self, case: Case, event: Event) -> None:
        self.case = case
        self.event = event

    @cached_property
    def members(self) -> list[Membership]:
        """The memberships that reach the case's unit: one query."""
        path = [int(pk) for pk in self.case.unit.path.strip(".").split(".")]
        reach = Q(unit=self.case.unit_id) | Q(unit__in=path, role__in=REACH_BELOW)
        rows = Membership.objects.filter(reach, user__is_active=True)
        return list(rows.select_related("user", "unit").order_by("pk"))

    @cached_property
    def people(self) -> dict[int, User]:
        """Whoever may see the case, by id, with the rights they have in its unit."""
        rows = defaultdict(list)
        for membership in self.members:
            rows[membership.user_id].append(membership)
        found = {}
        for pk, mine in rows.items():
            person = mine[0].user
            person.__dict__["rights"] = _rights_in(self.case.unit_id, mine)
            if can_see(person, self.case):
                found[pk] = person
        return found

    @cached_property
    def before(self) -> tuple[int | None, int | None]:
        """Assignee and unit before the act: its transaction has not saved the row yet."""
        rows = Case.objects.filter(pk=self.case.pk).values_list("assignee_id", "unit_id")
        return rows.first() or (None, None)

    @cached_property
    def joined(self) -> list[int]:
        """The cases merged into this one whose complainants have an address: one query."""
        rows = Case.objects.filter(merged_into=self.case).exclude(complainant__sealed_email="")
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def in_role(self, role: str) -> list[int]:
        """Those with the role nearest to the case: in its unit, or in the next one above."""
        levels = defaultdict(list)
        for row in self.members:
            if row.role == role and row.user_id in self.people:
                levels[len(row.unit.path)].append(row.user_id)
        return levels[max(levels)] if levels else []


def _rights_in(unit_id: int, rows: Iterable[Membership]) -> Rights:
    here = frozenset({unit_id})
    return Rights(
        units={row.role: here for row in rows},
        restricted=here if any(row.handles_restricted for row in rows) else frozenset(),
        identities=here if any(row.identity_officer for row in rows) else frozenset(),
    )


Audience = Callable[[Room], Iterable[int | None]]


def intake(room: Room) -> list[int]:
    """Whoever triages for the unit; where it has no intake, its supervisors."""
    return room.in_role(Role.INTAKE) or room.in_role(Role.SUPERVISOR)


def supervisors(room: Room) -> list[int]:
    return room.in_role(Role.SUPERVISOR)


def assignee(room: Room) -> list[int | None]:
    return [room.case.assignee_id]


def previous(room: Room) -> list[int | None]:
    """Whose case it was until this act."""
    return [room.before[0]]


def drafter(room: Room) -> list[int | None]:
    return [room.case.drafter_id]


def approvers(room: Room) -> Iterator[int]:
    """The nearest supervisors who may approve: never the drafter."""
    near = [pk for pk in supervisors(room) if can_approve(room.people[pk], room.case)]
    yield from near or [pk for pk, who in room.people.items() if can_approve(who, room.case)]


def handlers(room: Room) -> list[int | None]:
    """Whoever has the case; where nobody has, whoever may take it."""
    if room.case.assignee_id:
        return assignee(room)
    if room.case.stage in CHECKING:
        return [*intake(room)]
    return [*supervisors(room)] if room.case.stage == Stage.ASSIGN else []
