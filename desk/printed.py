"""What is printed for the complainant: in their language and zone, never in the clerk's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.requests import StaffRequest
from casework import tracking
from casework.access import sees_contacts
from casework.models import Case


@contextmanager
def in_their_language(case: Case) -> Iterator[None]:
    """Speak the complainant's language, in the zone of the unit in charge."""
    with translation.override(case.complainant.language), timezone.override(case.unit.time_zone):
        yield


def printed(request: StaffRequest, case: Case, template: str, said: dict[str, Any]) -> str:
    """A sheet for the complainant: the part of a page that is printed.

    The name and the postal address stand on it where the clerk may read them.
    """
    addressee = case.complainant if sees_contacts(request.user, case) else None
    with in_their_language(case):
        context: dict[str, Any] = {"case": case, "addressee": addressee}
        context |= {"today": timezone.localdate(), "qr": tracking.qr_of(case.reference)}
        return render_to_string(template, context | said, request)
