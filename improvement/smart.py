"""The five letters of a plan, and what each still lacks.

Doran (1981), "There's a S.M.A.R.T. way to write management's goals and objectives"; the fields of
each letter are those of the founding document of this system.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from improvement.models import Version


@dataclass(frozen=True)
class Letter:
    """One of the five, what it stands for, and what is missing: fields and their names."""

    letter: str
    name: Any
    missing: tuple[tuple[str, Any], ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing


_FIELDS: tuple[tuple[str, Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        "S",
        _("Specific"),
        (
            ("problem", _("the problem")),
            ("change", _("what is changed")),
            ("place", _("the place")),
            ("owner", _("the owner")),
        ),
    ),
    ("M", _("Measurable"), (("target", _("the target")), ("baseline", _("a baseline")))),
    (
        "A",
        _("Achievable"),
        (
            ("budget", _("the budget, 0 where it costs nothing")),
            ("resources", _("people and means")),
            ("authority", _("on whose authority")),
        ),
    ),
    (
        "R",
        _("Relevant"),
        (("relevance", _("why this matters")), ("affected", _("who is affected"))),
    ),
    (
        "T",
        _("Time-bound"),
        (
            ("starts_on", _("the start")),
            ("due_on", _("the due date")),
            ("review_weeks", _("how often it is reviewed")),
        ),
    ),
)


def letters(version: Version) -> list[Letter]:
    """The letters in order, each with what it still lacks."""
    return [
        Letter(letter, name, tuple(each for each in fields if _lacks(version, each[0])))
        for letter, name, fields in _FIELDS
    ]


def _lacks(version: Version, field: str) -> bool:
    if field == "baseline":
        return version.baseline_among == 0
    return getattr(version, field) in (None, "")
