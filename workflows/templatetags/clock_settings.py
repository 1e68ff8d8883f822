"""What a page may offer of policies and calendars: the rules are those of `workflows.authority`."""

from __future__ import annotations

from typing import Any

from django import template

from workflows.authority import sees_clock_settings

register = template.Library()


@register.filter
def may_see_clock_settings(user: Any) -> bool:
    """Whether policies and calendars are there for them; for nobody they are not."""
    return bool(user and user.is_authenticated and sees_clock_settings(user))
