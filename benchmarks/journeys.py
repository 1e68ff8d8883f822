"""The four pages that are measured, each as one request of Django's test client."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from casework.links import link_for
from casework.models import Case, Identity
from workflows import filing

TEXT = "Lampu jalan padam sejak Senin di depan sekolah. Mohon diperbaiki."

Journey = Callable[[], Any]


@dataclass(frozen=True)
class Journeys:
    """What a citizen and a member of staff do most."""

    staff: Client
    citizen: Client
    case: Case
    token: str

    @classmethod
    def of(cls, person: User) -> Journeys:
        """Sign the person in, and file the case that is looked at."""
        staff, citizen = client(), client()
        staff.force_login(person)
        said = {"text": TEXT, "identity": Identity.NAMED, "name": "Warga", "email": "w@example.org"}
        case = filing.file(said).case
        return cls(staff, citizen, case, link_for(case))

    def named(self) -> dict[str, Journey]:
        """Each page by its name."""
        return {
            "queue": lambda: self.staff.get("/desk/?view=all"),
            "case page": lambda: self.staff.get(f"/desk/cases/{self.case.reference}/"),
            "tracking": lambda: self.citizen.get(f"/c/{self.token}/"),
            "filing": self._file,
        }

    def _file(self) -> Any:
        """The last step, which sends what the earlier ones asked."""
        return self.citizen.post(
            "/complain/",
            {
                "step": "check",
                "go": "next",
                "token": secrets.token_urlsafe(24),
                "upload": secrets.token_urlsafe(24),
                "text": TEXT,
                "identity": Identity.NAMED,
                "name": "Warga",
                "email": "w@example.org",
            },
        )


def client() -> Client:
    """A browser at the installation's own address."""
    secure = settings.BASE_URL.startswith("https")
    scheme = {"wsgi.url_scheme": "https"} if secure else {}
    return Client(HTTP_HOST=settings.BASE_URL.split("//")[1], **scheme)  # type: ignore[arg-type]


def statements(journey: Journey) -> int:
    """How many SQL statements the request takes; raises `AssertionError` where it fails."""
    with CaptureQueriesContext(connection) as asked:
        response = journey()
    if response.status_code not in (200, 302):
        raise AssertionError(f"HTTP {response.status_code}")
    return len(asked)
