"""The filters of the queue, as they stand in its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from casework.due import Due, standing
from casework.models import Category, Channel, Kind
from casework.querysets import sight_of
from casework.stages import Stage


@dataclass(frozen=True)
class Filter:
    """One choice: its name in the address, what it narrows, and what is on offer."""

    name: str
    label: Any
    field: str
    options: list[tuple[str, Any, Any]]  # in the address, in words, a value or a condition
    chosen: str = ""

    @property
    def value(self) -> Any:
        """What the database is asked for; None where nothing on offer was chosen."""
        return next((value for code, _words, value in self.options if code == self.chosen), None)

    @property
    def condition(self) -> Q:
        """What was chosen, as a condition on cases."""
        return self.value if isinstance(self.value, Q) else Q(**{self.field: self.value})


def filters_of(request: HttpRequest, user: User) -> list[Filter]:
    """The filters on offer to the user, with what the address chooses."""
    categories = Category.objects.filter(active=True)
    sight = sight_of(user)
    units = Unit.objects.filter(pk__in=sight.open | sight.restricted)
    offers = [
        ("stage", _("Stage"), "stage", _choices(Stage.choices)),
        ("category", _("Category"), "category", [(c.code, c.label, c.pk) for c in categories]),
        ("unit", _("Unit"), "unit", [(u.code, u.name, u.pk) for u in units]),
        ("due", _("Due"), "", _by_due()),
        ("kind", _("Kind"), "kind", _choices(Kind.choices)),
        ("channel", _("Channel"), "channel", _choices(Channel.choices)),
    ]
    return [Filter(*offer, chosen=_clean(request.GET.get(offer[0], ""))) for offer in offers]


def words_of(request: HttpRequest) -> str:
    """What is searched for."""
    return _clean(request.GET.get("q", ""))


def lookups(filters: Iterable[Filter]) -> list[Q]:
    """Conditions on cases; what is not on offer is ignored."""
    return [each.condition for each in filters if each.value is not None]


def _by_due() -> list[tuple[str, Any, Any]]:
    now = timezone.now()
    return [(due, due.label, standing(due, now)) for due in Due]


def _choices(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any, Any]]:
    return [(value, label, value) for value, label in choices]


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
