"""Where a complaint arrives: before people who may see it, and whom it is not about."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit
from accounts.rights import Role
from casework.conflicts import is_about_staff, is_party
from casework.handlers import handlers, role_at
from casework.models import Case
from casework.stages import CHECKING


def receiving_unit(case: Case) -> Unit | None:
    """The unit that checks the complaint; None on an installation without units.

    Complaints about staff go to the independent unit. Where that is a party itself, or nobody
    there may handle the case, the other one of the two gets it; at last it waits at the usual one.
    """
    usual = Unit.objects.receiving()
    if usual is None or not (case.restricted or is_about_staff(case)):
        return usual
    apart = Unit.objects.independent()
    ways = [apart, usual] if is_about_staff(case) else [usual, apart]
    return next((unit for unit in ways if unit and _may_check(unit, case)), usual)


def _may_check(unit: Unit, case: Case) -> bool:
    return not is_party(unit, case) and handlers(case, unit, Role.INTAKE).exists()


def to_triage(case: Case) -> dict[str, Any]:
    """Before whoever checks complaints. Where the people of its unit are cleared, there.

    Returns the facts for the event.
    """
    stays = case.restricted and _may_check(case.unit, case)
    case.assignee = None
    return {} if stays else move(case, receiving_unit(case))


def move(case: Case, unit: Unit | None) -> dict[str, Any]:
    """To another unit, nobody's there until claimed; returns the facts for the event."""
    if unit is None or unit == case.unit:
        return {}
    before, case.unit, case.assignee = case.unit, unit, None
    return {"from": before.code, "unit": unit.code}


def impartial_unit(case: Case) -> Unit:
    """Where a live case belongs, now that it is known whom it is about.

    What is checked goes where it would have been received. Later it stays, unless it is about who
    works or leads there: then it goes to the nearest above that are none of them, or apart.
    """
    if case.stage in CHECKING:
        return receiving_unit(case) or case.unit
    above = Unit.objects.filter(pk__in=case.unit.path.strip(".").split(".")).order_by("-path")
    ways = [*above, Unit.objects.independent()]
    return next((unit for unit in ways if unit and _may_work(unit, case)), case.unit)


def _may_work(unit: Unit, case: Case) -> bool:
    return not is_party(unit, case) and handlers(case, unit, Role.OFFICER).exists()


def somebody_handles(case: Case) -> bool:
    """Whether anybody can handle the case where it belongs."""
    return handlers(case, impartial_unit(case), role_at(case.stage)).exists()
