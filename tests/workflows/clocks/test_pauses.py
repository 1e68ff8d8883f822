"""What a pause moves, and what it does not."""

import pytest

from tests.agency import Agency, citizen
from tests.clockwork import (
    CALENDAR_DAYS,
    HOURS,
    clock_of,
    due,
    in_work,
    kinds,
    on,
    policy,
    rule,
    step,
    swept,
    target,
)  # fmt: skip


def use(**targets) -> None:
    with on("2026-01-01 08:00"):
        policy(rule("semua", targets))


def test_an_hours_target_moves_by_the_working_time_in_the_pause(agency: Agency):
    use(resolution=target(10, HOURS))
    case = in_work(agency)  # Monday 09:00: 6 h today, 4 h tomorrow
    assert due(clock_of(case, "resolution")) == "2026-11-03 11:30"
    case = step("2026-11-02 11:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-02 20:00", case, "answered", citizen(case), text="Di sini.")
    # Held from 11 to 12 and from 13 to 16.
    assert due(clock_of(case, "resolution")) == "2026-11-04 08:00"


def test_a_pause_within_a_day_moves_no_target_in_days(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-03 15:59", case, "answered", citizen(case), text="Di sini.")
    assert due(clock_of(case, "resolution")) == "2026-11-05 16:00"


def test_a_pause_over_the_end_of_day_zero_counts_too(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    case = step("2026-11-02 10:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-03 09:00", case, "answered", citizen(case), text="Di sini.")
    assert due(clock_of(case, "resolution")) == "2026-11-06 16:30"


def test_calendar_days_move_by_local_midnights(agency: Agency):
    use(resolution=target(5, CALENDAR_DAYS))
    case = in_work(agency)
    assert due(clock_of(case, "resolution")) == "2026-11-08 00:00"
    case = step("2026-11-06 15:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-08 10:00", case, "answered", citizen(case), text="Di sini.")
    assert due(clock_of(case, "resolution")) == "2026-11-10 00:00"


def test_a_pause_that_begins_after_due_moves_nothing(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    case = step("2026-11-06 09:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-12 09:00", case, "answered", citizen(case), text="Di sini.")
    clock = clock_of(case, "resolution")
    assert (due(clock), bool(clock.breached_at)) == ("2026-11-05 16:00", True)


def test_a_hold_ends_by_its_date_however_late_the_sweep_is(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    with on("2026-11-03 09:00"):
        case = step(
            "2026-11-03 09:00", case, "hold", agency.officer, reason="PLN", until="2026-11-04"
        )
    assert case.due_state == "third_party"
    swept("2026-11-20 09:00")
    clock = clock_of(case, "resolution")
    # Two ends of working days, 3 and 4 March, lie in it.
    assert due(clock) == "2026-11-09 16:00"
    assert f"{clock.breached_at:%Y-%m-%d %H:%M}" == "2026-11-09 09:00"
    assert kinds(clock)[:4] == ["started", "paused", "resumed", "breached"]


def test_what_is_not_pausable_runs_on(agency: Agency):
    use(resolution=target(3, pausable=False), first_response=target(5))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "ask", agency.officer, text="Di mana?")
    assert clock_of(case, "resolution").state == "running"
    assert case.due_state == "calm"


def test_a_recalled_question_and_a_hold_are_two_pauses(agency: Agency):
    use(resolution=target(9))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-03 10:00", case, "recall", agency.officer)
    case = step("2026-11-03 10:00", case, "hold", agency.officer, reason="PLN", until="2026-11-10")
    assert kinds(clock_of(case, "resolution")) == ["started", "paused", "resumed", "paused"]


@pytest.mark.parametrize("words", ["message", "heard"])
def test_a_word_of_the_complainant_ends_no_pause(agency: Agency, words: str):
    use(resolution=target(9))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "ask", agency.officer, text="Di mana?")
    who = citizen(case) if words == "message" else agency.officer2
    proof = {} if words == "message" else {"channel": "phone", "proof": "Tahu kode."}
    case = step("2026-11-04 09:00", case, words, who, text="Sebentar.", **proof)
    assert kinds(clock_of(case, "resolution")) == ["started", "paused"]
