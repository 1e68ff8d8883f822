"""Keys, and a program that calls with them."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts import api_keys
from accounts.models import User


@pytest.fixture
def anybody(agency: Any) -> APIClient:
    return client()


def client(user: User | None = None) -> APIClient:
    """A program with the key of a person, or with none."""
    made = APIClient(raise_request_exception=True)
    if user:
        key = api_keys.issue("test", "rest", user)
        made.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return made
