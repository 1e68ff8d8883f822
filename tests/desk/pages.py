"""Pages of the desk, as somebody who is signed in asks for them."""

from typing import Any

from django.test import Client

from casework.models import Case


def at_desk(person: Any, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def address(case: Case, name: str = "") -> str:
    """The page of the case, or the one of that name below it."""
    return f"/desk/cases/{case.reference}/{name}{'/' if name else ''}"
