"""Filing in a browser, step by step, as a citizen with an empty cache does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

#: Three thousand letters, as somebody writes them who has much to tell. Of 1,472 complaints to
#: Surabaya the median has 140, 99 in a hundred have 1,501 at most, and the longest has 2,558.
TEXT = Path(__file__).with_name("complaint.txt").read_text()
PATIENCE = 120_000  # milliseconds


def steps(
    page: Page, site: str, photo: bytes | None = None, letters: int = len(TEXT)
) -> Iterator[str]:
    """File a complaint of so many letters; gives each page's name once it is there and at rest."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site}/complain/")
    yield _there(page, "what")
    page.locator("#id_text").fill(TEXT[:letters])
    for name in ("service", "where", "when", "files"):
        _go_on(page)
        yield _there(page, name)
    if photo:
        attach(page, photo)
        yield "photo"
    for name in ("about", "who"):
        _go_on(page)
        yield _there(page, name)
    page.locator("#id_name").fill("Wulan")
    _go_on(page)
    yield _there(page, "check")
    _go_on(page)
    page.wait_for_url("**/complain/receipt/**")
    expect(page.locator("[data-secret]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield "receipt"


def attach(page: Page, photo: bytes) -> None:
    """Choose a photo and wait until the server has it."""
    picture = FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=photo)
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.locator('button[name="remove"]')).to_have_count(1, timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def _go_on(page: Page) -> None:
    page.locator('main button[value="next"]').click()


def _there(page: Page, name: str) -> str:
    page.locator(f'input[name="step"][value="{name}"]').wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    return name
