"""The agency under drill: a few units, and more people than tasks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date

import httpx
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts import api_keys
from accounts.models import ApiKey, Membership, Unit, User
from accounts.rights import Role
from casework import causes
from casework.models import Category
from drill.line import Line
from workflows.models import Policy, PolicyVersion

#: So many people go for one task in a race.
CROWD = 8
_PEOPLE = {
    "intake": (Role.INTAKE, "root"),
    "head": (Role.SUPERVISOR, "root"),
    "supervisor": (Role.SUPERVISOR, "water"),
    "officer": (Role.OFFICER, "water"),
    "officer2": (Role.OFFICER, "water"),
    **{f"clerk{number}": (Role.OFFICER, "water") for number in range(CROWD)},
    **{f"chief{number}": (Role.SUPERVISOR, "water") for number in range(CROWD)},
}
CLERKS = [f"clerk{number}" for number in range(CROWD)]
CHIEFS = [f"chief{number}" for number in range(CROWD)]
#: Those who work at pages too.
_AT_DESKS = ("intake", "head", "supervisor", "officer", "officer2")


@dataclass
class Office:
    """The site, the key of each person, and the session of those who work at pages."""

    site: str
    keys: dict[str, str]
    password: str
    sessions: dict[str, httpx.Cookies] = field(default_factory=dict)

    def program(self, person: str) -> Line:
        """A program with the rights of a person."""
        return Line(self.site, key=self.keys[person])

    def desk(self, person: str) -> Line:
        """The browser of a person who is signed in."""
        return Line(self.site, cookies=self.sessions[person])

    def phone(self) -> Line:
        """The browser of a citizen."""
        return Line(self.site)

    def sign_in(self) -> None:
        """Sign in everybody who works at pages; raises RuntimeError where that fails."""
        for person in _AT_DESKS:
            with Line(self.site) as line:
                said = line.form("/accounts/login/") or {}
                said |= {"username": person, "password": self.password}
                if line.post("/accounts/login/", data=said).status not in (302, 303):
                    raise RuntimeError(f"{person} could not sign in.")
                self.sessions[person] = line.cookies


def build(site: str) -> Office:
    """Create units, people, their keys, and the categories."""
    root = Unit.objects.create(code="root", name="Drill", receives=True)
    water = Unit.objects.create(code="water", name="Water", parent=root)
    units = {"root": root, "water": water}
    password = secrets.token_urlsafe(16)
    hashed = make_password(password)
    keys = {}
    for username, (role, unit) in _PEOPLE.items():
        person = User.objects.create(
            username=username, email=f"{username}@drill.example", password=hashed
        )
        cleared = role == Role.SUPERVISOR
        Membership.objects.create(
            user=person, unit=units[unit], role=role, handles_restricted=cleared
        )
        keys[username] = api_keys.issue(username, ApiKey.Scope.REST, person)
    causes.install()
    Category.objects.create(code="plain", name="Plain", default_unit=water)
    Category.objects.create(
        code="reviewed", name="Reviewed", default_unit=water, review_needed=True
    )
    _promise()
    return Office(site, keys, password)


def _promise() -> None:
    """A policy, so that acts start, hold and meet clocks."""
    drill = Policy.objects.create(
        code="drill", name="Drill", legal_basis="Drill", effective_from=date(2000, 1, 1)
    )
    target = {"amount": 14, "unit": "working_days", "extension": 5}
    rule = {"id": "all", "name": "All", "default": True, "targets": {"resolution": target}}
    PolicyVersion.objects.create(policy=drill, number=1, rules=[rule], at=timezone.now())
