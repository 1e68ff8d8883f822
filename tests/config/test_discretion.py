"""What the log says of requests and of what went wrong: places and kinds, never people's words."""

import io
import logging
from collections.abc import Iterator

import pytest
import uvicorn.protocols
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver
from rest_framework.permissions import AllowAny
from rest_framework.test import APIRequestFactory

from api import urls
from casework import links
from config import discretion
from portal import home, track
from tests.agency import Agency, file_case

WORDS = "Wulan Anggraini"


@pytest.fixture
def console() -> logging.StreamHandler:
    """The installation's own handler."""
    (console,) = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, discretion.Discreet)
    ]
    return console


@pytest.fixture
def log(console: logging.StreamHandler, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What it writes."""
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)
    return written


def fail(error: Exception, cause: Exception | None = None) -> None:
    raise error from cause


def test_a_complainants_mistake_is_not_logged(agency: Agency, log: io.StringIO) -> None:
    token, web = links.link_for(file_case()), Client(enforce_csrf_checks=True)
    tried = [
        web.get(f"/c/{token}x/"),
        web.get(f"/c/{token}/files/1/"),
        web.post("/complain/", {"text": WORDS}),
        web.post("/api/v1/cases/", {"text": WORDS}),
    ]
    assert [answer.status_code for answer in tried] == [404, 404, 403, 422]
    assert log.getvalue() == ""


def test_a_mistake_elsewhere_is_logged_by_its_pattern(agency: Agency, log: io.StringIO) -> None:
    web = Client()
    web.get(f"/open/{WORDS}/")
    web.get(f"/nowhere/{WORDS}/")
    web.get("/api/v1/cases/26-7K3M9QE/")
    lines = log.getvalue().splitlines()
    assert [line.partition("django.request: ")[2] for line in lines] == [
        "404 for GET open/<str:reference>/",
        "404 for GET an address that is none",
        "401 for GET api/v1/cases/<str:reference>/",
    ]


def test_our_own_fault_is_logged_with_its_place_and_without_words(
    agency: Agency, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Client(raise_request_exception=False)
    monkeypatch.setattr(track, "render", lambda *_: fail(ValueError(WORDS), KeyError(WORDS)))
    assert web.get(f"/track/?reference={WORDS}").status_code == 500
    said = log.getvalue()
    assert "500 for GET track/" in said and "portal/track.py" in said
    assert "builtins.KeyError\nbefore that came\n" in said and said.endswith("ValueError\n")
    assert WORDS not in said


def test_what_is_wrong_around_us_is_said(
    agency: Agency, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "render", lambda *_: fail(OperationalError("no space left")))
    Client(raise_request_exception=False).get("/")
    assert "OperationalError: no space left" in log.getvalue()


def test_of_each_address_of_the_portal_it_is_known_whether_complainants_use_it() -> None:
    open_to_all = {"", "accessibility/", "offline/", "offline.js", "open/", "open/<str:reference>/"}
    (portal,) = [part for part in get_resolver().url_patterns if "portal" in repr(part)]
    routes = {str(entry.pattern) for entry in portal.url_patterns}
    theirs = {route for route in routes if discretion.is_of_complainants(f"/{route}")}
    assert routes - theirs == open_to_all


def test_of_each_address_of_the_interface_that_needs_no_key_too() -> None:
    asked = APIRequestFactory().post("/")
    opened, silent = set(), set()
    for entry in urls.urlpatterns:
        view = getattr(entry.callback, "view_class", None) or entry.callback.cls
        if entry.name not in ("schema", "docs", None):
            made = view(request=asked)
            if any(isinstance(each, AllowAny) for each in made.get_permissions()):
                opened.add(f"/api/v1/{entry.pattern}")
            if discretion.is_of_complainants(f"/api/v1/{entry.pattern}"):
                silent.add(f"/api/v1/{entry.pattern}")
    assert silent == opened
    assert opened >= {"/api/v1/cases/", "/api/v1/track/"}


@pytest.mark.parametrize(("level", "told"), [(logging.WARNING, False), (logging.ERROR, True)])
def test_of_one_connection_the_web_server_tells_faults_of_ours_alone(
    console: logging.StreamHandler, log: io.StringIO, level: int, told: bool
) -> None:
    where, said = uvicorn.protocols.__file__, "it went so"
    console.handle(logging.LogRecord("uvicorn.error", level, where, 1, said, (), None))
    assert (said in log.getvalue()) == told
