"""Keys of other programs: how they end."""

import secrets
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import api_keys
from accounts.models import ApiKey
from tests.agency import Agency


def revoke_key(*which: str) -> str:
    out = StringIO()
    call_command("revoke_key", *which, stdout=out)
    return out.getvalue().strip()


def opens(key: str) -> bool:
    return api_keys.holder_of(key, "rest") is not None


@pytest.mark.parametrize("by", ["name", "number", "key"])
def test_a_key_is_revoked(agency: Agency, by: str) -> None:
    key = api_keys.issue("Portal desa", "rest", agency.officer)
    other = api_keys.issue("Portal kota", "rest", agency.officer)
    number = str(ApiKey.objects.get(name="Portal desa").pk)
    said = revoke_key({"name": "Portal desa", "number": number, "key": key}[by])
    assert said.startswith(f"Revoked: {number}  Portal desa  rest  officer")
    assert not opens(key)
    assert opens(other)


def test_a_key_is_revoked_by_itself_whatever_it_is_drawn_as(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: "-" * size)
    key = api_keys.issue("Portal desa", "rest", agency.officer)
    assert revoke_key(key).startswith("Revoked: ")
    assert not opens(key)


def test_what_begins_with_a_dash_is_revoked_after_two(agency: Agency) -> None:
    key = api_keys.issue("-portal", "rest", agency.officer)
    assert revoke_key("--", "-portal").startswith("Revoked: ")
    assert not opens(key)


def test_of_several_keys_of_one_name_none_is_revoked(agency: Agency) -> None:
    keys = [api_keys.issue("Portal desa", "rest", agency.officer) for _ in range(2)]
    with pytest.raises(CommandError) as refusal:
        revoke_key("Portal desa")
    for row in ApiKey.objects.all():
        assert f"{row.pk}  Portal desa" in str(refusal.value)
    assert all(map(opens, keys))


def test_what_is_no_key_or_revoked_already_is_said(agency: Agency) -> None:
    api_keys.issue("Portal desa", "rest", agency.officer)
    revoke_key("Portal desa")
    since = ApiKey.objects.get().revoked_at
    for which in ("Portal desa", "Portal", "99999999999999999999", "x" * 5000):
        with pytest.raises(CommandError, match="no such key"):
            revoke_key(which)
    assert ApiKey.objects.get().revoked_at == since


def test_without_a_name_the_keys_that_are_left_are_listed(agency: Agency) -> None:
    key = api_keys.issue("Portal desa", "rest", agency.officer)
    api_keys.issue("Lapor", "open311")
    api_keys.issue("Portal lama", "rest", agency.officer)
    revoke_key("Portal lama")
    opens(key)
    said = revoke_key()
    today, end = timezone.localtime(), timezone.localtime() + timedelta(days=365)
    dates = f"issued {today:%Y-%m-%d}, ends {end:%Y-%m-%d}"
    assert f"Portal desa  rest  officer  {dates}, used {today:%Y-%m-%d}" in said
    assert f"Lapor  open311  nobody  {dates}, used never" in said
    assert "lama" not in said
    assert key not in said


def test_a_key_ends_after_a_year_unless_said_otherwise(agency: Agency) -> None:
    key = api_keys.issue("Portal desa", "rest", agency.officer)
    soon = timezone.now() + timedelta(hours=1)
    api_keys.issue("Uji", "rest", agency.officer, expires_at=soon)
    assert ApiKey.objects.get(name="Uji").expires_at == soon
    year = ApiKey.objects.get(name="Portal desa").expires_at - timezone.now()
    assert timedelta(days=364) < year <= timedelta(days=365)
    assert opens(key)
