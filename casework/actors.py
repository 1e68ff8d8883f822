"""Who acts on a case, beside members of staff (who act as `accounts.User`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class CitizenActor:
    """Whoever proved, by secret or signed link, that this case is theirs.

    `came_by`: a link that we mailed to them, or the key to a new secret; else not known.
    """

    case_id: int
    came_by: Literal["", "mail", "key"] = ""


@dataclass(frozen=True)
class SystemActor:
    """Time, and the system's own doings."""


SYSTEM = SystemActor()

Actor: TypeAlias = "User | CitizenActor | SystemActor"


def actor_kind(actor: Actor) -> str:
    """`citizen`, `system` or `staff`."""
    if isinstance(actor, CitizenActor):
        return "citizen"
    return "system" if isinstance(actor, SystemActor) else "staff"


def is_staff(actor: Actor) -> TypeGuard[User]:
    """Whether a signed-in person acts."""
    return not isinstance(actor, CitizenActor | SystemActor) and actor.is_authenticated


def staff_id(actor: Actor) -> int | None:
    """The id of the member of staff, or None for a citizen and the system."""
    return actor.pk if is_staff(actor) else None
