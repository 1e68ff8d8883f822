"""The particulars of an event in words: to whom, where to, until when, how much of what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Unit, User
from casework.labels import last_day
from casework.models import Case, Category, Channel, Event, Kind, Priority
from casework.templatetags.moments import day, in_full
from workflows.models import LateReason, Metric, Reason
from workflows.policies.words import amount


@dataclass(frozen=True)
class Names:
    """What the codes and ids in the data of events stand for."""

    people: Mapping[int, str]
    units: Mapping[str, str]
    categories: Mapping[str, str]
    cases: Collection[str]  # the references of those that the reader may see


def names_in(events: Iterable[Event], reader: User) -> Names:
    """Look up whatever the events name; at most one statement for each kind of thing."""
    people = _said(events, "assignee") | {
        pk for event in events for pk in event.data.get("people", ())
    }
    units = _said(events, "unit") | _said(events, "office")
    categories, cases = (_said(events, key) for key in ("category", "into"))
    return Names(
        {u.pk: u.display_name for u in User.objects.filter(pk__in=people)} if people else {},
        dict(Unit.objects.filter(code__in=units).values_list("code", "name")) if units else {},
        {c.code: c.label for c in Category.objects.filter(code__in=categories)}
        if categories
        else {},
        _in_sight(cases, reader) if cases else set(),
    )


def _in_sight(references: set[str], reader: User) -> set[str]:
    seen = Case.objects.visible_to(reader).filter(reference__in=references)
    return set(seen.values_list("reference", flat=True))


def _said(events: Iterable[Event], key: str) -> set[Any]:
    return {event.data[key] for event in events if key in event.data}


def particulars(event: Event, names: Names) -> str:
    """What the event's name leaves open, after each other; often nothing."""
    said = [
        say(event.data[key], names, event) for key, say in _IN_WORDS.items() if key in event.data
    ]
    return ", ".join(str(words) for words in said if words)


def way_in(event: Event) -> str:
    """By which channel the complainant said it, and who recorded that for them; often nothing."""
    if "channel" not in event.data:
        return ""
    by = Channel(event.data["channel"]).phrase
    if "on_behalf" not in event.data or not event.actor:
        return by
    return _("%(by_phone)s, recorded by %(who)s") % {
        "by_phone": by,
        "who": event.actor.display_name,
    }


def _assignee(pk: int, names: Names, event: Event) -> str:
    """Who claims a case is named as the one who acts."""
    return "" if pk == event.actor_id else names.people.get(pk, "")


def _whom(people: list[int], names: Names, event: Event) -> str:
    known = [names.people[pk] for pk in people if pk in names.people]
    return ", ".join(known) if known or "office" in event.data else _("nobody of the agency")


def _until(until: str, names: Names, event: Event) -> str:
    """A day; of a due date that was set, the hour too."""
    if event.kind == "set_deadline":
        return in_full(datetime.fromisoformat(until))
    on = last_day(until) if event.kind == "promise" else day(date.fromisoformat(until))
    return _("until %(date)s") % {"date": on}


def _received(at: str, names: Names, event: Event) -> str:
    return _("received %(moment)s") % {"moment": in_full(datetime.fromisoformat(at))}


def _level(level: int, names: Names, event: Event) -> str:
    return _("level 2") if level > 1 else ""


def _stars(stars: int, names: Names, event: Event) -> str:
    return _("%(stars)s of 5") % {"stars": stars}


def _metric(metric: str, names: Names, event: Event) -> str:
    """What is due; of promises the name of the event says it."""
    return "" if event.kind in ("promise", "keep") else str(Metric(metric).label)


def _more(number: int, names: Names, event: Event) -> str:
    return _("by %(more)s") % {"more": amount(number, event.data["counted"])}


def _moved(to: str, names: Names, event: Event) -> str:
    """From day to day; within one, from hour to hour."""
    before, now = event.data["from"], to
    if last_day(before) == last_day(now):
        before, now = (in_full(datetime.fromisoformat(moment)) for moment in (before, now))
    else:
        before, now = last_day(before), last_day(now)
    return _("from %(before)s to %(now)s") % {"before": before, "now": now}


def _due(due: str | None, names: Names, event: Event) -> str:
    return _("due %(date)s") % {"date": last_day(due)} if due else ""


def _used(percent: int, names: Names, event: Event) -> str:
    return _("%(percent)s %% of the time is used") % {"percent": percent}


def _waits_for(reason: str, names: Names, event: Event) -> str:
    """A third party is what is usually waited for, and whom: that is said in its words."""
    return str(Reason(reason).label) if reason == Reason.LEGAL_HOLD else ""


#: By the key in an event's data, in the order in which they are said.
_IN_WORDS: dict[str, Callable[[Any, Names, Event], Any]] = {
    "metric": _metric,
    "percent": _used,
    "amount": _more,
    "to": _moved,
    "due": _due,
    "code": lambda code, names, event: LateReason(code).label,
    "waits_for": _waits_for,
    "category": lambda code, names, event: names.categories.get(code, ""),
    "unit": lambda code, names, event: names.units.get(code, ""),
    "kind": lambda kind, names, event: Kind(kind).label,
    "priority": lambda priority, names, event: Priority(priority).label,
    "assignee": _assignee,
    "people": _whom,
    "office": lambda code, names, event: names.units.get(code, ""),
    "into": lambda reference, names, event: reference if reference in names.cases else "",
    "received_at": _received,
    "until": _until,
    "when": lambda when, names, event: day(date.fromisoformat(when)),
    "level": _level,
    "stars": _stars,
}
