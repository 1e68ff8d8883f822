"""The tales of today: complaints that are lived through from their filing on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.actors import Actor, CitizenActor
from casework.models import Case
from demo.past import Happening
from demo.steps import Step
from demo.tale import Tale, Tales
from workflows import filing
from workflows.actions import act


@dataclass
class Telling:
    """All tales; `filed` is what became of each, by its number."""

    tales: Tales
    filed: dict[int, filing.Filed] = field(default_factory=dict)

    def happenings(self, now: datetime) -> Iterator[Happening]:
        people = {user.username: user for user in User.objects.all()}
        for number, tale in enumerate(self.tales.tales):
            moment = now - timedelta(days=tale.days_ago)
            yield Happening(moment, partial(self._file, number, tale))
            for step in tale.steps:
                moment = min(moment + timedelta(hours=step[0]), now - timedelta(minutes=1))
                yield Happening(moment, partial(self._step, number, step, people))

    def _file(self, number: int, tale: Tale) -> None:
        self.filed[number] = filing.file(_complaint(tale, self.tales))

    def _step(self, number: int, step: Step, people: dict[str, User]) -> None:
        """Time may have acted on the case meanwhile."""
        _hours, name, who, payload = step
        case = Case.objects.get(pk=self.filed[number].case.pk)
        act(case, name, _actor(who, case, people), **_facts(payload))


def _complaint(tale: Tale, tales: Tales) -> dict[str, Any]:
    named = tale.identity == "named"
    mailbox = (tale.name or tales.somebody).split()[0].lower()
    return {
        "text": tale.text,
        "identity": tale.identity,
        "name": (tale.name or tales.somebody) if tale.identity != "none" else "",
        "email": f"{mailbox}@{tales.domain}" if named else "",
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
