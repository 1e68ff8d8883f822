"""Living through the past: demo cases happen at their own time, through the same door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from accounts.models import User
from casework.actors import SYSTEM, Actor, CitizenActor
from casework.models import Case
from demo.cases import TALES, Tale
from workflows import filing
from workflows.actions import act


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything that asks Django for the time gets `moment`."""
    with mock.patch.object(timezone, "now", lambda: moment):
        yield


def tell_all() -> filing.Filed:
    """Let everything happen in the order of time; returns the filing whose receipt is shown."""
    people = {user.username: user for user in User.objects.all()}
    filed: dict[int, filing.Filed] = {}
    cases: dict[int, Case] = {}
    for moment, tale, step in sorted(_happenings(timezone.now())):
        with at(moment):
            if step == 0:
                filed[tale] = filing.file(_complaint(TALES[tale]))
                cases[tale] = filed[tale].case
                continue
            _hours, name, who, payload = TALES[tale].steps[step - 1]
            actor = _actor(who, cases[tale], people)
            cases[tale] = act(cases[tale], name, actor, **_facts(payload)).case
    return filed[0]


def _happenings(now: datetime) -> Iterator[tuple[datetime, int, int]]:
    """When, of which tale, and which of its steps; step 0 is the filing."""
    for number, tale in enumerate(TALES):
        moment = now - timedelta(days=tale.days_ago)
        yield moment, number, 0
        for step, (hours, *_what) in enumerate(tale.steps, 1):
            moment = min(moment + timedelta(hours=hours), now - timedelta(minutes=1))
            yield moment, number, step


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
    if who == "citizen":
        return CitizenActor(case.pk)
    return SYSTEM if who == "time" else people[who]


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
