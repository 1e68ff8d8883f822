"""How policies change: by new versions, each with its line in the settings log, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.models import Case
from workflows.errors import Invalid, Stale
from workflows.models import Pass, Policy, PolicyVersion
from workflows.policies import changes, dates, presets
from workflows.policies.checking import Finding, findings
from workflows.policies.rules import Rule, rules_of

FIELDS = ("code", "name", "legal_basis", "source", "effective_from", "effective_to")
#: What a confirmation is about, beside the rules.
CONFIRMED = ("legal_basis", "source")


class Unsound(Invalid):
    """The policy cannot be saved like this; `findings` say why."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__({"rules": [str(finding) for finding in found]})
        self.findings = list(found)


class Overtaken(Stale):
    """Somebody else saved a version meanwhile."""

    title = gettext_lazy("Somebody else changed this policy meanwhile. Please look again.")

    def __init__(self) -> None:
        super().__init__([])


@transaction.atomic
def save_version(
    policy: Policy,
    rules: Sequence[Mapping[str, Any]],
    by: User | None,
    *,
    seen: int | None = None,
    succeeding: bool = False,
) -> PolicyVersion:
    """Save a policy, new or not, with these rules (as JSON); returns its newest version.

    A new version only where the rules changed. Who confirmed the legal basis confirmed it for what
    was there: other rules, or another basis, are unconfirmed again. `seen`: the number of the
    version that the change was made from. `succeeding`: the policy before it ends the day before.
    With the first policy the open cases get their clocks, in a pass. Raises Unsound, Overtaken.
    """
    _lock_all()
    if succeeding:
        _end_the_one_before(policy, by)
    newest = policy.versions.order_by("-number").first() if policy.pk else None
    _as_seen(newest, seen)
    if found := findings(policy, rules):
        raise Unsound(found)
    wanted = [Rule.from_dict(said) for said in rules]
    told = changes.of_rules(rules_of(newest), wanted) if newest else []
    row = _save_row(policy, by, told)
    if newest is not None and not told:
        return newest
    version = _append(row, wanted, by)
    _give_clocks_to_open_cases(version, by)
    return version


@transaction.atomic
def confirm(policy: Policy, by: User, *, seen: int | None = None) -> None:
    """A named person confirms the legal basis. `seen`: of which version.

    Who confirmed it stays: raises Overtaken for the second one, too.
    """
    row = Policy.objects.select_for_update().get(pk=policy.pk)
    if row.confirmed_by_id is not None:
        raise Overtaken
    _as_seen(row.versions.order_by("-number").first(), seen)
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    policy.confirmed_by, policy.confirmed_at = row.confirmed_by, row.confirmed_at
    _log(row, by, ["legal basis confirmed"])


@transaction.atomic
def deactivate_rule(policy: Policy, rule_id: str, by: User | None) -> Pass:
    """End a rule, in a new version that keeps it as ended; running clocks go to the next match.

    They do so in the pass that is returned. The rule for all other cases cannot end, nor can one
    twice. Raises Invalid.
    """
    row = Policy.objects.select_for_update().get(pk=policy.pk)
    newest = row.versions.latest("number")
    now = timezone.now()
    before = rules_of(newest)
    rule = next((rule for rule in before if rule.id == rule_id and rule.ended is None), None)
    if rule is None:
        raise Invalid({"rule": [_("There is no such rule, or it has ended.")]})
    if rule.default:
        raise Invalid({"rule": [_("The rule for all other cases stays.")]})
    after = [replace(each, ended=now) if each is rule else each for each in before]
    _append(row, after, by)
    _log(row, by, changes.of_rules(before, after))
    return _go_through_open_cases(f"{row.code}/{rule_id}", now, by)


@transaction.atomic
def install(
    preset: str, effective_from: date, by: User | None, *, succeeding: bool = False
) -> Policy:
    """A policy from a preset, unconfirmed. Raises Unsound, presets.NoSuchPreset.

    `succeeding`: the policy before it ends the day before.
    """
    wanted = presets.load(preset)
    policy = Policy(
        code=_free_code(wanted.code),
        name=wanted.name,
        legal_basis=wanted.legal_basis,
        source=wanted.source,
        effective_from=effective_from,
    )
    save_version(policy, wanted.rules, by, succeeding=succeeding)
    return policy


def _lock_all() -> None:
    """Their dates belong together, so that two changes at a time leave no hole either."""
    list(Policy.objects.select_for_update().order_by("pk").values_list("pk"))


def _save_row(policy: Policy, by: User | None, told: list[str]) -> Policy:
    """Save the fields of a policy; what changed goes to the log with what is `told`."""
    before = Policy.objects.filter(pk=policy.pk).values(*FIELDS).first()
    if before is None:
        policy.save()
        _log(policy, by, [], ADDITION)
        return policy
    now = {name: getattr(policy, name) for name in FIELDS}
    if told or any(before[name] != now[name] for name in CONFIRMED):
        policy.confirmed_by = policy.confirmed_at = None
    policy.save(update_fields=[*FIELDS, "confirmed_by", "confirmed_at"])
    _log(policy, by, [*changes.of_fields(before, now), *told])
    return policy


def _append(policy: Policy, rules: Sequence[Rule], by: User | None) -> PolicyVersion:
    return PolicyVersion.objects.create(
        policy=policy,
        number=policy.versions.count() + 1,
        rules=[rule.as_dict() for rule in rules],
        at=timezone.now(),
        by=by,
    )


def _give_clocks_to_open_cases(version: PolicyVersion, by: User | None) -> None:
    """With the very first version: none of them has any yet."""
    is_first = not PolicyVersion.objects.exclude(pk=version.pk).exists()
    if is_first and Case.objects.live().exists():
        _go_through_open_cases(version.policy.code, version.at, by)


def _go_through_open_cases(of: str, at: datetime, by: User | None) -> Pass:
    return Pass.objects.create(cause=Pass.Cause.POLICY, rule=of, at=at, by=by)


def _as_seen(newest: PolicyVersion | None, seen: int | None) -> None:
    if seen is not None and newest is not None and newest.number != seen:
        raise Overtaken


def _end_the_one_before(policy: Policy, by: User | None) -> None:
    others = Policy.objects.exclude(pk=policy.pk).order_by("effective_from")
    before = others.filter(effective_from__lt=policy.effective_from).last()
    end = policy.effective_from - dates.A_DAY
    if before is None or before.effective_to == end:
        return
    was, before.effective_to = before.effective_to, end
    before.save(update_fields=["effective_to"])
    _log(before, by, [f"effective_to: {was or '-'} → {end}"])


def _free_code(wanted: str) -> str:
    taken = set(Policy.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    number, code = 2, wanted
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def _log(policy: Policy, by: User | None, told: list[str], flag: int = CHANGE) -> None:
    """A line of the settings log; what nobody did, as the demo, has none."""
    if by is None or (flag == CHANGE and not told):
        return
    said: list[dict[str, Any]] = [
        {"added": {}} if flag == ADDITION else {"changed": {"fields": told}}
    ]
    LogEntry.objects.log_actions(by.pk, [policy], flag, change_message=said, single_object=True)
