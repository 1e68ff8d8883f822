"""Whether what the rules name is there: kinds, priorities, categories and units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from accounts.models import Unit
from casework.models import Category, Kind
from casework.models.kinds import Priority
from workflows.policies.finding import Finding
from workflows.policies.rules import Rule


def findings(rules: Sequence[Rule]) -> Iterator[Finding]:
    """A sentence for each code that nothing has. At most two queries."""
    known = {
        "kinds": frozenset(Kind.values),
        "priorities": frozenset(Priority.values),
        "categories": _codes(Category, [rule.categories for rule in rules]),
        "units": _codes(Unit, [rule.units for rule in rules]),
    }
    for rule in rules:
        for name, codes in known.items():
            for code in getattr(rule, name) or ():
                if code not in codes:
                    sentence = _NOTHING[name]() % {"code": code}
                    yield Finding(sentence, rule.id, rule.name, name)


_NOTHING = {
    "kinds": lambda: _("There is no kind “%(code)s”."),
    "priorities": lambda: _("There is no priority “%(code)s”."),
    "categories": lambda: _("There is no category “%(code)s”."),
    "units": lambda: _("There is no unit “%(code)s”."),
}


def _codes(model: type[Category] | type[Unit], named: Sequence[Sequence[str] | None]) -> frozenset:
    asked = {code for codes in named for code in codes or ()}
    return frozenset(model.objects.filter(code__in=asked).values_list("code", flat=True))
