"""Themes are found by counting, kept once, quiet when dismissed, and never of hidden cases."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from casework.models import Case
from improvement.models import Found, Judged, Theme
from improvement.themes.deciding import decide
from improvement.themes.scanning import history_of, scan
from tests.agency import Agency
from tests.improvement.world import MONDAY, at, cause
from workflows.historic import HistoricCase, enter

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


#: An answer that says what the trouble came from.
NAMED: dict[str, Any] = {"outcome": "upheld", "remedy": "repaired"}


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


def test_its_page_draws_the_limits_that_the_scan_took_and_says_no_more_of_them(
    agency: Agency,
) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    [theme] = scan(NOW)
    client = Client(headers={"accept-language": "en"})
    client.force_login(agency.quality)
    upper = []
    for limit in (theme.expected + 3 * theme.expected**0.5, theme.events + 1.0):
        Theme.objects.update(limit=limit)
        page = client.get(f"/improve/themes/{theme.pk}/")
        assert f"Looked at alone, up to {limit:.1f} could be chance" in page.content.decode()
        upper.append(page.context["series"].upper)
    assert upper[0] != upper[1]


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
    with at(MONDAY):
        decide(theme, agency.quality, Judged.DISMISSED, "Satu pipa pecah, sudah diganti.")
    assert scan(NOW + timedelta(days=2)) == []
    for week in range(-11, -7):
        received(agency, week, 30)
    assert scan(NOW + timedelta(weeks=12) - timedelta(seconds=1)) == []
    [later] = scan(NOW + timedelta(weeks=12))
    assert later.pk != theme.pk and later.state == Judged.NEW


def test_by_root_cause_it_counts_answers(agency: Agency) -> None:
    usual(agency)
    for week, number in ((40, 1), (20, 1), *((week, 2) for week in range(1, 5))):
        received(agency, week, number, cause=cause(), **NAMED)
    [theme] = scan(NOW)
    assert (theme.category, theme.cause) == (agency.plain, cause())
    assert theme.events == Case.objects.filter(cause=cause()).count() - 2 == 8


def test_a_service_that_began_lately_is_no_theme(agency: Agency) -> None:
    for week in range(1, 11):
        received(agency, week, 5)
    assert scan(NOW) == []


def test_no_root_cause_is_a_theme_because_answers_name_it_now(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 11):
        received(agency, week, 2, cause=cause(), **NAMED)
    assert scan(NOW) == []


def test_what_is_usual_is_known_after_26_weeks_that_follow_the_first_case(agency: Agency) -> None:
    for week in range(1, 31):
        received(agency, week, 2 if week > 4 else 9)
    assert scan(NOW) == []
    received(agency, 31, 1)
    [theme] = scan(NOW)
    assert theme.expected == 8  # the week of the first case is not among them


def test_a_service_that_is_old_has_a_year_that_says_what_is_usual(agency: Agency) -> None:
    for week in (57, 30):
        received(agency, week, 1)
    for week in range(1, 5):
        received(agency, week, 2)
    [theme] = scan(NOW)
    assert theme.expected == pytest.approx(4 / 52)
    assert len(history_of(theme)) == 56


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


def test_its_evidence_stays_on_the_chart_and_is_counted_for_it_alone(
    agency: Agency, django_assert_num_queries: Any
) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    [theme] = scan(NOW)
    received(agency, 6, 3, category=agency.reviewed)
    received(agency, 6, 3, unit=agency.roads)
    for week in range(-60, 0):
        received(agency, week, 1)
    with django_assert_num_queries(1) as asked:
        weeks = history_of(theme)
    assert '"category_id" = ' in asked.captured_queries[0]["sql"]
    assert weeks[-5:] == [
        (MONDAY - timedelta(weeks=week), 9 if week < 5 else 3) for week in range(5, 0, -1)
    ]
    assert len(weeks) == 55  # `usual` has 52 weeks, and the first case came in the first of them


def test_a_signal_counts_no_case_that_was_hidden_since(agency: Agency) -> None:
    usual(agency)
    for week in range(1, 5):
        received(agency, week, 9)
    with at(MONDAY):
        [theme] = scan(NOW)
        Case.objects.filter(pk=Case.objects.latest("received_at").pk).update(restricted=True)
        client = Client()
        client.force_login(agency.quality)
        page = client.get(f"/improve/themes/{theme.pk}/", headers={"Accept-Language": "en"})
    words = page.content.decode()
    assert "35 cases in four weeks" in words and "35 that you may see" in words
