"""What a country pack says: an agency, its year of complaints, its tales of today and its plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from demo.improving.terms import Improvement
from demo.tale import Tales
from demo.year.terms import Year


@dataclass(frozen=True)
class NewUnit:
    """`independent`: complaints about staff are checked there."""

    code: str
    name: str
    parent: str | None
    independent: bool = False


@dataclass(frozen=True)
class NewPerson:
    """`roles` are pairs of a role and the code of a unit."""

    username: str
    first_name: str
    last_name: str
    roles: Sequence[tuple[str, str]]
    handles_restricted: bool = False
    identity_officer: bool = False


@dataclass(frozen=True)
class NewCategory:
    code: str
    name: str
    name_en: str
    unit: str
    review_needed: bool = False
    restricted: bool = False
    cause_needed: bool = False


@dataclass(frozen=True)
class NewService:
    code: str
    name: str
    name_en: str
    category: str


@dataclass(frozen=True)
class Standards:
    """By when the agency answers: a preset of policies, and what it settled beyond that.

    At the latest `news_after` working days after its latest word there is news; `extension`: so
    many working days a supervisor may give more.
    """

    preset: str
    news_after: int
    extension: int


@dataclass(frozen=True)
class Agency:
    """`zone` is a name of the IANA database; `domain` that of the staff's mail addresses."""

    language: str
    zone: str
    domain: str
    help_text: str
    phone: str
    units: Sequence[NewUnit]
    people: Sequence[NewPerson]
    categories: Sequence[NewCategory]
    services: Sequence[NewService]
    standards: Standards

    @property
    def name(self) -> str:
        """That of the topmost unit."""
        return self.units[0].name


@dataclass(frozen=True)
class Pack:
    """`country`: two letters, as ISO 3166 has them."""

    country: str
    agency: Agency
    year: Year
    tales: Tales
    improvement: Improvement
