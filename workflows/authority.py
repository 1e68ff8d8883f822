"""Who settles by when things are due: policies and calendars.

Every `can_*` answers without changing anything; pages and the buttons on them ask the same ones.
"""

from __future__ import annotations

from accounts.models import Unit, User
from accounts.rights import Role


def can_configure_clocks(user: User, unit: Unit | None = None) -> bool:
    """Change policies, and the calendar of a unit or (None) of the installation.

    Administrators, whatever unit they belong to: as with all other settings.
    """
    return user.is_active and user.rights.any(Role.ADMINISTRATOR)


def can_confirm_clocks(user: User) -> bool:
    """Confirm a legal basis and imported days: whoever supervises, or configures."""
    return can_configure_clocks(user) or (user.is_active and user.rights.any(Role.SUPERVISOR))


def sees_clock_settings(user: User) -> bool:
    """Read policies and calendars: whoever may confirm something of them."""
    return can_confirm_clocks(user)
