"""What a page may offer to whoever looks at it: the rules are those of `casework.access`."""

from __future__ import annotations

from typing import Any

from django import template

from casework.access import can_file_for_others, handles_cases, oversees

register = template.Library()


@register.filter
def may_file_for_others(user: Any) -> bool:
    """Whether the counter is open to them; nobody's is not."""
    return can_file_for_others(user)


@register.filter
def may_take_cases(user: Any) -> bool:
    """Whether there can be a next case for them."""
    return handles_cases(user)


@register.filter
def may_oversee(user: Any) -> bool:
    """Whether the figures of units are open to them."""
    return oversees(user)
