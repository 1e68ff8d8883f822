"""Jobs that time does by itself: when each is due, once a night whatever the clocks do."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import Error, connection
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from workflows import jobs
from workflows.jobs import EACH_SWEEP, Turn, last_due, register
from workflows.models import JobRun
from workflows.sweep import Swept, sweep

JAKARTA, AMSTERDAM, NEW_YORK = (
    ZoneInfo(name) for name in ("Asia/Jakarta", "Europe/Amsterdam", "America/New_York")
)
HALF_PAST_TWO = time(2, 30)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)  # in Jakarta


@pytest.fixture(autouse=True)
def alone(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No jobs but those of the test."""
    monkeypatch.setattr(jobs, "_jobs", {})


def noting(ran: list, name: str = "job") -> Callable[[Turn], None]:
    return lambda turn: ran.append(name)


def swept_through(first: datetime, last: datetime, step: timedelta) -> Iterator[datetime]:
    """Sweep at each step; gives the moment after each sweep."""
    at = first.astimezone(UTC)
    while at <= last:
        with time_machine.travel(at, tick=False):
            assert sweep().broken == []
        yield at
        at += step


def in_a_unit(zone: ZoneInfo) -> None:
    Unit.objects.create(code="root", name="Kabupaten Uji", time_zone=zone.key)


def test_jobs_of_each_sweep_run_in_the_order_in_which_they_were_registered():
    ran: list[str] = []
    for name in ("clocks", "timeouts", "files"):
        register(name, noting(ran, name), every=EACH_SWEEP)
    for _sweep in range(2):
        sweep()
    assert ran == ["clocks", "timeouts", "files"] * 2
    assert not JobRun.objects.exists(), "what runs at each sweep has nothing to remember"


def test_a_job_runs_so_long_after_its_last_run_and_not_before():
    ran: list[str] = []
    register("job", noting(ran), every=timedelta(hours=1))
    sweep(NOON)
    sweep(NOON + timedelta(minutes=59, seconds=59))
    assert len(ran) == 1
    sweep(NOON + timedelta(hours=1))
    assert len(ran) == 2
    assert JobRun.objects.get().last_at == NOON + timedelta(hours=1)


def test_a_job_is_told_for_which_moment_it_runs():
    turns: list[Turn] = []
    register("job", turns.append, every=EACH_SWEEP)
    sweep(NOON)
    assert [turn.now for turn in turns] == [NOON]


@pytest.mark.parametrize(
    ("zone", "at", "night"),
    [
        (NEW_YORK, HALF_PAST_TWO, "2026-03-08"),  # skipped
        (NEW_YORK, HALF_PAST_TWO, "2026-11-01"),
        (NEW_YORK, time(1, 30), "2026-11-01"),  # comes twice
        (AMSTERDAM, HALF_PAST_TWO, "2026-03-29"),  # skipped
        (AMSTERDAM, HALF_PAST_TWO, "2026-10-25"),  # comes twice
        (JAKARTA, HALF_PAST_TWO, "2026-03-29"),
    ],
    ids=str,
)
def test_a_nightly_job_runs_exactly_once_each_night(zone: ZoneInfo, at: time, night: str):
    in_a_unit(zone)
    ran: list[str] = []
    noon = datetime.fromisoformat(f"{night}T12:00").replace(tzinfo=zone)
    JobRun.objects.create(name="job", last_at=noon - timedelta(days=2))
    register("job", noting(ran), nightly=at)
    local: list[datetime] = []
    for moment in swept_through(
        noon - timedelta(days=2), noon + timedelta(days=1), timedelta(minutes=15)
    ):
        local += [moment.astimezone(zone)] * (len(ran) - len(local))
    assert [moment.day for moment in local] == [(noon + timedelta(days=d)).day for d in (-1, 0, 1)]
    assert {moment.strftime("%H:%M") for moment in local} - {at.strftime("%H:%M")} <= {"03:30"}


def test_after_an_outage_a_nightly_job_runs_once_and_not_for_every_night():
    in_a_unit(AMSTERDAM)
    ran: list[str] = []
    register("job", noting(ran), nightly=HALF_PAST_TWO)
    before = datetime(2026, 3, 26, 2, 30, tzinfo=AMSTERDAM)
    sweep(before)
    back = datetime(2026, 4, 1, 14, tzinfo=AMSTERDAM)
    moments = list(swept_through(back, back + timedelta(hours=12), timedelta(minutes=30)))
    assert len(ran) == 2
    assert JobRun.objects.get().last_at == moments[0]
    sweep(datetime(2026, 4, 2, 2, 30, tzinfo=AMSTERDAM))
    assert len(ran) == 3


def test_after_an_outage_what_runs_every_hour_runs_once():
    ran: list[str] = []
    register("job", noting(ran), every=timedelta(hours=1))
    sweep(NOON)
    sweep(NOON + timedelta(days=3))
    sweep(NOON + timedelta(days=3, minutes=1))
    assert len(ran) == 2


