"""A concern without a name cannot be traced: nothing in any table or log joins it to a person."""

from __future__ import annotations

import datetime
import logging
import re
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.discretion import is_of_complainants
from improvement import concerns
from improvement.models import Concern
from tests.agency import Agency
from workflows.jobs import Swept, Turn

pytestmark = pytest.mark.django_db

WORDS = "Saya takut target ini membuat kami menutup pengaduan terlalu cepat."
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def raised(client: Client, address: str = "/concerns/", **more: str) -> str:
    """A concern is sent as people send it; returns the code that the page shows."""
    answer = client.post(address, {"unit": "water", "text": WORDS} | more)
    assert answer.status_code == 200
    found = CODE.search(answer.content.decode())
    assert found
    return found.group()


def signed_in(agency: Agency) -> Client:
    client = Client()
    client.force_login(agency.officer)
    return client


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that is ours or Django's."""
    return {
        model._meta.label: list(model._base_manager.values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def test_the_answer_is_read_by_the_code_however_it_is_typed(agency: Agency) -> None:
    code = raised(Client())
    concerns.answer(Concern.objects.get(), agency.quality, "Target dihitung dari konfirmasi.")
    for typed in (code, code.lower(), code.replace("-", " "), f" {code} "):
        page = Client().post("/concerns/answer/", {"code": typed})
        assert "Target dihitung dari konfirmasi." in page.content.decode()
    assert Client().post("/concerns/answer/", {"code": "0000-0000-0000"}).status_code == 422


def test_nothing_in_any_table_joins_it_to_who_raised_it(agency: Agency) -> None:
    client = signed_in(agency)
    client.get("/desk/")
    before = everything()
    code = raised(client)
    after = everything()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"improvement.Concern"}
    [row] = after["improvement.Concern"]
    assert row["name"] == ""
    assert code not in str(row) and code.replace("-", "") not in str(row)
    people = {str(agency.officer.pk), agency.officer.username, agency.officer.email}
    assert not people & {str(value) for value in row.values()}


def test_it_keeps_days_and_no_hours_and_no_order_of_arrival() -> None:
    kept = Concern._meta.get_fields()
    moments = [
        field for field in kept if isinstance(field, models.DateTimeField | models.TimeField)
    ]
    assert moments == []
    assert not isinstance(Concern._meta.pk, models.AutoField)


def test_keys_follow_no_order(agency: Agency) -> None:
    for _n in range(8):
        raised(Client())
    kept = [row.pk for row in Concern.objects.order_by("pk")]
    assert len({pk.version for pk in kept} - {4}) == 0
    assert all(type(row.raised_on) is datetime.date for row in Concern.objects.all())


@pytest.mark.django_db(transaction=True)
def test_after_a_night_not_even_the_database_knows_which_came_first(agency: Agency) -> None:
    """A row bears the number of its transaction, which tells the order and thereby the hour."""
    for _n in range(8):
        raised(Client())
    assert len(set(marks())) == 8 and marks() == sorted(marks())
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    with CaptureQueriesContext(connection) as asked:
        concerns.mix_up(Turn(timezone.now(), Swept()))
    assert not any(query["sql"].startswith("UPDATE") for query in asked)  # the day is not over
    concerns.mix_up(Turn(tomorrow, Swept()))
    assert len(set(marks())) == 1
    assert keys() == sorted(keys())


def test_the_night_leaves_no_row_behind_that_points_to_its_successor(agency: Agency) -> None:
    """Such a pointer would stay in its old place, in the order of arrival, and VACUUM keeps it."""
    for _n in range(8):
        raised(Client())
    updated, in_place = written()
    concerns.mix_up(Turn(timezone.now() + datetime.timedelta(days=1), Swept()))
    assert written() == (updated + 8, in_place)


def written() -> tuple[int, int]:
    """How many rows were written anew, and of these how many with a pointer from the old one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_get_xact_tuples_updated(oid), pg_stat_get_xact_tuples_hot_updated(oid)"
            " FROM pg_class WHERE relname = 'improvement_concern'"
        )
        updated, in_place = cursor.fetchone()
    return updated, in_place


def marks() -> list[int]:
    """The transactions that wrote the rows, in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text::bigint FROM improvement_concern ORDER BY ctid")
        return [mark for (mark,) in cursor.fetchall()]


def keys() -> list[UUID]:
    """In the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM improvement_concern ORDER BY ctid")
        return [key for (key,) in cursor.fetchall()]


def test_no_log_line_names_the_place(agency: Agency, caplog: Any, settings: Any) -> None:
    assert is_of_complainants("/concerns/") and is_of_complainants("/concerns/answer/")
    with caplog.at_level(logging.DEBUG):
        code = raised(signed_in(agency))
        Client().post("/concerns/answer/", {"code": code})
        Client().get("/concerns/no-such-page/")
        Client().post("/concerns/", {"unit": "nowhere", "text": ""})
    lines = " ".join(record.getMessage() for record in caplog.records if _passes(record))
    for trace in ("/concerns", code, WORDS, "nowhere"):
        assert trace not in lines


def _passes(record: logging.LogRecord) -> bool:
    """Whether the program's own handler would write it (config.settings.LOGGING)."""
    from config.discretion import without_paths, without_peers

    kept = without_paths(record) and without_peers(record)
    return kept and record.levelno >= logging.WARNING


def test_the_page_asks_nothing_of_who_is_signed_in(agency: Agency) -> None:
    page = signed_in(agency).get("/concerns/").content.decode()
    assert agency.officer.display_name not in page
    assert "sessionid" not in Client().get("/concerns/").cookies


def test_hostile_words_come_out_as_text(agency: Agency) -> None:
    raised(Client(), text='<script>alert(1)</script> #eval("x")', name="=cmd|'/c calc'!A1")
    client = Client()
    client.force_login(agency.quality)
    page = client.get("/improve/concerns/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_who_reads_units_reads_their_concerns_and_writers_answer(agency: Agency) -> None:
    raised(Client())
    row = Concern.objects.get()
    expected = {"quality": 200, "supervisor": 200, "head": 200, "auditor": 404, "officer": 404}
    for who, status in expected.items():
        client = Client()
        client.force_login(getattr(agency, who))
        assert (who, client.get(f"/improve/concerns/{row.pk}/").status_code) == (who, status)
    roads = Client()
    roads.force_login(agency.roads_officer)
    assert roads.get("/improve/concerns/").status_code == 404


def test_a_flood_is_stopped_without_knowing_whose_it_is(agency: Agency, monkeypatch: Any) -> None:
    monkeypatch.setattr(concerns, "MOST_A_DAY", 2)
    raised(Client())
    raised(Client())
    answer = Client().post("/concerns/", {"unit": "water", "text": WORDS})
    assert answer.status_code == 422
    assert Concern.objects.count() == 2


def sent_from(address: str, **more: str) -> Any:
    said = {"unit": "water", "text": WORDS} | more
    return Client(REMOTE_ADDR=address).post("/concerns/", said)


def test_who_raises_many_waits_and_keeps_the_words_and_nobody_else_waits(
    agency: Agency, counted: None
) -> None:
    came = [sent_from("203.0.113.7").status_code for _n in range(12)]
    assert came == [200] * 11 + [429]
    refused = sent_from("203.0.113.7", text="Yang kedua belas.")
    assert int(refused["Retry-After"]) <= 120
    assert "Yang kedua belas." in refused.content.decode()
    assert sent_from("203.0.113.8").status_code == 200
    assert Concern.objects.count() == 12


def test_one_network_cannot_fill_the_day_of_everybody(agency: Agency) -> None:
    """An hour of theirs, 24 times: all that come in at once, and all that wait for their pauses."""
    pace, knocks, waited = concerns.PACE.paces["address"], 0, 0
    while waited < pace.window:
        knocks += 1
        waited += pace.pause(knocks)
    assert 24 * knocks < concerns.MOST_A_DAY / 2


def test_a_neighbourhood_of_ipv6_is_one_network(agency: Agency, counted: None) -> None:
    came = [sent_from(f"2001:db8:1:{n:x}::1").status_code for n in range(12)]
    assert came[-1] == 429
    assert sent_from("2001:db8:2::1").status_code == 200


def test_what_is_not_taken_is_not_counted(agency: Agency, counted: None) -> None:
    assert [sent_from("203.0.113.7", text="").status_code for _n in range(14)] == [422] * 14
    assert sent_from("203.0.113.7").status_code == 200


def test_what_is_counted_of_a_network_says_neither_who_nor_which_nor_when(
    agency: Agency, counted: None
) -> None:
    client = signed_in(agency)
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    codes = [raised(client), raised(client)]
    names = [name for name in cache._cache if "throttle:" in name]
    assert len(names) == 1 and re.fullmatch(
        r":1:throttle:concerns:address:[0-9a-f]{64}:count", names[0]
    )
    assert cache.get(names[0].removeprefix(":1:")) == 2
    assert cache._expire_info[names[0]] % 3600 < 2  # the hour itself, whenever they came
    held = str([(name, cache.get(name.removeprefix(":1:"))) for name in list(cache._cache)])
    rows = [str(row.pk) for row in Concern.objects.all()]
    for trace in ("203.0.113", agency.officer.username, WORDS, *codes, *rows):
        assert trace not in held
