"""An edit of a calendar: open clocks follow, closed ones stand, and only who is concerned hears."""

from accounts.models import Unit
from casework.models import Case
from tests.agency import Agency
from tests.clockwork import (
    at,
    clock_of,
    due,
    filed,
    in_work,
    kinds,
    on,
    policy,
    rule,
    step,
    swept,
    target,
)  # fmt: skip
from workflows import opening
from workflows.clocks import passes
from workflows.models import Pass


def use(**targets) -> None:
    with on("2026-01-01 08:00"):
        policy(rule("semua", targets))


def closed_on(day: str, clock: str, unit: Unit | None = None) -> None:
    with on(clock):
        days = {day: {"name": "Libur uji", "hours": []}}
        opening.edit(unit, {"days": days}, None, "Libur")


def moves(case: Case) -> list[tuple[str, str]]:
    return [
        (event.data["from"][:10], event.data["to"][:10])
        for event in case.events.filter(kind="due_moved")
    ]


def test_an_open_clock_follows_the_newest_calendar_over_its_whole_span(agency: Agency):
    use(resolution=target(3))
    case = filed()
    closed_on("2026-11-03", "2026-11-04 09:00")
    swept("2026-11-04 09:30")
    clock = clock_of(case, "resolution")
    assert due(clock) == "2026-11-06 16:30"
    assert kinds(clock) == ["started", "retargeted"]
    assert clock.entries.get(kind="retargeted").at == at("2026-11-04 09:00")
    assert moves(case) == [("2026-11-05", "2026-11-06")]
    assert Pass.objects.get().finished_at


def test_who_has_the_same_date_as_before_hears_nothing(agency: Agency):
    use(resolution=target(3))
    case = filed()
    closed_on("2026-12-02", "2026-11-04 09:00")
    swept("2026-11-04 09:30")
    assert due(clock_of(case, "resolution")) == "2026-11-05 16:00"
    assert moves(case) == []


def test_a_due_date_that_passed_before_the_edit_was_missed(agency: Agency):
    use(resolution=target(3))
    case = filed()
    closed_on("2026-11-03", "2026-11-05 17:00")
    swept("2026-11-05 17:30")
    clock = clock_of(case, "resolution")
    assert (due(clock), clock.breached_at) == ("2026-11-06 16:30", at("2026-11-05 16:00"))


def test_an_edit_before_the_due_date_saves_it_however_late_the_pass_is(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    closed_on("2026-11-05", "2026-11-04 17:00")
    case = step("2026-11-06 09:00", case, "respond", agency.officer, text="Sudah.")
    assert clock_of(case, "resolution").breached_at is None


def test_what_had_ended_keeps_what_it_said(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    case = step("2026-11-06 09:00", case, "respond", agency.officer, text="Sudah.")
    closed_on("2026-11-05", "2026-11-09 09:00")
    swept("2026-11-09 09:30")
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2026-11-05 16:00")
    assert kinds(clock) == ["started", "breached", "met"]


def test_an_edit_of_one_unit_concerns_no_other(agency: Agency):
    use(resolution=target(3))
    case = in_work(agency)
    closed_on("2026-11-04", "2026-11-03 09:00", agency.roads)
    swept("2026-11-03 09:30")
    assert due(clock_of(case, "resolution")) == "2026-11-05 16:00"


def test_a_year_end_closure_of_over_a_week_is_skipped(agency: Agency):
    use(resolution=target(3))
    with on("2026-12-01 09:00"):
        days = {f"2026-12-{day}": {"name": "Tutup", "hours": []} for day in range(24, 32)}
        days |= {f"2027-01-0{day}": {"name": "Tutup", "hours": []} for day in range(1, 4)}
        opening.edit(None, {"days": days}, None, "Akhir tahun")
    assert due(clock_of(filed("2026-12-22 09:00"), "resolution")) == "2027-01-05 16:00"


def test_a_half_day_ends_at_its_own_hour(agency: Agency):
    use(resolution=target(1))
    with on("2026-11-01 09:00"):
        days = {"2026-11-03": {"name": "Setengah hari", "hours": [[450, 660]]}}
        opening.edit(None, {"days": days}, None, "Setengah hari")
    assert due(clock_of(filed(), "resolution")) == "2026-11-03 11:00"


def test_a_pass_goes_on_where_it_stopped(agency: Agency, monkeypatch):
    use(resolution=target(3))
    cases = [filed() for _ in range(5)]
    monkeypatch.setattr(passes, "BATCH", 2)
    closed_on("2026-11-04", "2026-11-03 09:00")

    class Short:
        """A turn that is over after the first batch."""

        now = at("2026-11-03 09:10")

        def is_over(self) -> bool:
            return True

    passes.run(Short())
    going = Pass.objects.get()
    assert (going.total, going.done, going.moved, going.finished_at) == (5, 2, 2, None)
    swept("2026-11-03 09:20")
    going.refresh_from_db()
    assert (going.done, going.moved, bool(going.finished_at)) == (5, 5, True)
    assert {due(clock_of(case, "resolution")) for case in cases} == {"2026-11-06 16:30"}


def test_a_unit_that_moved_counts_by_the_calendar_above_it_since_then(agency: Agency):
    """What was due before the move was due by the calendar of that time, though nobody swept."""
    policy(rule("lain", {"resolution": target(5)}))
    with on("2026-11-01 09:00"):
        closed = {"days": {"2026-11-05": {"name": "Uji", "hours": []}}}
        opening.edit(agency.roads, closed, None, "uji")
    case = in_work(agency)
    with on("2026-11-10 10:00"):
        agency.water.parent = agency.roads
        agency.water.save()
    swept("2026-11-10 10:01")
    clock = clock_of(case, "resolution")
    assert clock.breached_at == at("2026-11-09 16:00")
    assert due(clock) == "2026-11-10 16:00"
    assert clock.entries.get(kind="retargeted").at == at("2026-11-10 10:00")
