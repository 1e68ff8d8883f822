"""Nodes with named exits: a case leaves a stage by an exit, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from viewflow.this_object import this
from viewflow.workflow import STATUS, flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge
from viewflow.workflow.nodes.end import EndActivation
from viewflow.workflow.nodes.handle import HandleActivation
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.nodes.view import ViewActivation

from casework.access import can_speak_for_citizen, is_system
from casework.actors import Actor
from casework.models import Case
from casework.stages import Stage
from workflows.timeouts import Measures, Moment, Once

Right = Callable[[Actor, Case], bool]
Condition = Callable[[Case], bool]


@dataclass
class Exit:
    """One lawful move: its name, where it leads, who may take it, and when it applies."""

    name: str
    to: Any
    by: Right
    when: Condition | None = None

    def applies(self, case: Case) -> bool:
        return self.when is None or self.when(case)


class ByExit:
    """Mixin of activations: the next node is the one of the exit that was taken."""

    exit: Exit
    task: Any
    execute: Callable[[], None]

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield self.exit.to._create(self, self.task.token)

    def leave(self, way: Exit, owner: Any) -> None:
        """Complete the task by an exit; the next node is entered. `owner` is staff or None."""
        self.exit = way
        self.task.owner = owner
        self.task.started = timezone.now()
        self.task.status = STATUS.STARTED
        self.execute()


class StartByExit(ByExit, StartHandleActivation):
    def leave(self, way: Exit, owner: Any) -> None:
        self.exit = way
        self.task.owner = owner
        self.execute()


class OfficerActivation(ByExit, ViewActivation):
    pass


class CitizenActivation(ByExit, HandleActivation):
    pass


class FinalActivation(EndActivation):
    pass


class Stop:
    """Mixin of nodes: a place in the graph whose exits have names."""

    name: str
    final = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exits: list[Exit] = []
        self._timeout: Moment | None = None
        self._reminder: Moment | None = None

    def On(self, name: str, to: Any, by: Right, when: Condition | None = None):
        """Add an exit. Several of one name are tried in order; `when` chooses."""
        self.exits.append(Exit(name, to, by, when))
        return self

    def After(self, moment: Moment, to: Any, reminder: Moment | None = None):
        """Let time take the exit `timeout` at `moment`, after a reminder where there is one."""
        self._timeout, self._reminder = moment, reminder
        return self.On("timeout", to, by=is_system)

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)  # type: ignore[misc]
        for way in self.exits:
            way.to = this.resolve(instance, way.to)

    def _outgoing(self) -> Iterator[Edge]:
        for way in self.exits:
            yield Edge(src=self, dst=way.to, edge_class="next", label=way.name)

    def _create(self, prev_activation: Activation, *args: Any, **kwargs: Any) -> Activation:
        activation = super()._create(prev_activation, *args, **kwargs)  # type: ignore[misc]
        enter(prev_activation.process.case, self, activation.task, timezone.now())
        return activation


class Live(Stop):
    """A stage that somebody must act on. From every one the citizen may withdraw."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.On("withdraw", this.withdrawn, by=can_speak_for_citizen)


class Begin(Stop, flow.StartHandle):
    """The start of a run."""

    activation_class = StartByExit


class Officer(Live, flow.View):
    """Staff act."""

    activation_class = OfficerActivation

    def __init__(self) -> None:
        super().__init__(None)


class Citizen(Live, flow.Handle):
    """The complainant acts, or staff for them, or time."""

    activation_class = CitizenActivation


class Closed(Stop, flow.End):
    """A final stage: the run is over."""

    activation_class = FinalActivation
    final = True


def enter(case: Case, node: Any, task: Any, at: datetime) -> None:
    """Put a case on a node, with its timers; saves nothing."""
    place(case, node, task, at)
    arm(case, node, at)


def place(case: Case, node: Any, task: Any, at: datetime) -> None:
    """Put a case on a node through which it passes. The one place that writes stage and task."""
    case.stage = node.name
    case.entered_task_id = task.pk
    case.active_task = None if node.final else task
    case.closed_at = at if node.final else None
    if node.name != Stage.TRIAGE:
        case.take_up()


def arm(case: Case, node: Any, at: datetime, by: Measures | None = None) -> None:
    """Set the timers of a node anew, counted from `at`; saves nothing.

    Nobody is reminded who cannot be reached.
    """
    by = by or Once(case)
    case.timeout_at = node._timeout(case, at, by) if node._timeout else None
    reminds = node._reminder and case.complainant.has_push_channel
    case.remind_at = node._reminder(case, at, by) if reminds else None
