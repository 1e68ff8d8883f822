"""Living through the past: demo cases happen at their own time, through the same door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from accounts.models import User
from casework.actors import Actor, CitizenActor
from casework.models import Case
from demo import standards
from demo.cases import TALES, Tale
from demo.story import Step
from workflows import filing
from workflows.actions import act
from workflows.sweep import sweep

#: When, of which tale, and which of its steps; step 0 is the filing.
Happening = tuple[datetime, int, int]
#: The number of no tale: time itself acts.
SWEEP = -1


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything that asks Django for the time gets `moment`."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


def tell_all() -> filing.Filed:
    """Let everything happen in the order of time; returns the filing whose receipt is shown."""
    now = timezone.now()
    told = sorted(_happenings(now))
    begun = told[0][0] - timedelta(days=1)
    with at(begun):
        standards.settle(last_year=now.year + 1)
    people = {user.username: user for user in User.objects.all()}
    filed: dict[int, filing.Filed] = {}
    cases: dict[int, Case] = {}
    for moment, tale, step in sorted([*told, *_rounds(begun, now)]):
        with at(moment):
            if tale == SWEEP:
                _look_after_all(moment)
            elif step == 0:
                filed[tale] = filing.file(_complaint(TALES[tale]))
                cases[tale] = filed[tale].case
            else:
                cases[tale] = _step(cases[tale], TALES[tale].steps[step - 1], people)
    return filed[0]


def _look_after_all(moment: datetime) -> None:
    swept = sweep(moment)
    if swept.failed or swept.broken:
        raise RuntimeError(f"Time failed on {moment}, see the log: {swept}")


def _step(case: Case, step: Step, people: dict[str, User]) -> Case:
    """The case as it is after a step; time may have acted on it meanwhile."""
    _hours, name, who, payload = step
    case.refresh_from_db()
    return act(case, name, _actor(who, case, people), **_facts(payload)).case


def _happenings(now: datetime) -> Iterator[Happening]:
    """What the tales tell."""
    for number, tale in enumerate(TALES):
        moment = now - timedelta(days=tale.days_ago)
        yield moment, number, 0
        for step, (hours, *_what) in enumerate(tale.steps, 1):
            moment = min(moment + timedelta(hours=hours), now - timedelta(minutes=1))
            yield moment, number, step


def _rounds(since: datetime, now: datetime) -> Iterator[Happening]:
    """When time looks after the cases: each morning, and now."""
    morning = timezone.localtime(since).replace(hour=9, minute=0, second=0, microsecond=0)
    while morning < now:
        if morning > since:
            yield morning, SWEEP, 0
        morning += timedelta(days=1)
    yield now, SWEEP, 0


def _complaint(tale: Tale) -> dict[str, Any]:
    named = tale.identity == "named"
    return {
        "text": tale.text,
        "identity": tale.identity,
        "name": (tale.name or "Warga Sukamaju") if tale.identity != "none" else "",
        "email": f"{(tale.name or 'warga').split()[0].lower()}@warga.example" if named else "",
        "service": tale.service,
        "address": tale.address,
    }


def _actor(who: str, case: Case, people: dict[str, User]) -> Actor:
    return CitizenActor(case.pk) if who == "citizen" else people[who]


def _facts(payload: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a tale can only hint at: a date so many days on, another tale's case."""
    facts = dict(payload)
    if str(facts.get("until", "")).startswith("+"):
        day: date = timezone.localdate() + timedelta(days=int(facts["until"]))
        facts["until"] = day.isoformat()
    if "into" in facts:
        target = Case.objects.filter(subject__startswith=facts["into"])
        facts["into"] = target.values_list("reference", flat=True)[0]
    return facts
