"""What load balancers ask."""

import pytest
from django.db import DatabaseError
from django.test import Client

from config import health

pytestmark = pytest.mark.django_db


def test_the_process_says_that_it_is_up_without_asking_the_database(
    client: Client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_it_is_ready_when_every_migration_is_applied(client):
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_while_a_migration_waits(client, monkeypatch):
    monkeypatch.setattr(health, "latest_migrations", lambda: {("casework", "9999_later")})
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content[:10]) == (503, b"Migrations")


def test_it_is_not_ready_without_a_database(client, monkeypatch):
    def refuse(connection):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationRecorder", refuse)
    assert client.get("/readyz").status_code == 503


def test_nothing_is_changed_by_asking(client):
    assert client.post("/healthz").status_code == 405


def test_every_answer_carries_a_strict_policy(client):
    headers = client.get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'self'" in policy
    assert "ws://localhost:8000" in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
