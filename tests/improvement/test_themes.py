"""Themes are found by counting, kept once, quiet when dismissed, and never of hidden cases."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from casework.models import Case
from improvement.errors import Forbidden, Refused
from improvement.models import Found, Judged, Theme
from improvement.themes.deciding import decide
from improvement.themes.likeness import look_for_likeness, look_nightly
from improvement.themes.scanning import scan
from tests.agency import Agency
from tests.improvement.world import MONDAY, at, cause
from workflows.historic import HistoricCase, enter
from workflows.jobs import Swept, Turn
from workflows.models import JobRun

pytestmark = pytest.mark.django_db

NOW = datetime.combine(MONDAY, time(5), UTC)
PLACES = ("Karangsari", "Melati", "Kenanga", "Pasar Baru", "Cempaka", "Sukasari", "Ciledug")
TROUBLES = (
    "Keran di rumah kami kering sejak subuh",
    "Meteran berputar padahal tidak dipakai",
    "Bau karat dari saluran belakang",
    "Tagihan bulan lalu dua kali lipat",
    "Galian pipa belum ditutup kembali",
)


def received(agency: Agency, week: int, number: int, **more: Any) -> None:
    """So many complaints in the week so many weeks before the Monday, each of another wording."""
    begun = NOW - timedelta(weeks=week) + timedelta(hours=1)
    rows = []
    for n in range(number):
        trouble, place = TROUBLES[(n + week) % 5], PLACES[(n * 3 + week) % 7]
        facts = {
            "text": f"{trouble}, {place} blok {week}-{n}. Sudah {n + 2} kali kami tanyakan.",
            "unit": agency.water,
            "category": agency.plain,
            "received_at": begun + timedelta(hours=120 / number * n),
            "stage": "closed",
            "closed_at": begun + timedelta(days=6),
            "answer": "Sudah diperbaiki.",
        }
        rows.append(HistoricCase(**(facts | more)))
    enter(rows)


def usual(agency: Agency, each: int = 2) -> None:
    """As many in each week of a year."""
    for week in range(5, 57):
        received(agency, week, each + week % 2)


def test_more_than_usual_is_a_theme_with_its_numbers(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    [theme] = scan(NOW)
    assert (theme.found, theme.category, theme.cause) == (Found.SIGNAL, agency.plain, None)
    assert theme.events == 36
    assert theme.expected == pytest.approx(10, abs=0.5)
    assert theme.events > theme.limit > theme.expected
    assert theme.q < theme.rate == 0.1
    assert (theme.first, theme.last) == (MONDAY - timedelta(weeks=4), MONDAY - timedelta(days=1))


def test_what_is_usual_is_no_theme(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 3)
    assert scan(NOW) == []


def test_the_same_theme_is_renewed_and_not_raised_twice(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    [theme] = scan(NOW)
    [again] = scan(NOW + timedelta(days=1))
    assert again.pk == theme.pk and again.noticed_at == theme.noticed_at
    assert Theme.objects.count() == 1


def test_a_dismissed_theme_is_quiet_for_twelve_weeks(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    [theme] = scan(NOW)
    decide(theme, agency.quality, Judged.DISMISSED, "Satu pipa pecah, sudah diganti.")
    assert scan(NOW + timedelta(days=2)) == []
    for week in range(-16, -12):
        received(agency, week, 30)
    [later] = scan(NOW + timedelta(weeks=16))
    assert later.pk != theme.pk and later.state == Judged.NEW


def test_by_root_cause_it_counts_answers(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 2, cause=cause(), outcome="upheld", remedy="repaired")
    [theme] = scan(NOW)
    assert (theme.category, theme.cause) == (agency.plain, cause())
    assert theme.events == Case.objects.filter(cause=cause()).count() == 8


@pytest.mark.parametrize("hidden", ["restricted", "about_people", "merged"])
def test_hidden_cases_make_no_theme(agency: Agency, hidden: str) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    fresh = Case.objects.filter(received_at__gte=NOW - timedelta(weeks=4))
    change: dict[str, Any] = {"restricted": True}
    if hidden == "about_people":
        change = {"about_people": [agency.officer.pk]}
    if hidden == "merged":
        change = {"merged_into": Case.objects.order_by("pk")[0]}
    fresh.update(**change)
    assert scan(NOW) == []


def alike(agency: Agency, *texts: str, **more: Any) -> None:
    facts = {"unit": agency.water, "category": agency.plain, "stage": "closed"} | more
    for n, text in enumerate(texts):
        at_ = NOW - timedelta(days=10 * n + 1)
        enter(
            [
                HistoricCase(
                    text=text,
                    received_at=at_,
                    closed_at=at_ + timedelta(hours=1),
                    answer="Ya.",
                    **facts,
                )
            ]
        )


NEARLY = (
    "Air PDAM mati empat hari di RT 03 Karangsari dan tidak ada kabar.",
    "Air PDAM mati empat hari di RT 04 Karangsari dan tidak ada kabar.",
    "Air PDAM mati lima hari di RT 03 Karangsari, tidak ada kabar.",
)


def test_three_that_say_nearly_the_same_are_a_theme(agency: Agency) -> None:
    alike(agency, *NEARLY, "Lampu jalan padam di depan sekolah dasar.")
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    assert theme.found == Found.WORDS
    assert {case.text for case in theme.cases.all()} == set(NEARLY)


def test_two_are_not_nor_three_of_different_units_or_quarters(agency: Agency) -> None:
    alike(agency, *NEARLY[:2])
    alike(agency, NEARLY[2], unit=agency.roads)
    enter(
        [
            HistoricCase(
                text=NEARLY[0],
                unit=agency.water,
                category=agency.plain,
                stage="closed",
                received_at=NOW - timedelta(days=120),
                closed_at=NOW - timedelta(days=119),
                answer="Ya.",
            )
        ]
    )
    look_for_likeness(NOW)
    assert not Theme.objects.exists()


def test_another_one_joins_the_theme_that_is_there(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    alike(agency, NEARLY[1].replace("empat", "enam"))
    look_for_likeness(NOW, NOW - timedelta(days=2))
    assert Theme.objects.get().cases.count() == 4


def test_a_dismissal_needs_a_reason_and_the_right(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    with pytest.raises(Refused, match="why"):
        decide(theme, agency.quality, Judged.DISMISSED, " ")
    for person in (agency.officer, agency.auditor, agency.roads_officer):
        with pytest.raises(Forbidden):
            decide(theme, person, Judged.WATCHED)
    theme.refresh_from_db()
    assert theme.state == Judged.NEW


def test_its_page_says_why_and_lists_only_cases_in_sight(agency: Agency) -> None:
    alike(agency, *NEARLY)
    look_for_likeness(NOW)
    theme = Theme.objects.get()
    hidden = theme.cases.order_by("pk")[0]
    Case.objects.filter(pk=hidden.pk).update(about_people=[agency.quality.pk])
    client = Client()
    client.force_login(agency.quality)
    page = client.get(f"/improve/themes/{theme.pk}/", headers={"Accept-Language": "en"})
    words = page.content.decode()
    assert "3 cases of this unit say nearly the same." in words
    shown = [case for case in theme.cases.all() if f"/desk/cases/{case.reference}/" in words]
    assert len(shown) == 2 and hidden not in shown


def test_a_signal_says_what_is_usual_and_what_was_declared(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    with at(MONDAY):
        [theme] = scan(NOW)
        client = Client()
        client.force_login(agency.quality)
        page = client.get(f"/improve/themes/{theme.pk}/", headers={"Accept-Language": "en"})
    words = page.content.decode()
    assert "36 cases in four weeks, where 10" in words
    assert "Benjamini" in words and "0.10" in words


def test_after_an_outage_a_night_looks_at_all_that_came_in_meanwhile(agency: Agency) -> None:
    JobRun.objects.create(name="likeness", last_at=NOW - timedelta(days=30))
    alike(agency, *NEARLY)
    look_nightly(Turn(NOW, Swept()))
    assert Theme.objects.get().cases.count() == 3
    JobRun.objects.update(last_at=NOW + timedelta(days=40))
    Theme.objects.all().delete()
    look_nightly(Turn(NOW + timedelta(days=41), Swept()))
    assert not Theme.objects.exists()  # nothing came in since, so nothing is compared again
