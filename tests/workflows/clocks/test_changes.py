"""Another unit, another rule, the end of a rule: what moves, and what stands."""

from accounts.models import Unit
from tests.agency import Agency, citizen
from tests.clockwork import (
    at,
    clock_of,
    due,
    end_rule,
    filed,
    in_work,
    kinds,
    on,
    policy,
    rule,
    states,
    step,
    swept,
    target,
)  # fmt: skip


def use(*rules):
    with on("2026-01-01 08:00"):
        return policy(*rules)


ALL = {"resolution": target(14), "first_response": target(5), "unit_work": target(8)}


def test_a_transfer_measures_by_the_rule_of_the_new_unit_from_receipt(agency: Agency):
    use(rule("jalan", ALL | {"resolution": target(5)}, units=["roads"]), rule("lain", ALL))
    case = in_work(agency)
    case = step("2026-11-04 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    clock = clock_of(case, "resolution")
    assert due(clock) == "2026-11-09 16:00"
    assert kinds(clock) == ["started", "retargeted"]
    moved = case.events.get(kind="due_moved")
    assert (moved.audience, moved.data["why"]) == ("step", "unit")


def test_of_a_transfer_the_citizens_clock_goes_on_and_the_units_starts_anew(agency: Agency):
    use(rule("lain", ALL))
    case = in_work(agency)
    case = step("2026-11-04 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    assert clock_of(case, "unit_work").state == "met"
    assert due(clock_of(case, "unit_work", subject=1)) == "2026-11-16 16:00"
    assert kinds(clock_of(case, "resolution")) == ["started"]
    assert not case.events.filter(kind="due_moved").exists()


def test_an_update_that_the_new_units_policy_lacks_is_gone(agency: Agency):
    more = ALL | {"next_update": target(3, starts_on="replied")}
    use(rule("jalan", ALL, units=["roads"]), rule("lain", more))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "message", agency.officer, text="Kami periksa.")
    assert due(clock_of(case, "next_update")) == "2026-11-06 16:30"
    case = step("2026-11-04 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    assert clock_of(case, "next_update").state == "cancelled"


def test_a_metric_that_the_new_policy_adds_starts_from_its_own_start(agency: Agency):
    more = ALL | {"next_update": target(3, starts_on="replied")}
    use(rule("jalan", more, units=["roads"]), rule("lain", ALL))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "message", agency.officer, text="Kami periksa.")
    case = step("2026-11-04 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    assert due(clock_of(case, "next_update")) == "2026-11-06 16:30"
    assert states(case)["first_response 1.0"] == "met"


def test_a_transfer_carries_all_pauses(agency: Agency):
    use(rule("jalan", ALL | {"resolution": target(5)}, units=["roads"]), rule("lain", ALL))
    case = in_work(agency)
    case = step("2026-11-03 09:00", case, "ask", agency.officer, text="Di mana?")
    case = step("2026-11-05 09:00", case, "answered", citizen(case), text="Di sini.")
    case = step("2026-11-05 10:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    assert due(clock_of(case, "resolution")) == "2026-11-11 16:00"


def test_a_unit_in_another_zone_has_its_own_end_of_day(agency: Agency):
    use(rule("lain", ALL))
    Unit.objects.filter(pk=agency.roads.pk).update(time_zone="Asia/Jayapura")
    case = in_work(agency)
    case = step("2026-11-04 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    assert due(clock_of(case, "resolution"), "Asia/Jayapura") == "2026-11-20 16:30"
    assert due(clock_of(case, "resolution")) == "2026-11-20 14:30"


def test_a_breach_stands_though_a_later_rule_gives_more_time(agency: Agency):
    use(rule("air", ALL | {"resolution": target(3)}, units=["water"]), rule("lain", ALL))
    case = in_work(agency)
    case = step("2026-11-09 09:00", case, "transfer", agency.officer, unit="roads", reason="Jalan.")
    clock = clock_of(case, "resolution")
    assert due(clock) == "2026-11-20 16:30"
    assert clock.breached_at == at("2026-11-05 16:00")
    case = step("2026-11-09 10:00", case, "claim", agency.roads_officer)
    case = step("2026-11-10 09:00", case, "respond", agency.roads_officer, text="Sudah.")
    assert clock_of(case, "resolution").breached_at == at("2026-11-05 16:00")


def test_the_end_of_a_rule_leads_to_the_next_match(agency: Agency):
    version = use(rule("air", {"resolution": target(3)}, units=["water"]), rule("lain", ALL))
    case = in_work(agency)
    end_rule(version, "air", "2026-11-03 12:00")
    case = step("2026-11-04 09:00", case, "note", agency.officer, text="Catatan.")
    clock = clock_of(case, "resolution")
    assert (due(clock), clock.breached_at) == ("2026-11-20 16:30", None)


def test_a_clock_that_was_late_when_its_rule_ended_leaves_the_view_and_stays_in_history(
    agency: Agency,
):
    version = use(rule("air", {"resolution": target(3)}, units=["water"]), rule("lain", ALL))
    case = in_work(agency)
    swept("2026-11-06 09:00")
    case.refresh_from_db()
    assert case.due_state == "late"
    end_rule(version, "air", "2026-11-06 12:00")
    case = step("2026-11-06 13:00", case, "note", agency.officer, text="Catatan.")
    clock = clock_of(case, "resolution")
    assert (clock.muted, clock.breached_at) == (True, at("2026-11-05 16:00"))
    assert case.due_state != "late"
    swept("2026-11-09 08:00", "2026-11-10 08:00")
    late = case.events.filter(kind__in=("late", "escalated"), data__metric="resolution")
    assert [event.kind for event in late] == ["late"]


def test_a_policy_edit_leaves_started_clocks_as_they_are(agency: Agency):
    version = use(rule("lain", ALL))
    case = in_work(agency)
    edited = [each | {"targets": ALL | {"resolution": target(3)}} for each in version.rules]
    type(version).objects.create(policy=version.policy, number=2, rules=edited, at=at("2026-11-03"))
    case = step("2026-11-04 09:00", case, "note", agency.officer, text="Catatan.")
    assert due(clock_of(case, "resolution")) == "2026-11-20 16:30"
    assert due(clock_of(filed("2026-11-04 09:00"), "resolution")) == "2026-11-09 16:00"
