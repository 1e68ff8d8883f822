from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import api_keys
from accounts.models import ApiKey
from tests.agency import Agency


def status(key: str) -> int:
    return APIClient().get("/api/v1/cases/", HTTP_AUTHORIZATION=f"Bearer {key}").status_code


def test_the_command_prints_a_key_that_opens(agency: Agency) -> None:
    out = StringIO()
    call_command("issue_key", "Portal desa", "--scope", "rest", "--user", "officer", stdout=out)
    key = out.getvalue().strip()
    assert status(key) == 200
    row = ApiKey.objects.get()
    assert key not in row.digest
    assert row.last_used_on


def test_a_rest_key_needs_a_person(agency: Agency) -> None:
    for more in ((), ("--user", "nobody")):
        with pytest.raises(CommandError):
            call_command("issue_key", "x", "--scope", "rest", *more)


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"scope": "open311"},
        {"user": None},
    ],
)
def test_a_key_that_is_over_opens_nothing(agency: Agency, change: dict[str, Any]) -> None:
    key = api_keys.issue("x", "rest", agency.officer)
    assert status(key) == 200
    ApiKey.objects.update(**change)
    assert status(key) == 401


def test_the_key_of_somebody_who_left_opens_nothing(agency: Agency) -> None:
    key = api_keys.issue("x", "rest", agency.officer)
    agency.officer.is_active = False
    agency.officer.save()
    assert status(key) == 401


def test_a_made_up_key_opens_nothing(agency: Agency) -> None:
    held = api_keys.issue("x", "rest", agency.officer)
    for key in ("", "x", "é", "x" * 5000, held[:-1], ApiKey.objects.get().digest):
        assert status(key) == 401, key
