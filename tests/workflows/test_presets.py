"""The policies that can be taken over: the values of their sources, and how they are installed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation

from casework.models import Case
from tests.agency import Agency, file_case
from workflows import policies
from workflows.models import Policy
from workflows.policies import presets

START = date(2026, 1, 1)
AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
THREE_WD = (3, "working_days", "received", 0)
SP4N = {
    "acknowledgement": THREE_WD,
    "first_response": (5, "working_days", "received", 0),
    "silence": (10, "working_days", "replied", 0),
    "incomplete": (30, "calendar_days", "replied", 0),
}

#: Written by hand from the design: amount, unit, what it counts from, and the longest extension.
VALUES = {
    ("id-sp4n", "information"): SP4N | {"resolution": (5, "working_days", "received", 0)},
    ("id-sp4n", "aspiration"): SP4N | {"resolution": (5, "working_days", "received", 0)},
    ("id-sp4n", "suggestion"): SP4N | {"resolution": (5, "working_days", "received", 0)},
    ("id-sp4n", "praise"): SP4N | {"resolution": (5, "working_days", "received", 0)},
    ("id-sp4n", "complaint"): SP4N | {"resolution": (14, "working_days", "received", 0)},
    ("id-sp4n", "oversight"): SP4N | {"resolution": (60, "working_days", "received", 0)},
    ("uk-lgsco", "complaint"): {
        "acknowledgement": (5, "working_days", "received", 0),
        "resolution": (10, "working_days", "acknowledged", 10),
        "stage2": (20, "working_days", "received", 20),
    },
    ("in-cpgrams", "complaint"): {"resolution": (21, "calendar_days", "received", 0)},
    ("nhs", "complaint"): {
        "acknowledgement": THREE_WD,
        "resolution": (6, "months", "received", 0),
    },
}


@pytest.mark.parametrize(("preset", "kind"), VALUES)
def test_a_case_under_a_preset_has_the_targets_of_its_source(
    agency: Agency, preset: str, kind: str
) -> None:
    policies.install(preset, START, None)
    case = file_case()
    Case.objects.filter(pk=case.pk).update(kind=kind)
    found = policies.match(Case.objects.get(pk=case.pk), AT)
    assert found
    targets = found.rule.targets.items()
    assert VALUES[preset, kind] == {
        metric: (target.amount, target.unit, target.starts_on, target.extension)
        for metric, target in targets
    }


def test_every_preset_is_there_and_the_default_comes_first() -> None:
    assert presets.names() == ["id-sp4n", "in-cpgrams", "nhs", "uk-lgsco"]
    assert presets.names()[0] == presets.DEFAULT


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_names_its_basis_its_source_and_what_is_unsure(agency: Agency, name: str) -> None:
    preset = presets.load(name)
    assert preset.legal_basis
    assert preset.source.startswith("https://")
    for language in ("id", "en"):
        with translation.override(language):
            assert preset.to_check == preset.unsure[language]
            assert len(preset.to_check) >= 2
    assert len(preset.unsure["id"]) == len(preset.unsure["en"])
    policy = policies.install(name, START, agency.administrator)
    policy.full_clean(exclude=["confirmed_by", "confirmed_at"])
    assert policies.refusals(policy, policy.versions.get().rules) == []


def test_an_installed_preset_is_unconfirmed_and_stands_in_the_log(agency: Agency) -> None:
    policy = policies.install("id-sp4n", START, agency.administrator)
    assert (policy.code, policy.confirmed_by, policy.effective_from) == ("id-sp4n", None, START)
    assert policy.versions.get().by == agency.administrator
    assert LogEntry.objects.get().object_id == str(policy.pk)


def test_the_next_policy_begins_where_the_one_before_it_ends(agency: Agency) -> None:
    old = policies.install("id-sp4n", START, None)
    with pytest.raises(policies.Unsound):
        policies.install("nhs", date(2027, 1, 1), None)
    new = policies.install("id-sp4n", date(2027, 1, 1), agency.administrator, succeeding=True)
    old.refresh_from_db()
    assert old.effective_to == new.effective_from - timedelta(days=1)
    assert new.code == "id-sp4n-2"
    assert presets.of(new.code) == presets.load("id-sp4n")
    assert presets.of("own") is None
    assert "effective_to: - \\u2192 2026-12-31" in LogEntry.objects.earliest("pk").change_message


def test_what_cannot_be_installed_leaves_the_one_before_it_as_it_was(agency: Agency) -> None:
    policies.install("id-sp4n", START, None)
    with pytest.raises(policies.Unsound):
        policies.install("nhs", START, None, succeeding=True)
    with pytest.raises(presets.NoSuchPreset):
        policies.install("../secrets", date(2027, 1, 1), None, succeeding=True)
    assert Policy.objects.get().effective_to is None
