"""The least that each page could cost: an ideal table, and bare Django views over it.

*floor*: the view alone. *floor-full*: behind the middlewares as they are configured, for somebody
who is signed in. See performance.md in the design, and README.md beside this.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Engine
from django.test import override_settings
from django.test.client import Client, ClientHandler
from django.urls import path

from accounts.models import User
from benchmarks.journeys import TEXT, Journey, client

HERE = Path(__file__).parent
ROWS = 50
_engine = Engine(dirs=[str(HERE / "templates")])


@contextmanager
def table(cases: int, entries: int) -> Iterator[None]:
    """The ideal tables for so many cases, in a schema `floor` of their own, which then goes.

    `entries`: of the history that is looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute((HERE / "ideal.sql").read_text(), {"cases": cases, "entries": entries})
        cursor.execute("ANALYZE floor.matter, floor.entry, floor.rollup")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA floor CASCADE")


def _rows(sql: str, *given: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _page(name: str, **context: Any) -> HttpResponse:
    return HttpResponse(_engine.get_template(name).render(Context(context)))


QUEUE = """
    SELECT id, reference, subject, stage, category, unit, officer, restricted, level, said,
        received_at, due_at
    FROM floor.matter WHERE closed_at IS NULL ORDER BY due_at, id LIMIT %s
"""
_HISTORY = """
    SELECT kind, who, at, text FROM floor.entry WHERE matter_id = %s AND public ORDER BY id DESC
"""
_DASHBOARD = """
    SELECT unit, sum(open) AS open, sum(late) AS late, sum(soon) AS soon, sum(paused) AS paused,
        sum(nobodys) AS nobodys
    FROM floor.rollup WHERE day > current_date - 30 GROUP BY unit ORDER BY unit
"""
_FILE = """
    INSERT INTO floor.matter (reference, token, subject, stage, category, unit, officer, restricted,
        level, said, version, received_at, due_at)
    VALUES (%s, %s, %s, 'pemeriksaan', '', 'Dinas 0', '', false, 1, '', 1, now(), now())
"""


def queue(request: HttpRequest) -> HttpResponse:
    return _page("queue.html", rows=_rows(QUEUE, ROWS))


def matter(request: HttpRequest, reference: str, key: str = "reference") -> HttpResponse:
    """A case by its reference, or by the token of a citizen's link."""
    (found,) = _rows(f"SELECT * FROM floor.matter WHERE {key} = %s", reference)  # noqa: S608 - ours
    return _page("matter.html", matter=found, entries=_rows(_HISTORY, found["id"]))


def dashboard(request: HttpRequest) -> HttpResponse:
    return _page("dashboard.html", rows=_rows(_DASHBOARD))


def file(request: HttpRequest) -> HttpResponse:
    reference = secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(_FILE, [reference, secrets.token_hex(8), request.POST["text"]])
    return HttpResponseRedirect(f"/matter/{reference}/")


def act(request: HttpRequest, reference: str) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version FROM floor.matter WHERE reference = %s FOR UPDATE", [reference]
        )
        pk, version = cursor.fetchone()
        cursor.execute(
            "UPDATE floor.matter SET stage = 'jawaban', version = %s WHERE id = %s",
            [version + 1, pk],
        )
        cursor.execute(
            "INSERT INTO floor.entry (matter_id, kind, who, public, at, text)"
            " VALUES (%s, 'jawaban', 'Petugas', true, now(), %s)",
            [pk, request.POST["text"]],
        )
    return HttpResponseRedirect(f"/matter/{reference}/")


def _addresses(place: str, guarded: Any) -> list[Any]:
    return [
        path(f"{place}/queue/", guarded(queue)),
        path(f"{place}/dashboard/", guarded(dashboard)),
        path(f"{place}/file/", guarded(file)),
        path(f"{place}/track/<str:reference>/", guarded(partial(matter, key="token"))),
        path(f"{place}/<str:reference>/", guarded(matter)),
        path(f"{place}/<str:reference>/act/", guarded(act)),
    ]


urlpatterns = [*_addresses("floor", lambda view: view), *_addresses("full", login_required)]


class _Handler(ClientHandler):
    """Answers from the addresses above, whatever the installation's own are."""

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = __name__
        return super().get_response(request)


def floor() -> dict[str, Journey]:
    """Each page by its name, without any middleware."""
    bare = client()
    bare.handler = _Handler(enforce_csrf_checks=False)
    with override_settings(MIDDLEWARE=[]):
        bare.handler.load_middleware()
    return _journeys(bare, "/floor")


def floor_full(person: User) -> dict[str, Journey]:
    """Each page by its name, for somebody who is signed in."""
    full = client()
    full.handler = _Handler(enforce_csrf_checks=False)
    full.force_login(person)
    return _journeys(full, "/full")


def _journeys(asker: Client, place: str) -> dict[str, Journey]:
    open_ones = cycle(range(1, 100, 20))
    said = {"text": TEXT}
    return {
        "queue": lambda: partial(asker.get, f"{place}/queue/"),
        "case": lambda: partial(asker.get, f"{place}/IDEAL-0/"),
        "tracking": lambda: partial(asker.get, f"{place}/track/token-0/"),
        "filing": lambda: partial(asker.post, f"{place}/file/", said),
        "act": lambda: partial(asker.post, f"{place}/IDEAL-{next(open_ones)}/act/", said),
        "wall": lambda: partial(asker.get, f"{place}/dashboard/"),
    }
