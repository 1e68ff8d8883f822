"""What Prometheus reads: how the installation does, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from config.metrics import VERSION
from notifications import backlog, relay
from notifications.models import Outbox
from tests.agency import file_case, walk
from workflows.sweep import Swept

pytestmark = pytest.mark.django_db


def read(client: Client) -> dict[tuple[str, ...], float]:
    """The samples, by name and the values of their labels, as the library's own parser reads."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = list(text_string_to_metric_families(answer.content.decode()))
    assert all(family.documentation and family.type == "gauge" for family in families)
    samples = [sample for family in families for sample in family.samples]
    return {(s.name, *s.labels.values()): s.value for s in samples}


def test_it_is_text_that_prometheus_understands(client):
    answer = client.get("/metrics")
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    (build,) = [key for key in read(client) if key[0] == "tanggap_build_info"]
    assert VERSION in build
    assert read(client)["tanggap_database_up",] == 1


def test_it_counts_what_is_owed_and_what_was_given_up(agency, client):
    for state in ("queued", "sending", "failed", "failed", "dead", "sent", "dropped"):
        Outbox.objects.filter(case=file_case()).update(state=state)
    counted = {key[1]: n for key, n in read(client).items() if key[0] == "tanggap_outbox_messages"}
    assert counted == {"queued": 1, "sending": 1, "failed": 2, "dead": 1}


def test_it_stops_counting_somewhere(agency, client, monkeypatch):
    monkeypatch.setattr(backlog, "MOST", 2)
    for _ in range(3):
        file_case()
    assert read(client)["tanggap_outbox_messages", "queued"] == 2


def test_it_says_how_late_the_longest_due_mail_is(agency, client):
    assert read(client)["tanggap_outbox_oldest_due_seconds",] == 0
    late, later = file_case(), file_case()
    now = timezone.now()
    Outbox.objects.filter(case=late).update(next_try=now - timedelta(seconds=60))
    Outbox.objects.filter(case=later).update(next_try=now - timedelta(seconds=180))
    assert 180 <= read(client)["tanggap_outbox_oldest_due_seconds",] < 190
    Outbox.objects.update(state="sent")
    assert read(client)["tanggap_outbox_oldest_due_seconds",] == 0


def test_a_mail_that_waits_for_its_next_attempt_is_not_late(agency, client):
    file_case()
    Outbox.objects.update(state="failed", next_try=timezone.now() + timedelta(minutes=4))
    assert read(client)["tanggap_outbox_oldest_due_seconds",] == 0


def test_it_says_how_long_ago_time_last_acted(client):
    assert ("tanggap_sweep_age_seconds",) not in read(client)
    relay.once()
    assert 0 <= read(client)["tanggap_sweep_age_seconds",] < 5
    later = timezone.now() - timedelta(minutes=10)
    relay.LastRun.objects.update(at=later)
    assert 600 <= read(client)["tanggap_sweep_age_seconds",] < 610


def test_a_sweep_in_which_a_job_failed_is_no_news_that_all_is_well(client, monkeypatch):
    relay.once()
    long_ago = timezone.now() - timedelta(minutes=10)
    relay.LastRun.objects.update(at=long_ago)
    monkeypatch.setattr(relay, "sweep", lambda: Swept(broken=["strays"]))
    relay.once()
    assert 600 <= read(client)["tanggap_sweep_age_seconds",] < 610
    monkeypatch.undo()
    relay.once()
    assert read(client)["tanggap_sweep_age_seconds",] < 5


def test_without_a_database_it_says_so(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(backlog, "counts", refuse)
    samples = read(client)
    assert samples["tanggap_database_up",] == 0
    assert len(samples) == 2


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_read_it(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.5", "::ffff:10.0.0.7", "2001:db8::1"])
def test_for_others_it_does_not_exist(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("address", ["", "unix:", "localhost"])
def test_who_is_nowhere_is_a_stranger(client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"]
)
def test_what_a_proxy_on_this_machine_passes_on_is_from_a_stranger(client, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


def test_reading_changes_nothing_and_nobody_posts_to_it(client):
    assert client.post("/metrics").status_code == 405


def test_nobody_is_in_it(agency, client):
    case = walk(agency, "work")
    page = client.get("/metrics").content.decode()
    for word in (case.reference, "wulan", "Wulan", "officer", "water", "Air"):
        assert word not in page


def test_it_costs_the_same_for_one_message_and_for_many(agency, client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/metrics")
        return len(asked)

    few = cost()
    for _ in range(5):
        file_case()
    assert cost() == few == 6


def test_each_look_is_bounded_by_an_index(agency, client):
    file_case()
    with CaptureQueriesContext(connection) as asked:
        client.get("/metrics")
    looks = [query["sql"] for query in asked if "notifications_outbox" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for look in looks:
            cursor.execute(f"EXPLAIN {look}")
            plan = " ".join(row[0] for row in cursor.fetchall())
            assert "outbox_counted" in plan or "outbox_due" in plan
    assert len(looks) == 5 and all("LIMIT" in look for look in looks)
