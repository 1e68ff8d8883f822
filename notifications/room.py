"""Who is concerned by an event: audiences, as functions of the room in which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from django.db.models import Q

from accounts.models import Membership, User
from accounts.rights import REACH_BELOW, Rights, Role, homes_of
from casework.access import (
    can_assign,
    can_review,
    can_speak_for_citizen,
    can_triage,
    is_cleared,
)
from casework.models import Case, Event
from casework.stages import CHECKING
from workflows.deadlines import can_date, can_lead

Right = Callable[[User, Case], bool]


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
        # Where people work matters only to a complaint about a unit.
        homes = homes_of(rows) if self.case.about_unit_id else {}
        for pk, mine in rows.items():
            person = mine[0].user
            person.__dict__["rights"] = replace(
                _rights_in(self.case.unit_id, mine), homes=homes.get(pk, frozenset())
            )
            if is_cleared(person, self.case):
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

    @cached_property
    def ended_in_triage(self) -> bool:
        """Whether it ended before any unit had taken it over."""
        ways = self.case.events.filter(data__has_key="left").order_by("-number")
        return ways.values_list("data__left", flat=True).first() in CHECKING

    def nearest(self, role: str, may: Right) -> list[int]:
        """Those with the role who may act now, in the unit or the next one above that has any."""
        levels = defaultdict(list)
        for row in self.members:
            person = self.people.get(row.user_id)
            if row.role == role and person and may(person, self.case):
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
    """Whoever may triage for the unit; where no intake may, its supervisors."""
    return room.nearest(Role.INTAKE, can_triage) or room.nearest(Role.SUPERVISOR, can_triage)


def supervisors(room: Room) -> list[int]:
    return room.nearest(Role.SUPERVISOR, can_assign)


def assignee(room: Room) -> list[int | None]:
    return [room.case.assignee_id]


def previous(room: Room) -> list[int | None]:
    """Whose case it was until this act."""
    return [room.before[0]]


def asker(room: Room) -> list[int | None]:
    """Who asked for a new secret, and waits for it with the complainant."""
    return [room.event.data.get("asker")]


def drafter(room: Room) -> list[int | None]:
    return [room.case.drafter_id]


def recorders(room: Room) -> list[int]:
    """Where who answered notes what the complainant said to it: who may record their yes or no."""
    if not room.event.body_hash or room.event.actor_id not in room.case.decided_by:
        return []
    may = can_speak_for_citizen
    return room.nearest(Role.SUPERVISOR, may) or room.nearest(Role.OFFICER, may)


def approvers(room: Room) -> list[int]:
    """The nearest supervisors who review the draft: never the drafter."""
    return room.nearest(Role.SUPERVISOR, can_review)


def leads_of_named(room: Room) -> list[int]:
    """The supervisors of the unit that the event names; it names one whose may hear of the case."""
    code = room.event.data.get("unit")
    leads = (row for row in room.members if row.role == Role.SUPERVISOR)
    return [row.user_id for row in leads if row.unit.code == code]


def extenders(room: Room) -> list[int]:
    """The nearest supervisors who may give more time: never whoever has the case."""
    return room.nearest(Role.SUPERVISOR, can_date)


def judges(room: Room) -> list[int]:
    """The nearest supervisors who judge a reason that somebody else gave."""
    giver = room.event.actor_id
    return room.nearest(
        Role.SUPERVISOR, lambda person, case: person.pk != giver and can_lead(person, case)
    )


def explainer(room: Room) -> list[int | None]:
    """Who gave the reason that was judged."""
    return [room.event.data.get("explainer")]


def handlers(room: Room) -> list[int]:
    """Whoever has the case; where nobody has or who had it is gone, whoever may take it up.

    After the end there is nothing to take up: then they hear for the unit.
    """
    case = room.case
    if case.assignee_id in room.people:
        return [case.assignee_id]
    in_triage = room.ended_in_triage if case.is_final else case.stage in CHECKING
    return intake(room) if in_triage else supervisors(room)
