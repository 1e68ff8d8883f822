"""“Explain this due date”: the ledger as sentences, for histories that went through the door."""

from datetime import date

import pytest
from django.utils import timezone, translation

from accounts.models import Unit
from casework.models import Case
from tests.agency import Agency, citizen, do, file_case
from tests.clockwork import CALENDAR_DAYS, HOURS, at, clock_of, on, policy, rule, target
from tests.ledgers import noted
from workflows import opening, shown
from workflows.models import CalendarVersion

NOON = "2026-11-24 12:36"


def in_work(agency: Agency, when: str = "2026-11-12 08:14") -> Case:
    with on(when):
        case = do(file_case(), "accept", agency.intake, category="water", unit="water")
        return do(case, "assigned", agency.supervisor, assignee="officer")


def lines(case: Case, metric: str = "resolution", now: str = NOON, language: str = "en") -> list:
    clock = clock_of(case, metric)
    with translation.override(language), timezone.override("Asia/Jakarta"), on(now):
        return [(line.when, line.what) for line in shown.explained(clock, at(now))]


def told(case: Case, metric: str = "resolution", now: str = NOON) -> str:
    return "\n".join(f"{when}: {what}" for when, what in lines(case, metric, now))


@pytest.fixture
def fortnight(agency: Agency) -> None:
    policy(rule("all", {"resolution": target(14, extension=10), "first_response": target(5)}))


