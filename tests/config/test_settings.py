"""The environment: read in one place, refused with a sentence."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from accounts.backends import DEMO_PASSWORD, StaffBackend
from accounts.models import User
from config import connections, environment
from config.environment import PROJECT, Environment, kept_keys

PRODUCTION = {
    "DATABASE_URL": "postgres://app:word@db.example.org/tanggap",
    "BASE_URL": "https://complaints.example.org",
    "SECRET_KEY": "fifty-and-more-signs-that-nobody-guesses-0123456789-abcdefghij",
    "CONTACT_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "DEMO": "0",
}


def settings_of(tmp_path: Path, environment: dict[str, str], *command: str):
    """Run a command under `environment` alone and return what became of it."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(tmp_path: Path, environment: dict[str, str], *names: str) -> list:
    asked = ", ".join(f"settings.{name}" for name in names)
    script = f"import json; from django.conf import settings; print(json.dumps([{asked}]))"
    return json.loads(settings_of(tmp_path, environment, "-c", script).stdout)


def test_psycopg2_is_the_driver():
    assert is_psycopg3 is False


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "eight"}, "PORT must be a number"),
        ({"PORT": "70000"}, "PORT must be a number"),
        ({"BASE_URL": "example.org"}, "BASE_URL must be an address"),
        ({"BASE_URL": "https://example.org/tanggap"}, "BASE_URL must be an address"),
        ({"BASE_URL": "javascript:alert(1)"}, "BASE_URL must be an address"),
        ({"DEMO": "perhaps"}, "DEMO must be 1 or 0"),
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({**PRODUCTION, "CONTACT_KEYS": " "}, "CONTACT_KEYS is not set"),
        ({**PRODUCTION, "SECRET_KEY": "", "DEMO": "1"}, "SECRET_KEY is not set"),
        ({**PRODUCTION, "SECRET_KEY": "short"}, "SECRET_KEY must have 50 characters"),
        ({**PRODUCTION, "CONTACT_KEYS": "abc"}, "CONTACT_KEYS must be keys of 32 bytes"),
        (
            {**PRODUCTION, "CONTACT_KEYS": f"{PRODUCTION['CONTACT_KEYS']},zzz"},
            "CONTACT_KEYS must be keys of 32 bytes",
        ),
        ({"TRUSTED_PROXIES": "10.0.0.0/8, gateway"}, "TRUSTED_PROXIES must be addresses"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must begin with redis://"),
        ({"DATABASE_URL": "sqlite:///file"}, "DATABASE_URL must begin with postgres"),
        ({"EMAIL_URL": "https://mail.example.org"}, "EMAIL_URL must begin with smtp"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(tmp_path, variables, sentence):
    refused = settings_of(
        tmp_path, {"DATABASE_URL": "postgres:///x", **variables}, "manage.py", "check"
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert len(refused.stderr.splitlines()) == 1


def test_keys_are_made_once_and_kept_for_their_owner_alone(tmp_path):
    first = setting(tmp_path, {}, "SECRET_KEY", "CONTACT_KEYS")
    assert setting(tmp_path, {}, "SECRET_KEY", "CONTACT_KEYS") == first
    assert len(first[0]) > 50
    Fernet(first[1][0])
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_keys_that_cannot_be_read_any_more_are_named_and_left_alone(tmp_path):
    (tmp_path / "keys.json").write_text("{")
    refused = settings_of(tmp_path, {}, "manage.py", "check")
    assert f"The keys in {tmp_path}/keys.json cannot be read." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (tmp_path / "keys.json").read_text() == "{"


def test_racing_starters_read_the_same_keys(tmp_path, monkeypatch):
    together, new_keys = threading.Barrier(8, timeout=10), environment._new_keys
    monkeypatch.setattr(environment, "_new_keys", lambda: together.wait() < 8 and new_keys())
    with ThreadPoolExecutor(8) as starters:
        keys = list(starters.map(lambda _: kept_keys(tmp_path / "keys.json"), range(8)))
    assert len({json.dumps(found) for found in keys}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_contact_keys_may_be_rotated(tmp_path):
    keys = f"{Fernet.generate_key().decode()}, {Fernet.generate_key().decode()}"
    assert len(setting(tmp_path, {"CONTACT_KEYS": keys}, "CONTACT_KEYS")[0]) == 2


def test_a_production_environment_passes_djangos_own_deployment_check(tmp_path):
    checked = settings_of(
        tmp_path, PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING"
    )
    assert checked.returncode == 0, checked.stderr


def test_https_makes_cookies_secure_and_http_on_this_machine_does_not(tmp_path):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DEMO_LOGINS")
    assert setting(tmp_path, PRODUCTION, *names) == [True, True, True, False]
    assert setting(tmp_path, {}, *names) == [False, False, False, True]


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000", True),
        ("http://tanggap.localhost", True),
        ("http://192.168.1.7", False),
        ("http://0.0.0.0:8000", False),
        ("https://localhost.example.org", False),
    ],
)
def test_a_loopback_address_is_one_that_only_this_machine_reaches(address, loopback):
    assert Environment({"BASE_URL": address}).loopback is loopback


@pytest.mark.django_db
@pytest.mark.parametrize("password", [DEMO_PASSWORD, "another one entirely"])
@pytest.mark.parametrize("reachable_by_others", [True, False])
def test_the_demo_password_opens_nothing_that_others_can_reach(
    settings, password, reachable_by_others
):
    settings.DEMO_LOGINS = not reachable_by_others
    user = User.objects.create_user("officer", password=password)
    expected = None if reachable_by_others and password == DEMO_PASSWORD else user
    assert StaffBackend().authenticate(None, "officer", password) == expected


def test_hosts_are_those_named_the_base_url_and_this_machine():
    hosts = Environment(
        {"ALLOWED_HOSTS": "a.org, b.org", "BASE_URL": "https://c.org"}
    ).allowed_hosts
    assert hosts == ["a.org", "b.org", "c.org", "localhost", "127.0.0.1", "[::1]"]


def test_redis_sockets_may_stay_idle():
    layer = connections.channel_layer("redis://cache.example.org/1")
    assert layer["CONFIG"]["hosts"] == [
        {"address": "redis://cache.example.org/1", "socket_timeout": None}
    ]


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("submission://u:p%40ss@mail.org?from=desk@mail.org", "mail.org", 587, True, False),
        ("smtps://u:p%40ss@mail.org:1465?from=desk@mail.org", "mail.org", 1465, False, True),
        ("smtp://u:p%40ss@mail.org?from=desk@mail.org", "mail.org", 25, False, False),
    ],
)
def test_a_mail_server_is_one_address(url, host, port, tls, ssl):
    mail = connections.mail(url, "no-reply@x.org")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == (host, port)
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("u", "p@ss")
    assert mail["DEFAULT_FROM_EMAIL"] == "desk@mail.org"


def test_an_own_option_for_the_session_is_kept():
    parsed = connections.database("postgres:///x?options=-c%20work_mem%3D8MB&pool_size=3")
    assert "lock_timeout" in parsed["OPTIONS"]["options"]
    assert parsed["OPTIONS"]["options"].endswith("-c work_mem=8MB")
