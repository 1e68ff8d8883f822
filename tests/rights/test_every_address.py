"""Every address, role and situation: the answer that is due, over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin import site
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import ApiKey
from casework.models import Case, Cause, Service
from tests.agency import Agency
from tests.rights.rows import Row
from tests.rights.situations import ROLES, SEEN, browser, build, people, program
from tests.rights.table import PROOFS, TABLE


@pytest.fixture(autouse=True)
def for_real(settings: Any) -> Iterator[None]:
    """Not the demo, where everybody reads the mails; and everybody asks from one address here."""
    settings.DEMO = False
    cache.clear()
    yield
    cache.clear()


def patterns(resolver: URLResolver, route: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here)
        else:
            yield here, each


ADDRESSES = dict(patterns(get_resolver()))
ADMIN = sorted(route for route in ADDRESSES if route.startswith("admin/"))


def path_of(route: str, arguments: dict[str, object]) -> str:
    """The address of a route, with its arguments filled in."""
    for name, value in arguments.items():
        for converter in ("str:", "int:", "slug:", "path:", "uuid:", "plan:", ""):
            route = route.replace(f"<{converter}{name}>", str(value))
    return f"/{route}"


def test_the_table_names_every_address() -> None:
    assert set(TABLE) == set(ADDRESSES) - set(ADMIN)


def asked_in(situation: str, table: dict[str, Row]) -> dict[str, Row]:
    """What names no case answers alike in every situation: it is asked in the first."""
    if situation == next(iter(SEEN)):
        return table
    named = ("reference>", "c/<str:token>/")
    return {route: row for route, row in table.items() if any(name in route for name in named)}


def answers(who: str, case: Case, table: dict[str, Row]) -> dict[str, int]:
    clients = {False: browser(who), True: program(who)}
    return {route: _status(clients[row.program], route, row, case) for route, row in table.items()}


def _status(client, route: str, row: Row, case: Case) -> int:
    path = path_of(route, row.arguments(case))
    return getattr(client, row.method)(path, row.data or None).status_code


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("situation", SEEN)
def test_everybody_gets_the_answer_that_is_due(agency: Agency, who: str, situation: str) -> None:
    people(agency)
    case = build(agency, situation, who)
    for table in (asked_in(situation, TABLE), PROOFS):
        due = {route: row.expected(who, situation) for route, row in table.items()}
        assert answers(who, case, table) == due


def rows(agency: Agency) -> dict[str, int]:
    """A row of each kind that has settings pages."""
    key = ApiKey.objects.create(name="Uji", scope=ApiKey.Scope.REST, digest="0" * 64)
    return {
        "unit": agency.water.pk,
        "user": agency.officer.pk,
        "apikey": key.pk,
        "category": agency.plain.pk,
        "cause": Cause.objects.create(code="pump", name="Pompa", axis="technical").pk,
        "service": Service.objects.get(code="pdam").pk,
    }


def due_to_administrators(route: str) -> int:
    """Nothing is deleted; a row's own address leads to its form, any other nowhere."""
    if "(?P<url>.*)" in route:
        return 404
    if route.endswith("/link/"):
        return 405  # a button: looking makes no link
    # A key is issued by a command, which shows it once.
    if route.endswith("/delete/") or route == "admin/accounts/apikey/add/":
        return 403
    return 302 if route.endswith("<path:object_id>/") else 200


@pytest.mark.parametrize("who", ROLES)
def test_the_settings_are_there_for_administrators_alone(agency: Agency, who: str) -> None:
    people(agency)
    there, client = rows(agency), browser(who)
    for route in ADMIN:
        kind = next((kind for kind in there if f"/{kind}/" in route), "")
        path = path_of(route, {"object_id": there.get(kind), "pk": there.get(kind)})
        path = path.replace("(?P<app_label>accounts|casework)", "accounts").rstrip("$")
        due = {"anonymous": 302, "administrator": due_to_administrators(route)}.get(who, 404)
        assert (route, client.get(path.replace("^", "")).status_code) == (route, due)


def test_the_settings_hold_no_case_contact_file_or_history() -> None:
    kept = {model._meta.label for model in site._registry}
    assert kept == {
        "accounts.Unit",
        "accounts.User",
        "accounts.ApiKey",
        "casework.Category",
        "casework.Cause",
        "casework.Service",
    }
    assert reverse("admin:index") == "/admin/"
