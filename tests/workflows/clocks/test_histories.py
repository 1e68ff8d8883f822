"""Random histories: what pages show follows from the ledger, and no outcome hangs on the sweep.

Each history happens twice from the same beginning: once with the sweep at random moments, once
without any until the end. Both come out the same, and as an oracle says that knows the acts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.actors import SYSTEM
from casework.models import Case
from tests.agency import Agency, build_agency, citizen, file_case
from tests.clockwork import HOURS, at, end_rule, policy, rule, target
from workflows import opening
from workflows.actions import act, acts_for
from workflows.clocks.book import Book, standing_of
from workflows.clocks.keeping import look
from workflows.errors import Refused
from workflows.models import Clock, Pass, PolicyVersion
from workflows.sweep import sweep

JAKARTA = ZoneInfo("Asia/Jakarta")
BEGIN = at("2026-11-02 09:00")
TARGETS = {
    "acknowledgement": target(2),
    "first_response": target(12, HOURS),
    "next_update": target(3, starts_on="replied"),
    "resolution": target(5, extension=3),
    "stage2": target(6),
    "unit_work": target(4),
}
ROADS = {"resolution": target(3), "first_response": target(1), "unit_work": target(9)}
URGENT = {"resolution": target(8, HOURS), "first_response": target(4, HOURS)}
#: Who does it, and with what; what is not lawful at that moment is skipped.
ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "accept": ("intake", {"category": "water", "unit": "water"}),
    "assigned": ("head", {"assignee": "officer"}),
    "ask": ("head", {"text": "Di mana?"}),
    "answered": ("citizen", {"text": "Di sini."}),
    "recall": ("head", {}),
    "hold": ("head", {"reason": "PLN", "until": "+3"}),
    "resume": ("head", {}),
    "message": ("head", {"text": "Kami periksa."}),
    "transfer": ("head", {"unit": "roads", "reason": "Jalan."}),
    "return": ("head", {"reason": "Salah unit."}),
    "respond": ("officer", {"text": "Sudah."}),
    "dispute": ("citizen", {"reason": "Belum."}),
    "confirm": ("citizen", {}),
    "classify": ("head", {"priority": "urgent"}),
    "extend": ("head", {"amount": 1, "reason": "Banyak."}),
    "set_deadline": ("head", {"until": "+2 12:00", "reason": "Kami tetapkan."}),
    "lift_deadline": ("head", {"reason": "Salah."}),
    "promise": ("head", {"text": "Kami ganti.", "until": "+2"}),
    "keep": ("head", {"text": "Diganti."}),
    "explain_late": ("officer", {"code": "parts", "text": "Suku cadang."}),
    "withdraw": ("citizen", {}),
    "reopen": ("citizen", {"reason": "Bocor lagi."}),
}
CONFIGURED = ("close a day", "open a day", "end the rule")
#: Minutes since the step before, which of the possible acts, and whether the sweep runs before it.
Step = tuple[int, int, bool]
STEPS = st.tuples(st.integers(1, 30 * 60), st.integers(0, 99), st.booleans())


@dataclass
class World:
    """One agency and one case, in which a history happens."""

    agency: Agency
    case: Case
    version: PolicyVersion
    ended: bool = False
    done: list[str] = field(default_factory=list)

    def step(self, pick: int, now: datetime) -> None:
        """One of the acts that are possible now, or now and then a change of the settings."""
        self.let_the_flow_go_on(now)
        possible = [name for name in ACTS if name in acts_for(self.case, self.actor(name))]
        choices = [*possible, *possible, *CONFIGURED]
        name = choices[pick % len(choices)]
        self.done.append(name)
        if name in CONFIGURED:
            self.configure(name, now)
        else:
            said = self.filled(ACTS[name][1], now)
            with suppress(Refused):
                act(self.case, name, self.actor(name), **said)

    def let_the_flow_go_on(self, now: datetime) -> None:
        """What a case waits for has an end, which is an act: it comes when it comes."""
        self.case = Case.objects.get(pk=self.case.pk)
        if self.case.timeout_at and self.case.timeout_at <= now:
            self.case = act(self.case, "timeout", SYSTEM).case

    def actor(self, name: str) -> Any:
        who = ACTS[name][0]
        return citizen(self.case) if who == "citizen" else getattr(self.agency, who)

    def filled(self, payload: dict[str, Any], now: datetime) -> dict[str, Any]:
        filled = dict(payload)
        if "until" in filled:
            days, _, hour = filled["until"].partition(" ")
            later = now.astimezone(JAKARTA) + timedelta(days=int(days))
            filled["until"] = f"{later.date()} {hour}".strip()
        return filled

    def configure(self, name: str, now: datetime) -> None:
        if name == "end the rule" and not self.ended:
            self.ended = True
            self.version = end_rule(self.version, "air", f"{now.replace(tzinfo=None)}")
        elif name != "end the rule":
            days = {"2026-11-05": []} if name == "close a day" else {"2026-11-07": [[480, 720]]}
            said = {day: {"name": "Uji", "hours": hours} for day, hours in days.items()}
            opening.edit(None, {"days": said}, None, "uji", now=now)

    def outcome(self) -> list[tuple[Any, ...]]:
        """What stands of every clock; not what was told on the way."""
        names = ("metric", "cycle", "subject", "state", "started_at", "due_at", "ended_at")
        return list(self.case.clocks.order_by("pk").values_list(*names, "breached_at", "muted"))


@pytest.fixture
def built(db: None) -> tuple[Agency, PolicyVersion]:
    """One agency and policy for all histories; each is undone."""
    with time_machine.travel(BEGIN, tick=False):
        rules = [
            rule("mendesak", URGENT, priorities=["urgent"]),
            rule("jalan", ROADS, units=["roads"]),
            rule("air", TARGETS, units=["water"]),
            rule("lain", TARGETS | {"resolution": target(7)}),
        ]
        return build_agency(), policy(*rules)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lived(built: tuple[Agency, PolicyVersion], steps: list[Step], *, swept: bool) -> World:
    """The world after a history, with the sweep in it or only at its end."""
    now = BEGIN
    with time_machine.travel(now, tick=False):
        world = World(built[0], file_case(), built[1])
    for minutes, pick, sweeps in steps:
        now += timedelta(minutes=minutes)
        with time_machine.travel(now, tick=False):
            if swept and sweeps:
                sweep(now)
            world.step(pick, now)
    with time_machine.travel(now + timedelta(days=2), tick=False):
        sweep(now + timedelta(days=2))
        look(world.case.pk, now + timedelta(days=2))
    return world


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_no_outcome_hangs_on_when_the_sweep_ran(
    built: tuple[Agency, PolicyVersion], steps: list[Step]
):
    with undone():
        swept = lived(built, steps, swept=True)
        with_sweeps = (swept.done, swept.outcome())
        assert_shown_follows_from_the_ledger(swept)
    with undone():
        late = lived(built, steps, swept=False)
        assert (late.done, late.outcome()) == with_sweeps
        assert_shown_follows_from_the_ledger(late)


def assert_shown_follows_from_the_ledger(world: World) -> None:
    """Every row, and what the case says of them, is what its lines say when read from scratch."""
    case = Case.objects.get(pk=world.case.pk)
    for clock in Clock.objects.filter(case=case).prefetch_related("entries"):
        standing = standing_of(clock)
        assert clock.breached_at == standing.breached_at
        assert (clock.ended_at, clock.muted) == (standing.ended_at, standing.muted)
        assert clock.started_at == standing.started_at
        assert clock.due_at == (standing.due if standing.runs or standing.ended_at else None)
        lines = list(clock.entries.all())
        assert [line.at for line in lines] == sorted(line.at for line in lines)
    book = Book.of(case, case.events.order_by("-number")[0].at)
    running = [k for k in book.open() if not k.standing.muted and k.standing.runs]
    dues = [k.standing.due for k in running if k.standing.due]
    assert case.next_due_at == min(dues, default=None)
    assert not Pass.objects.filter(finished_at=None).exists()