def test_the_night_is_that_of_the_topmost_unit_and_else_of_the_settings(settings):
    settings.TIME_ZONE = "America/New_York"
    assert jobs.zone_of_the_agency() == NEW_YORK
    in_a_unit(AMSTERDAM)
    Unit.objects.create(
        code="below", name="Jalan", parent=Unit.objects.get(), time_zone="Asia/Jakarta"
    )
    assert jobs.zone_of_the_agency() == AMSTERDAM


def test_a_job_that_fails_is_logged_and_tried_again_and_keeps_no_other_from_running(caplog):
    ran: list[str] = []

    def fail(turn: Turn) -> None:
        ran.append("first")
        if len(ran) == 1:
            raise RuntimeError("the disk")

    register("first", fail, nightly=HALF_PAST_TWO)
    register("second", noting(ran, "second"), nightly=HALF_PAST_TWO)
    with caplog.at_level(logging.ERROR):
        assert sweep(NOON) == Swept(broken=["first"])
    assert "first failed" in caplog.text and "the disk" in caplog.text
    assert list(JobRun.objects.values_list("name", flat=True)) == ["second"]
    assert sweep(NOON + timedelta(seconds=30)) == Swept()
    assert ran == ["first", "second", "first"]
    assert sweep(NOON + timedelta(minutes=1)) == Swept()
    assert len(ran) == 3


def test_a_zone_that_nobody_knows_keeps_no_other_job_from_running():
    Unit.objects.create(code="root", name="Kabupaten Uji", time_zone="Asia/Atlantis")
    JobRun.objects.create(name="nightly", last_at=NOON)
    ran: list[str] = []
    register("nightly", noting(ran, "nightly"), nightly=HALF_PAST_TWO)
    register("other", noting(ran, "other"), every=EACH_SWEEP)
    assert sweep(NOON) == Swept(broken=["nightly"])
    assert ran == ["other"]


def test_who_was_killed_within_a_run_runs_again():
    ran: list[str] = []

    def die(turn: Turn) -> None:
        ran.append("job")
        if len(ran) == 1:
            raise SystemExit

    register("job", die, nightly=HALF_PAST_TWO)
    with pytest.raises(SystemExit):
        sweep(NOON)
    sweep(NOON)
    sweep(NOON)
    assert len(ran) == 2


def test_a_job_works_in_batches_as_long_as_it_may_and_goes_on_at_the_next_sweep(monkeypatch):
    """A batch takes two seconds here; five batches are to be done."""
    monkeypatch.setattr(jobs, "monotonic", lambda: 2.0 * len(done))
    done: list[int] = []

    def work(turn: Turn) -> None:
        while len(done) < 5 and not turn.is_over():
            done.append(len(done))

    register("job", work, nightly=HALF_PAST_TWO, budget=timedelta(seconds=3))
    per_sweep = []
    for seconds in range(4):
        before = len(done)
        sweep(NOON + timedelta(seconds=30 * seconds))
        per_sweep.append(len(done) - before)
    assert per_sweep == [2, 2, 1, 0]
    assert JobRun.objects.get().last_at == NOON + timedelta(seconds=60)


def test_without_a_budget_a_job_works_as_long_as_it_takes(monkeypatch):
    monkeypatch.setattr(jobs, "monotonic", lambda: 3600.0)
    asked: list[bool] = []
    register("job", lambda turn: asked.append(turn.is_over()), every=EACH_SWEEP)
    sweep(NOON)
    assert asked == [False]


def test_a_name_is_given_once_and_every_job_says_when():
    register("job", print, every=EACH_SWEEP)
    with pytest.raises(ValueError, match="a job job already"):
        register("job", print, every=EACH_SWEEP)
    with pytest.raises(ValueError, match="every so often or nightly"):
        register("never", print)
    with pytest.raises(ValueError, match="every so often or nightly"):
        register("both", print, every=timedelta(hours=1), nightly=HALF_PAST_TWO)


def test_the_command_fails_where_a_job_did():
    register("job", lambda turn: 1 / 0, every=EACH_SWEEP)
    with pytest.raises(CommandError, match="job"):
        call_command("sweep")


@pytest.mark.django_db(transaction=True)
def test_without_its_connection_a_sweep_ends_for_its_lock_is_gone():
    ran: list[str] = []

    def cut_off(turn: Turn) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    register("first", cut_off, every=EACH_SWEEP)
    register("second", noting(ran), every=EACH_SWEEP)
    try:
        with pytest.raises(Error):
            sweep(NOON)
    finally:
        connection.close()
    assert ran == []


FAR_AWAY = ("Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "Asia/Kathmandu")
ZONES = st.sampled_from([JAKARTA, AMSTERDAM, NEW_YORK, *map(ZoneInfo, FAR_AWAY)])
MOMENTS = st.datetimes(datetime(2010, 1, 2), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(at=st.times().map(lambda at: at.replace(fold=0)), zone=ZONES, now=MOMENTS)
def test_each_date_has_one_moment_and_the_last_one_is_never_ahead(
    at: time, zone: ZoneInfo, now: datetime
):
    last = last_due(at, zone, now)
    assert timedelta(0) <= now - last < timedelta(hours=26)
    assert last_due(at, zone, last) == last
    before = last_due(at, zone, last - timedelta(microseconds=1))
    assert timedelta(hours=22) < last - before < timedelta(hours=26)
