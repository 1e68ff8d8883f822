"""The loop, closed once, by links alone: late cases on the wall, a plan, its verdict, a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from unittest import mock

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.agency import Agency, build_agency
from tests.browser import chromium, needs_chromium
from tests.improvement.world import MONDAY, leader, on_time, weekly
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]

#: Over before Ramadan 2027, whose weeks no verdict counts.
START, WEEKS = MONDAY + timedelta(days=7), 12
DUE = START + timedelta(days=7 * WEEKS - 1)
TITLE = "Jadwal aliran air yang bisa dipegang"


class Calendar:
    """The day on which everybody lives, server and test alike."""

    def __init__(self) -> None:
        self.day = MONDAY

    def now(self) -> datetime:
        return datetime.combine(self.day, time(5), UTC)


@contextmanager
def calendar() -> Iterator[Calendar]:
    days = Calendar()
    with mock.patch.object(timezone, "now", days.now):
        yield days


def past(agency: Agency) -> None:
    """A year with three of ten answers late; in the last quarter seven of ten are."""
    weekly(agency, MONDAY - timedelta(weeks=53), 40, late=3, kept=7)
    weekly(agency, MONDAY - timedelta(weeks=13), 13, late=7, kept=3)


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """A link of the page, by its words."""
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def fill(page: Page, **said: str) -> None:
    for name, value in said.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def text(page: Page) -> str:
    return page.locator("main").inner_text()


def from_the_wall(page: Page, agency: Agency) -> tuple[str, str]:
    """Sees how many answers were on time, and begins a plan with that; gives what the wall said."""
    follow(page, "Supervision")
    page.get_by_label("Unit", exact=True).select_option("water")
    page.get_by_label("Period", exact=True).select_option("90")
    page.wait_for_url("**days=90**")
    expect(page.get_by_text("Make a plan of it")).to_be_visible()
    figure = page.locator(".figure", has_text="Answer: on time").first.inner_text()
    share = re.search(r"([\d.]+) %", figure)
    counts = re.search(r"([\d,]+) of ([\d,]+)", figure)
    assert share and counts
    follow(page, "Answer: on time")
    return share.group(1), counts.group(0)


def write(page: Page) -> None:
    fill(
        page,
        title=TITLE,
        problem="Warga tidak tahu kapan air mengalir.",
        change="Jadwal dikirim sehari sebelumnya.",
        place="Kecamatan Cempaka",
        owner="supervisor",
        target="60",
        least="50",
        budget="0",
        resources="Dua petugas.",
        authority="SK Direktur 41/2026",
        relevance="Tujuh dari sepuluh jawaban terlambat.",
        affected="24 petugas dan 4.000 pelanggan.",
        starts_on=START.isoformat(),
        due_on=DUE.isoformat(),
        review_weeks="4",
    )
    press(page, "Keep the draft")


def act(page: Page, **said: str) -> None:
    follow(page, "Add an action")
    fill(page, **said)
    press(page, "Keep the action")


def test_the_loop_is_closed_by_links_alone_with_one_number_on_every_page() -> None:
    agency = build_agency()
    leader(agency)
    with calendar() as days, serving() as host, chromium() as browser:
        past(agency)
        office = Office(browser, f"http://{host}")
        quality = office.staff("quality")
        share, counts = from_the_wall(quality, agency)
        kept, fell = on_time(agency.water, MONDAY - timedelta(days=89), MONDAY, days.now())
        assert counts == f"{kept} of {fell}" and share == f"{100 * kept / fell:.1f}"
        write(quality)
        baseline = f"{share} % ({counts}, frozen"
        assert baseline in text(quality)
        press(quality, "Ask for approval")
        approve(office.staff("head"))
        quality.reload()
        assert "approved" in text(quality) and baseline in text(quality)
        act(
            quality,
            title="Jadwal dikirim",
            owner="officer",
            due_on=str(START + timedelta(days=14)),
            milestone="Pesan pertama terkirim",
        )
        act(
            quality,
            title="Pelatihan petugas",
            owner="officer",
            due_on=str(START + timedelta(days=30)),
            milestone="Semua dilatih",
            course="Menjawab dengan tanggal",
            planned="3",
        )

        days.day = START + timedelta(days=28)
        weekly(agency, START, 4, late=1, kept=9)
        train(office.staff("officer"))
        quality = office.staff("quality")
        review(quality)

        days.day = DUE + timedelta(days=3)
        weekly(agency, START + timedelta(weeks=4), WEEKS - 4, late=1, kept=9)
        quality = office.staff("quality")
        before, after = judge(quality, agency, days)
        report(quality, share, counts, before, after)
        sign(office.staff("leader"))
        in_public(office.phone(), quality, before, after)


def approve(page: Page) -> None:
    """The head finds it among what waits, reads it and approves it."""
    follow(page, "Improvement")
    follow(page, TITLE)
    press(page, "Approve")
    expect(page.get_by_text("Approved, in your name.")).to_be_visible()


def train(page: Page) -> None:
    """The officer keeps the list of the training, and proves both actions."""
    follow(page, "Improvement")
    follow(page, "Pelatihan petugas")
    fill(page, held_on=str(START + timedelta(days=20)), place="Aula", hours="4")
    press(page, "Keep the session")
    follow(page, re.compile("^Keep the list"))
    for name, first, then in (("Sari", "50", "80"), ("Bayu", "60", "70")):
        fill(page, person=name, before=first, after=then)
        press(page, "Keep it")
    follow(page, "Menjawab dengan tanggal")
    expect(page.get_by_text("2 people: from 55.0 to 75.0 points on average.")).to_be_visible()
    follow(page, "It is done")
    fill(page, proof="Daftar hadir dan hasil tes.")
    press(page, "It is done")
    follow(page, re.compile("^Improvement"))
    follow(page, "Jadwal dikirim")
    fill(page, proof="Pesan ke 4.000 nomor terkirim.")
    press(page, "It is done")
    expect(page.get_by_text("It is done, with its proof.")).to_be_visible()


def review(page: Page) -> None:
    follow(page, "Improvement")
    follow(page, TITLE)
    follow(page, "Hold a review")
    assert "90.0 % (36 of 40)" in text(page)  # so that nobody has to guess
    fill(page, planned="50", cause="Jadwal dipakai warga.", as_planned="3", occasions="4")
    page.get_by_label("continue").check()
    press(page, "Put it on record")
    assert "3 of 4 times as planned." in text(page)


def judge(page: Page, agency: Agency, days: Calendar) -> tuple[str, str]:
    """Puts the verdict on record and tells the public; gives what stood before and after."""
    follow(page, "Improvement")
    follow(page, TITLE)
    press(page, "Put the verdict on record")
    verdict = page.locator(".verdict")
    assert verdict.locator(".word").inner_text() == "Improved"
    facts = verdict.locator("dd").all_inner_texts()
    kept, fell = on_time(agency.water, START, DUE, days.now())
    assert facts[1] == f"{kept} of {fell} ({100 * kept / fell:.1f} %)"
    follow(page, "Tell the public")
    fill(page, said="Air mati tanpa kabar.", did="Jadwal kami kirim sehari sebelumnya.")
    press(page, "Publish it")
    return facts[0], facts[1]


def report(page: Page, share: str, counts: str, before: str, after: str) -> None:
    follow(page, "Reports")
    follow(page, "A new report")
    fill(page, unit="root", first=str(START), last=str(DUE + timedelta(days=1)))
    press(page, "Make the report")
    said = text(page)
    assert "1 plan ran; judged: 1 improved." in said
    assert f"{share} % ({counts})" in said
    assert f"before {before}, after {after}" in said
    assert "2 of 3" in said and "3 of 4 as planned" in said


def sign(page: Page) -> None:
    follow(page, "Reports")
    follow(page, re.compile("^Kabupaten Uji"))
    press(page, "Sign off")
    expect(page.get_by_text("Signed off, in your name.")).to_be_visible()


def in_public(phone: Page, quality: Page, before: str, after: str) -> None:
    """From the plan's own link; a stranger reads the same."""
    follow(quality, "Improvement")
    follow(quality, TITLE)
    address = quality.get_by_role("link", name="The public page").get_attribute("href")
    follow(quality, "The public page")
    phone.goto(f"{quality.url.split('/open')[0]}{address}")
    for page in (quality, phone):
        said = text(page)
        assert "Jadwal kami kirim sehari sebelumnya." in said and "Improved" in said
        assert f"before {before}, after {after}" in said
