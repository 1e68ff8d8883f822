"""The thread goes on, whatever happens to it."""

import threading
import time

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from notifications import delivery, relay
from notifications.models import Outbox
from tests.agency import build_agency, file_case


def wait_for(what, seconds=10) -> bool:
    deadline = time.monotonic() + seconds
    while not what() and time.monotonic() < deadline:
        time.sleep(0.05)
    return what()


@pytest.fixture
def running(transactional_db, monkeypatch):
    monkeypatch.setattr(relay, "TROUBLED_PAUSE", 0.1)
    relay._ending.clear()
    thread = threading.Thread(target=relay.run)
    yield thread
    relay.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_a_failure_is_outlived(running, monkeypatch):
    build_agency()
    real, failures = delivery.deliver, iter([OperationalError("restarting")] * 3)

    def shaky(**limits):
        for failure in failures:
            raise failure
        return real(**limits)

    monkeypatch.setattr(delivery, "deliver", shaky)
    running.start()
    file_case()
    assert wait_for(lambda: Outbox.objects.get().state == "sent")


def test_a_connection_that_the_database_ends_is_replaced(running):
    build_agency()
    running.start()
    file_case()
    assert wait_for(lambda: Outbox.objects.get().state == "sent")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    file_case()
    assert wait_for(lambda: Outbox.objects.filter(state="sent").count() == 2)


def test_what_is_committed_is_sent_at_once(running, monkeypatch):
    monkeypatch.setattr(relay, "PAUSE", 60.0)
    build_agency()
    running.start()
    time.sleep(0.5)
    file_case()
    assert wait_for(lambda: Outbox.objects.get().state == "sent")


def test_the_command_does_what_is_due_and_ends(agency, capsys):
    file_case()
    call_command("relay", once=True)
    assert capsys.readouterr().out == "1 messages\n"
    assert Outbox.objects.get().state == "sent"
