"""What an address may say of a plan, and as a number: nothing else reaches the database."""

from __future__ import annotations

import re

from django.urls import register_converter


class PlanCode:
    """RP-2026-07 in a path, as plans are numbered (improvement.plans.keeping)."""

    regex = "RP-[0-9]{4}-[0-9]{2,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    register_converter(PlanCode, "plan")


def plan_code(said: str) -> str:
    """The number of a plan as somebody said it; empty where it cannot be one."""
    return said if re.fullmatch(PlanCode.regex, said) else ""


def number(said: str) -> int:
    """A version or a key, from 1 on, that fits into its column; 0 where it cannot be one."""
    return int(said) if re.fullmatch("[0-9]{1,9}", said) else 0