@pytest.fixture
def asked(agency: Agency, fortnight: None) -> Case:
    """As drawn: a question on Monday, answered on Tuesday."""
    case = in_work(agency)
    with on("2026-11-16 10:05"):
        case = do(case, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    with on("2026-11-17 14:20"):
        return do(case, "answered", citizen(case), text="Sekitar 40 rumah.")


def test_a_pause_is_explained_by_the_working_days_that_ended_in_it(asked: Case) -> None:
    assert lines(asked) == [
        (
            "12 Nov, 08:14 WIB",
            "The complaint came in. Target: 14 working days (Peraturan uji, unconfirmed). "
            "12 November, the day it began, is day 0. "
            "Only the days on which the unit is open are counted.",
        ),
        (
            "14–15, 21–22, 28–29 Nov",  # noqa: RUF001
            "Not counted: Saturday and Sunday. No holiday lies between.",
        ),
        (
            "16 Nov, 10:05 – 17 Nov, 14:20 WIB",  # noqa: RUF001
            "Paused: waiting for the complainant. 1 working day passed meanwhile: "
            "the date moved by as much, to Thursday 3 December 2026, 16:00 WIB.",
        ),
        ("3 Dec, 16:00 WIB", "Due. 7 working days used, 7 working days left."),
    ]


def test_it_is_explained_in_indonesian(asked: Case) -> None:
    said = lines(asked, language="id")
    assert said[1][1] == "Tidak dihitung: Sabtu dan Minggu. Tidak ada hari libur di antaranya."
    assert said[2][1] == (
        "Jeda: menunggu pelapor. Selama itu 1 hari kerja berlalu: tenggat mundur sebanyak itu, "
        "menjadi Kamis 3 Desember 2026, 16.00 WIB."
    )
    assert said[3] == (
        "3 Des, 16.00 WIB",
        "Jatuh tempo. Terpakai 7 hari kerja, tersisa 7 hari kerja.",
    )


def test_a_pause_in_which_no_working_day_ended_moves_nothing(agency, fortnight) -> None:
    case = in_work(agency)
    with on("2026-11-16 10:05"):
        case = do(case, "ask", agency.officer, text="Berapa rumah yang terdampak?")
    with on("2026-11-16 14:20"):
        case = do(case, "answered", citizen(case), text="Sekitar 40 rumah.")
    assert "16 Nov, 10:05–14:20 WIB: Paused: waiting for the complainant. The date stays." in told(  # noqa: RUF001
        case
    )


def test_while_it_is_paused_it_says_since_when_and_what_is_left_then(agency, fortnight) -> None:
    case = in_work(agency)
    with on("2026-11-16 10:05"):
        case = do(case, "hold", agency.officer, reason="Menunggu PLN", until="2026-11-30")
    when, what = lines(case)[-1]
    assert when == "16 Nov, 10:05 – 24 Nov, 12:36 WIB"  # noqa: RUF001
    assert what.startswith("Paused: waiting for a third party. At most until 30 Nov.")
    assert what.endswith("The time stands still. Left then: 12 working days.")


def test_who_confirmed_the_legal_basis_is_named(asked: Case, agency: Agency) -> None:
    version = clock_of(asked, "resolution").entries.get(kind="started").data["policy"]
    basis = shown.Sources.of([clock_of(asked, "resolution")]).policies[version].policy
    basis.confirmed_by, basis.confirmed_at = agency.head, at(NOON)
    basis.save()
    assert "14 working days (Peraturan uji, confirmed by Head)." in told(asked)


def test_an_extension_names_who_allowed_it_and_the_new_date(asked: Case, agency: Agency) -> None:
    noted(asked, "resolution", "extended", "2026-11-20 09:00", amount=5, by=agency.supervisor.pk)
    said = told(asked)
    assert "20 Nov, 09:00 WIB: Extended by 5 working days, allowed by Supervisor." in said
    assert "The date is now Thursday 10 December 2026, 16:00 WIB." in said
    assert "7 working days used, 12 working days left." in said


def test_another_unit_has_it_counted_anew_and_the_target_is_told(agency: Agency) -> None:
    policy(
        rule("roads", {"resolution": target(20)}, units=["roads"]),
        rule("all", {"resolution": target(14)}),
    )
    case = in_work(agency)
    with on("2026-11-18 09:00"):
        do(case, "transfer", agency.officer, unit="roads", reason="Urusan jalan.")
    assert (
        "18 Nov, 09:00 WIB: The case went to another unit. "
        "Target: 20 working days (Peraturan uji, unconfirmed). "
        "The date is now Thursday 10 December 2026, 16:00 WIB."
    ) in told(case)


def test_what_passed_unanswered_is_told_and_how_late_it_is(agency, fortnight) -> None:
    case = in_work(agency)
    said = told(case, "first_response")
    assert "19 Nov, 16:00 WIB: The date has passed: 2 working days late." in said
    with on("2026-11-24 10:00"):
        do(case, "message", agency.officer, text="Kami periksa.")
    said = told(case, "first_response")
    assert "19 Nov, 16:00 WIB: This date passed before it was done." in said
    assert "24 Nov, 10:00 WIB: The complainant heard from us." in said
    assert said.endswith("The date had passed: 2 working days late.")


def test_what_was_done_in_time_says_so(asked: Case) -> None:
    assert lines(asked, "first_response")[-1] == (
        "16 Nov, 10:05 WIB",
        "The complainant heard from us. In time.",
    )


@pytest.fixture
def holidays(agency: Agency) -> CalendarVersion:
    """The standard week with Christmas, joint leave, and a half day before the new year."""
    named = {
        "2026-12-24": ("Cuti bersama Natal", []),
        "2026-12-25": ("Natal", []),
        "2026-12-31": ("Malam tahun baru", [[450, 720]]),
    }
    days = {day: {"name": name, "hours": hours} for day, (name, hours) in named.items()}
    content = opening.STANDARD.content() | {"days": days}
    unit = Unit.objects.get(code="root")
    return CalendarVersion.objects.create(
        unit=unit, number=1, effective_at=at("2026-01-01 00:00"), content=content
    )


def test_holidays_are_named_and_weekends_are_grouped(agency, fortnight, holidays) -> None:
    case = in_work(agency, "2026-12-16 09:00")
    skipped = lines(case, now="2026-12-17 09:00")[1:-1]
    assert skipped == [
        (
            "19–20, 26–27 Dec, 2–3 Jan 2027",  # noqa: RUF001
            "Not counted: Saturday and Sunday.",
        ),
        ("24 Dec", "Closed, not counted: Cuti bersama Natal."),
        ("25 Dec", "Closed, not counted: Natal."),
        ("31 Dec", "Open only 07:30–12:00: Malam tahun baru."),  # noqa: RUF001
    ]


def test_many_weekends_are_one_line(agency: Agency) -> None:
    policy(rule("all", {"resolution": target(60)}))
    when, what = lines(in_work(agency))[1]
    assert when == "14 Nov – 31 Jan 2027"  # noqa: RUF001
    assert what.endswith("24 closed days.")


def test_calendar_days_skip_nothing_and_hours_are_said_in_hours(agency: Agency) -> None:
    policy(
        rule(
            "all",
            {"resolution": target(30, CALENDAR_DAYS), "first_response": target(40, HOURS)},
        )
    )
    case = in_work(agency)
    days = told(case)
    assert "Target: 30 calendar days" in days and "Every day is counted" in days
    assert "Not counted" not in days
    assert "12 Dec, 23:59 WIB: Due. 12 calendar days used, 18 calendar days left." in days
    hours = told(case, "first_response", "2026-11-16 09:00")
    assert "Only the hours in which the unit is open are counted." in hours
    assert "15 h 46 min used, 24 h 14 min left." in hours


def test_a_cycle_begins_with_its_own_line(asked: Case, agency: Agency) -> None:
    with on("2026-11-18 09:00"):
        case = do(asked, "respond", agency.officer, text="Pompa sudah diganti.")
    with on("2026-11-19 09:00"):
        case = do(case, "dispute", citizen(case), reason="Masih keruh.")
    clock = clock_of(case, "resolution", cycle=2)
    with translation.override("en"), timezone.override("Asia/Jakarta"):
        first = shown.explained(clock, at(NOON))[0]
    assert first.when == "19 Nov, 09:00 WIB"
    assert first.what.startswith("The case was taken up again. Target: 14 working days")


def test_years_are_told_where_they_are_others(agency: Agency, fortnight: None) -> None:
    case = in_work(agency, "2025-12-29 09:00")
    assert lines(case, now="2026-01-05 09:00")[0][0] == "29 Dec 2025, 09:00 WIB"
    assert date(2025, 12, 29).weekday() == 0
