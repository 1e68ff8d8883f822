"""Policies: which rule takes a case, and how a policy changes."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from casework.models import Case
from tests.agency import Agency, file_case
from tests.workflows.rulebook import AT, FIVE, LAST, changed, rule, saved, taken
from workflows import policies
from workflows.errors import Invalid
from workflows.models import Pass, Policy, PolicyVersion
from workflows.policies.keeping import Overtaken

# Which rule takes a case


def test_the_first_rule_whose_conditions_all_hold_takes_the_case(agency: Agency) -> None:
    saved(
        rule("praise", kinds=["praise"]),
        rule("urgent-water", priorities=["urgent"], units=["water"]),
        rule("urgent", priorities=["urgent"]),
        rule("bills", categories=["bills"], kinds=["complaint", "oversight"]),
    )
    case = file_case()
    assert taken(case) == "other"
    assert taken(changed(case, kind="praise", priority="urgent")) == "praise"
    assert taken(changed(case, kind="complaint")) == "urgent"
    assert taken(changed(case, unit=agency.water)) == "urgent-water"
    case = changed(case, priority="normal", category=agency.reviewed)
    assert taken(case) == "bills"
    assert taken(changed(case, kind="suggestion")) == "other"


def test_a_rule_for_a_unit_takes_the_cases_of_the_units_below_it(agency: Agency) -> None:
    pump = Unit.objects.create(code="pump", name="Pompa", parent=agency.water)
    saved(rule("water", units=["water"]))
    case = file_case()
    assert taken(changed(case, unit=pump)) == "water"
    assert taken(changed(case, unit=agency.roads)) == "other"
    assert taken(changed(case, unit=agency.root)) == "other"


def test_a_condition_that_is_absent_is_not_asked_and_an_empty_one_matches_nothing() -> None:
    facts = policies.Facts("complaint", "normal", None, frozenset({"root"}))
    asks_nothing = policies.Rule.from_dict(rule("all"))
    assert asks_nothing.takes(facts)
    for name in ("kinds", "categories", "units", "priorities"):
        assert not policies.Rule.from_dict(rule("none", **{name: []})).takes(facts)


def test_a_match_costs_two_queries_at_most(agency: Agency) -> None:
    for number in range(6):
        Unit.objects.create(code=f"u{number}", name="U", parent=agency.water)
    saved(rule("water", units=["water"], categories=["water"]))
    case = changed(file_case(), unit=Unit.objects.get(code="u3"), category=agency.plain)
    case = Case.objects.get(pk=case.pk)
    with CaptureQueriesContext(connection) as asked:
        assert taken(case) == "water"
    assert len(asked) <= 2


def test_the_policy_in_force_on_the_local_day_counts(agency: Agency) -> None:
    saved(code="old", effective_from=date(2025, 1, 1), effective_to=date(2026, 3, 1))
    saved(rule("all-new", kinds=["complaint"]), code="new", effective_from=date(2026, 3, 2))
    case = file_case()
    eve = datetime(2026, 3, 1, 16, 59, tzinfo=UTC)  # 23:59 in Jakarta
    assert taken(case, eve) == "other"
    assert taken(case, datetime(2026, 3, 1, 17, tzinfo=UTC)) == "all-new"
    Unit.objects.filter(pk=case.unit_id).update(time_zone="Asia/Jayapura")
    assert taken(case, eve) == "all-new"


def test_where_none_was_in_force_yet_the_earliest_later_one_counts(agency: Agency) -> None:
    saved(rule("first", kinds=["complaint"]), code="b", effective_from=date(2026, 3, 1))
    Policy.objects.update(effective_to=date(2026, 3, 31))
    saved(code="a", effective_from=date(2026, 4, 1))
    assert taken(file_case(), datetime(2019, 5, 1, tzinfo=UTC)) == "first"


def test_without_a_policy_or_after_the_last_there_is_no_match(agency: Agency) -> None:
    case = file_case()
    assert policies.match(case, AT) is None
    saved(effective_to=date(2026, 2, 28))
    assert policies.match(case, AT) is None


def test_the_newest_version_counts_and_old_ones_stand(agency: Agency) -> None:
    policy, case = saved(), file_case()
    first = policies.match(case, AT)
    policies.save_version(policy, [rule("quick", kinds=["complaint"]), LAST], None)
    assert taken(case) == "quick"
    assert first and [each["id"] for each in first.version.rules] == ["other"]
    with pytest.raises(Exception, match=r"[Cc]annot update"), connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_policyversion SET rules = '[]'")


# How a policy changes


def told(policy: Policy) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(policy.pk)).order_by("pk")
    return [entry.change_message for entry in entries]


def test_every_change_is_a_version_with_its_author_and_a_line_in_the_log(agency: Agency) -> None:
    policy = saved(by=agency.administrator)
    later = [rule("praise", kinds=["praise"]), LAST | {"targets": FIVE}]
    version = policies.save_version(policy, later, agency.administrator)
    assert (version.number, version.by) == (2, agency.administrator)
    added, changed = told(policy)
    assert "added" in added
    assert "rule praise added" in changed
    assert "14 working_days from received \\u2192 5 working_days from received" in changed
    assert {entry.user for entry in LogEntry.objects.all()} == {agency.administrator}


def test_saving_the_same_again_makes_no_version_and_no_line(agency: Agency) -> None:
    policy = saved(by=agency.administrator)
    policies.save_version(policy, [LAST], agency.administrator)
    assert PolicyVersion.objects.count() == LogEntry.objects.count() == 1


def test_who_is_overtaken_changes_nothing(agency: Agency) -> None:
    policy = saved()
    policies.save_version(policy, [rule("praise", kinds=["praise"]), LAST], None, seen=1)
    with pytest.raises(Invalid.__mro__[1]) as caught:
        policies.save_version(policy, [LAST], None, seen=1)
    assert caught.value.status == 409
    assert PolicyVersion.objects.count() == 2


def test_a_legal_basis_is_unconfirmed_until_a_named_person_confirms_it(agency: Agency) -> None:
    policy = saved()
    assert policy.confirmed_by is None
    policies.confirm(policy, agency.supervisor)
    policy.refresh_from_db()
    assert (policy.confirmed_by, policy.confirmed_at is None) == (agency.supervisor, False)
    assert "legal basis confirmed" in told(policy)[-1]


def test_other_targets_or_another_basis_are_unconfirmed_again_and_other_dates_are_not(
    agency: Agency,
) -> None:
    policy = saved()
    policies.confirm(policy, agency.supervisor)
    for change in ({"effective_to": date(2027, 1, 1)}, {"name": "Baru"}):
        for name, value in change.items():
            setattr(policy, name, value)
        policies.save_version(policy, [LAST], None)
        assert Policy.objects.get().confirmed_by
    policy.legal_basis = "Perbup 8/2026"
    policies.save_version(policy, [LAST], None)
    assert Policy.objects.get().confirmed_by is None
    policies.confirm(policy, agency.supervisor)
    policies.save_version(policy, [LAST | {"targets": FIVE}], None)
    assert Policy.objects.get().confirmed_by is None


def test_who_confirmed_the_legal_basis_first_stands_for_it(agency: Agency) -> None:
    policy = saved()
    policies.confirm(policy, agency.supervisor)
    with pytest.raises(Overtaken):
        policies.confirm(policy, agency.head)
    assert Policy.objects.get().confirmed_by == agency.supervisor


def test_a_rule_that_ends_is_kept_as_ended_and_starts_a_pass(agency: Agency) -> None:
    policy, case = saved(rule("praise", kinds=["praise"])), file_case()
    case = changed(case, kind="praise")
    assert taken(case) == "praise"
    going = policies.deactivate_rule(policy, "praise", agency.administrator)
    assert (going.cause, going.rule, going.by) == ("policy", "own/praise", agency.administrator)
    assert taken(case) == "other"
    newest = policy.versions.latest("number")
    assert newest.number == 2
    ended = policies.rules_of(newest)[0]
    assert (ended.id, ended.ended) == ("praise", going.at)
    assert "rule praise: ended" in told(policy)[-1]
    assert policies.save_version(policy, newest.rules, None) == newest
    with pytest.raises(Invalid):
        policies.deactivate_rule(policy, "praise", agency.administrator)


def test_the_rule_for_all_other_cases_cannot_end(agency: Agency) -> None:
    policy = saved()
    with pytest.raises(Invalid):
        policies.deactivate_rule(policy, "other", agency.administrator)
    assert not Pass.objects.exists()
    assert PolicyVersion.objects.count() == 1
