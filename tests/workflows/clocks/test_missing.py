"""Open cases from before the first policy get their clocks, from their own beginnings, silently."""

from datetime import date

from casework.models import Case
from tests.agency import Agency
from tests.clockwork import at, clock_of, due, filed, in_work, kinds, on, states, step, swept
from workflows import policies
from workflows.models import Pass


def installed(clock: str, by=None) -> None:
    with on(clock):
        policies.install("id-sp4n", date(2026, 11, 1), by)


def test_the_first_policy_starts_the_clocks_of_the_cases_that_are_open(agency: Agency):
    waiting, working = filed(), in_work(agency)
    answered = step("2026-11-03 09:00", in_work(agency), "respond", agency.officer, text="Sudah.")
    assert not states(working)
    installed("2026-11-10 09:00", agency.administrator)
    assert not states(working), "in the background, as long as it takes"
    swept("2026-11-10 09:01")
    assert set(states(waiting)) == {"first_response 1.0", "resolution 1.0", "acknowledgement 1.0"}
    assert "resolution 1.0" in states(working)
    assert "acknowledgement 1.0" not in states(working), "it was checked before anybody asked when"
    assert states(answered) == {"resolution 1.0": "met"}, "it may be taken back"
    assert clock_of(answered, "resolution").ended_at == at("2026-11-03 09:00")
    assert clock_of(working, "resolution").started_at == working.received_at
    done = Pass.objects.get()
    assert (done.rule, done.by, done.done) == ("id-sp4n", agency.administrator, 3)
    assert done.finished_at is not None


def test_what_was_late_before_the_policy_is_late_and_nobody_is_warned_of_it(agency: Agency):
    case = filed("2026-09-07 09:00")
    before = case.event_count
    installed("2026-11-10 09:00")
    swept("2026-11-10 09:01", "2026-11-11 09:01")
    clock = clock_of(case, "resolution")
    assert clock.breached_at is not None
    assert "escalated" not in kinds(clock)
    assert Case.objects.get(pk=case.pk).event_count == before
    assert due(clock) < "2026-11-10"


def test_a_later_policy_goes_through_nothing(agency: Agency):
    installed("2026-11-02 08:00")
    assert not Pass.objects.exists(), "no case was open"
    in_work(agency)
    with on("2026-11-03 09:00"):
        policies.install("uk-lgsco", date(2026, 12, 1), None, succeeding=True)
    assert not Pass.objects.exists()
