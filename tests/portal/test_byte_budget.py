"""What filing costs on the line, counted as it goes over it: headers, styles, scripts, icons."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from django.core.management import call_command

from benchmarks.filing import TEXT, steps
from config.environment import PROJECT
from config.lifespan import Lifespan
from tests.agency import Agency
from tests.browser import chromium, needs_chromium
from tests.line import line_to
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]

SCRIPTS = PROJECT / "static/js"
COLD = 120_000  # bytes for the whole filing, with an empty cache
STEP = 15_000  # bytes for each page after the first


@pytest.fixture
def as_in_production(agency: Agency, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The server with its files collected, compressed and named by digest: `host:port`."""
    settings.STATIC_ROOT = tmp_path
    hashed = {"BACKEND": "config.static.HashedFiles"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["viewflow"])
    pages = {"http": get_asgi_application(), "lifespan": Lifespan([])}
    with serving(ProtocolTypeRouter(pages)) as host:
        yield host


def test_filing_three_thousand_letters_stays_within_the_byte_budget(as_in_production: str) -> None:
    assert len(TEXT) == 3000
    spent: dict[str, int] = {}
    with line_to(as_in_production) as (line, host), chromium() as browser:
        page = browser.new_page()
        for name in steps(page, f"http://{host}"):
            spent[name] = line.total - sum(spent.values())
    assert sum(spent.values()) <= COLD, spent
    assert max(list(spent.values())[1:]) <= STEP, spent


def test_what_was_fetched_once_is_not_asked_for_again(as_in_production: str) -> None:
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
        at_each = [len(asked) for _name in steps(page, f"http://{as_in_production}")]
    files = [name for name in asked if name.endswith((".js", ".css", ".svg"))]
    assert at_each[0] > 5
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", name) for name in files), "kept for good"


def test_what_our_files_say_to_us_stays_with_us(as_in_production: str, settings: Any) -> None:
    sent = [*settings.STATIC_ROOT.glob("css/*.*.css"), *settings.STATIC_ROOT.glob("js/*.*.js")]
    assert len(sent) > 20
    ours_alone = re.compile(r"^[ \t]|^//|^/\*", re.MULTILINE)
    assert [file.name for file in sent if ours_alone.search(file.read_text())] == []


def test_every_token_that_our_styles_name_is_there() -> None:
    """Those that nobody names are left out: run bin/vendor where this fails."""
    styles = (PROJECT / "static/css").glob("*.css")
    named = {name for css in styles for name in re.findall(r"var\((--ds-[\w-]+)", css.read_text())}
    vendored = PROJECT / "static/vendor/designsystemet/designsystemet.css"
    said = set(re.findall(r"(--[\w-]+)\s*:", vendored.read_text()))
    assert len(named) > 40 and named - said == set()


def test_every_behaviour_that_a_page_names_can_be_loaded() -> None:
    named = {
        name
        for template in (PROJECT / "templates").rglob("*.html")
        for names in re.findall(r'data-module="([^"{]+)"', template.read_text())
        for name in names.split()
    }
    listed = re.findall(r'import\("\./([\w-]+)\.js"\)', (SCRIPTS / "main.js").read_text())
    assert named <= set(listed)
    assert all((SCRIPTS / f"{name}.js").exists() for name in listed)
