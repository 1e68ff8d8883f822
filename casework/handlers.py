"""Who can handle a case in a unit, whoever asks."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q, QuerySet

from accounts.models import Unit, User
from accounts.rights import Role, homes_of
from casework.models import Case
from casework.querysets import CaseQuerySet
from casework.stages import CHECKING


def handlers(case: Case, unit: Unit, *roles: str) -> QuerySet[User]:
    """Active people in one of the roles there, and the supervisors there and above.

    Of a restricted case those cleared for it; never those whom the case is about.
    """
    above = [int(pk) for pk in unit.path.strip(".").split(".")]
    people = Q(memberships__role__in=roles, memberships__unit=unit)
    people |= Q(memberships__role=Role.SUPERVISOR, memberships__unit__in=above)
    if case.restricted:
        people &= Q(memberships__handles_restricted=True)
    found = User.objects.filter(people, is_active=True).exclude(pk__in=case.about_people)
    if case.about_unit_id:
        found = found.exclude(pk__in=_at_home_in(case.about_unit_id, found))
    return found.distinct()


def supervised_levels(case: Case) -> list[Unit]:
    """The units, from that of the case upwards, whose own supervisors may hear of it."""
    above = [int(pk) for pk in case.unit.path.strip(".").split(".")]
    may = handlers(case, case.unit)
    leads = Q(memberships__role=Role.SUPERVISOR, memberships__user__in=may)
    return list(Unit.objects.filter(leads, pk__in=above).distinct().order_by("-path"))


def role_at(stage: str) -> str:
    """The role that handles cases of a stage, beside supervisors."""
    return Role.INTAKE if stage in CHECKING else Role.OFFICER


def left_alone(cases: CaseQuerySet) -> dict[Unit, int]:
    """How many of these live cases nobody can handle, by their unit.

    Nobody there has the role, is cleared for what is restricted, or is not whom it is about.
    """
    alike = ("unit", "stage", "restricted", "about_people", "about_unit")
    # Most cases are like many others: each kind is asked about once.
    kinds = cases.live().order_by().values(*alike).annotate(count=Count("pk"))
    units = Unit.objects.in_bulk({kind["unit"] for kind in kinds})
    alone: Counter[Unit] = Counter()
    for kind in kinds:
        unit = units[kind["unit"]]
        like_these = Case(
            restricted=kind["restricted"],
            about_people=kind["about_people"],
            about_unit_id=kind["about_unit"],
        )
        if not handlers(like_these, unit, role_at(kind["stage"])).exists():
            alone[unit] += kind["count"]
    return dict(sorted(alone.items(), key=lambda found: found[0].path))


def _at_home_in(unit_id: int, people: QuerySet[User]) -> list[int]:
    homes = homes_of(people.values_list("pk", flat=True))
    return [pk for pk, units in homes.items() if unit_id in units]
