"""From when to when policies are in force: always one, never two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows.models import Policy
from workflows.policies.finding import Finding

A_DAY = timedelta(days=1)


def findings(policy: Policy) -> Iterator[Finding]:
    """Holes between the dates of two policies, and days on which two are in force. One query."""
    if policy.effective_to and policy.effective_to < policy.effective_from:
        yield Finding(_("It ends before it begins."), field="effective_to")
        return
    others = Policy.objects.exclude(pk=policy.pk)
    rows = sorted([*others, policy], key=lambda row: (row.effective_from, row is policy))
    for one, other in pairwise(rows):
        yield from _between(one, other, policy)


def _between(one: Policy, other: Policy, policy: Policy) -> Iterator[Finding]:
    field = "effective_to" if one is policy else "effective_from"
    if one.effective_to is None or one.effective_to >= other.effective_from:
        names = {"one": one.name, "other": other.name, "day": _said(other.effective_from)}
        words = _("“%(one)s” and “%(other)s” would both be in force on %(day)s.")
        yield Finding(words % names, field=field)
    elif one.effective_to + A_DAY < other.effective_from:
        first, last = one.effective_to + A_DAY, other.effective_from - A_DAY
        words = _("No policy would be in force from %(first)s to %(last)s.")
        yield Finding(words % {"first": _said(first), "last": _said(last)}, field=field)


def _said(day: date) -> str:
    return date_format(day, "j F Y")
