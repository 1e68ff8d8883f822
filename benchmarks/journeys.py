"""The pages that are measured, each as one request of Django's test client."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from accounts.models import User
from casework.links import link_for
from casework.models import Case, Category, Identity
from workflows import filing
from workflows.actions import act

TEXT = "Lampu jalan padam sejak Senin di depan sekolah. Mohon diperbaiki."
ANSWER = "Petugas kami mengganti lampu pada hari Selasa. Terima kasih atas laporannya."
WALL = "/desk/supervise/"

#: Makes ready what one request needs, and gives the request: that alone is measured.
Journey = Callable[[], Callable[[], Any]]


@dataclass(frozen=True)
class Journeys:
    """What a citizen and a member of staff do most."""

    person: User
    staff: Client
    citizen: Client
    case: Case
    token: str
    _addresses: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of(cls, person: User) -> Journeys:
        """Sign the person in, and walk the case that is looked at as far as an answer."""
        staff, citizen = client(), client()
        staff.force_login(person)
        case = at_work(person)
        for name in ("message", "note", "respond"):
            case = act(case, name, person, text=ANSWER).case
        return cls(person, staff, citizen, case, link_for(case))

    def named(self) -> dict[str, Journey]:
        """Each page by its name; the wall where there is one."""
        pages: dict[str, Journey] = {
            "queue": lambda: partial(self.staff.get, "/desk/?view=unit"),
            "case": lambda: partial(self.staff.get, f"/desk/cases/{self.case.reference}/"),
            "tracking": lambda: partial(self.citizen.get, f"/c/{self.token}/"),
            "filing": self._filing,
            "act": self._acting,
        }
        return pages | ({"wall": lambda: partial(self.staff.get, WALL)} if has_wall() else {})

    def _filing(self) -> Callable[[], Any]:
        """The last step, which sends what the earlier ones asked; each time from somewhere else."""
        time.sleep(0.15)  # no more than ten a second are taken
        said = {
            "step": "check",
            "go": "next",
            "token": secrets.token_urlsafe(24),
            "upload": secrets.token_urlsafe(24),
            "text": TEXT,
            "identity": Identity.NAMED,
            "name": "Warga",
            "email": "w@example.org",
        }
        number = next(self._addresses)
        address = f"10.{number >> 8 & 255}.{number & 255}.1"
        return partial(self.citizen.post, "/complain/", said, REMOTE_ADDR=address)

    def _acting(self) -> Callable[[], Any]:
        """An officer's answer, each time on another case."""
        case = at_work(self.person)
        said = {"seen": case.last_event_id, "upload": secrets.token_urlsafe(24), "text": ANSWER}
        return partial(self.staff.post, f"/desk/cases/{case.reference}/respond/", said)


def at_work(person: User) -> Case:
    """A fresh case of somebody with an e-mail address, accepted and taken up."""
    said = {"text": TEXT, "identity": Identity.NAMED, "name": "Warga", "email": "w@example.org"}
    case = filing.file(said).case
    plain = Category.objects.filter(
        active=True, restricted=False, review_needed=False, cause_needed=False
    )
    category = plain.order_by("pk").first()
    if category is None:
        raise LookupError("There is no category that needs neither review nor a root cause.")
    case = act(case, "accept", person, category=category.code, unit=case.unit.code).case
    return act(case, "claim", person).case


def has_wall() -> bool:
    """Whether supervisors have their wall already."""
    try:
        resolve(WALL)
    except Resolver404:
        return False
    return True


def client() -> Client:
    """A browser at the installation's own address."""
    secure = settings.BASE_URL.startswith("https")
    scheme = {"wsgi.url_scheme": "https"} if secure else {}
    return Client(HTTP_HOST=settings.BASE_URL.split("//")[1], **scheme)  # type: ignore[arg-type]


def statements(journey: Journey) -> int:
    """How many SQL statements the request takes; raises `AssertionError` where it fails."""
    request = journey()
    with CaptureQueriesContext(connection) as asked:
        response = request()
    refuse_failed(response)
    return len(asked)


def refuse_failed(response: Any) -> None:
    """Raise `AssertionError` where a page is not there, or what was sent was not taken."""
    expected = 200 if response.wsgi_request.method == "GET" else 302
    if response.status_code != expected:
        raise AssertionError(f"HTTP {response.status_code} for {response.wsgi_request.path}")
