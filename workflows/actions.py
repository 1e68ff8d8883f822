"""The one door: every change of a case, whoever asks, goes through `act` or `filing.file`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from viewflow.fsm import TransitionNotAllowed

from casework import timeline, uploads
from casework.access import can_see, is_citizen
from casework.actors import Actor, staff_id
from casework.models import Attachment, Audience, Case, Event
from casework.stages import FINAL
from workflows.deeds import EXITS, VERBS, Deed, Facts, Verb, is_theirs
from workflows.errors import Forbidden, Invalid, Stale, Unlawful
from workflows.flows import ComplaintFlow
from workflows.forms.base import ActForm
from workflows.lock import locked_cases
from workflows.mergers import lock_for_merger
from workflows.nodes import Citizen, Exit, arm

#: Events that change nothing on which another act could hang.
BESIDE_THE_MATTER = ("note", "proof", "rate", "remind")
#: Within this time the same words of the same person, with nothing in between, are one act.
SENT_TWICE = timedelta(minutes=5)


@dataclass(frozen=True)
class Done:
    """What came of an act: the case as it now is, and the event on record."""

    case: Case
    event: Event


def act(case: Case, name: str, actor: Actor, /, *, seen: int | None = None, **payload: Any) -> Done:
    """Do one act on a case: an exit of its stage, or a verb.

    `case` as the caller saw it; `seen` the id of the last event the caller saw, where known.
    Raises `Stale` (409), `Unlawful` and `Invalid` (422), `Forbidden` (403); then nothing changed.
    """
    with transaction.atomic():
        locked = _lock(case, name, payload)
        _refuse_stale(case, locked, name, actor, seen)
        way = _way(locked, name, actor)
        deed = EXITS[name] if isinstance(way, Exit) else way
        form = _checked(deed, locked, actor, payload)
        if said := _said_just_now(locked, name, deed, actor, form):
            return Done(locked, said)
        left = locked.stage
        facts = deed.effect(locked, actor, form.cleaned_data) if deed.effect else {}
        if isinstance(way, Exit):
            _leave(locked, way, actor)
            facts["left"] = left
        _rearm(locked, way)
        event = _record(locked, name, deed, actor, form, facts, left)
        locked.save()
    return Done(locked, event)


def acts_for(case: Case, actor: Actor) -> list[str]:
    """The names of all acts that are lawful on this case for this actor now, in order."""
    exits = [way.name for way in exits_of(case) if way.by(actor, case)]
    verbs = [name for name, verb in VERBS.items() if verb.lawful(case) and verb.by(actor, case)]
    return list(dict.fromkeys(exits + verbs))


def form_for(case: Case, name: str, actor: Actor, data: Any = None, **kwargs: Any) -> ActForm:
    """The form of an act's payload, for the page that asks it."""
    deed = EXITS.get(name) or VERBS[name]
    return deed.form(data, case=case, actor=actor, **kwargs)


def exits_of(case: Case) -> Iterator[Exit]:
    """The exits that apply to a case: those of its stage, or the starts of a new run."""
    flow = ComplaintFlow.instance
    nodes = (flow.reopened, flow.resumed) if case.stage in FINAL else (flow.node(case.stage),)
    taken: set[str] = set()
    for node in nodes:
        for way in node.exits:
            if way.name not in taken and way.applies(case):
                taken.add(way.name)
                yield way


def _lock(case: Case, name: str, payload: dict[str, Any]) -> Case:
    """Lock the row, and whatever else the act writes."""
    return lock_for_merger(case, payload) if name == "merge" else locked_cases(case.pk)[case.pk]


def _refuse_stale(case: Case, locked: Case, name: str, actor: Actor, seen: int | None) -> None:
    """A note hangs on nothing: whatever happened meanwhile, it is kept."""
    if name == "note":
        return
    moved = (case.active_task_id, case.stage) != (locked.active_task_id, locked.stage)
    meanwhile = events_since(locked, actor, case.last_event_id if seen is None else seen)
    if moved or (seen is not None and meanwhile):
        raise Stale(meanwhile)


def events_since(case: Case, actor: Actor, seen: int | None) -> list[Event]:
    """What happened to the matter since event `seen`, newest first.

    One's own words are no news, but an exit is, whoever took it: a form that was sent twice.
    """
    if seen is None or seen == case.last_event_id:
        return []
    events = case.events.filter(pk__gt=seen).exclude(kind__in=BESIDE_THE_MATTER)
    moves = Q(data__has_key="left")
    if is_citizen(actor, case):
        events = events.exclude(audience=Audience.INTERNAL)
        events = events.filter(~Q(actor_kind="citizen") | moves)
    elif pk := staff_id(actor):
        events = events.filter(~Q(actor_id=pk) | moves)
    return list(events.select_related("actor", "body").order_by("-number"))


def _way(case: Case, name: str, actor: Actor) -> Exit | Verb:
    """The exit or verb of that name that is lawful here for this actor."""
    way: Exit | Verb | None = next((way for way in exits_of(case) if way.name == name), None)
    if way is None:
        way = VERBS.get(name)
        if way is None or not way.lawful(case):
            raise Unlawful(name)
    if not can_see(actor, case) or not way.by(actor, case):
        raise Forbidden(name)
    return way


def _checked(deed: Deed, case: Case, actor: Actor, payload: dict[str, Any]) -> ActForm:
    form = deed.form(payload, case=case, actor=actor)
    if not form.is_valid():
        raise Invalid(form.errors)
    return form


def _said_just_now(case: Case, name: str, deed: Deed, actor: Actor, form: ActForm) -> Event | None:
    """The last event, where it is the same words of the same person: sent twice over a bad line.

    Files make them other words, and so does time.
    """
    if not isinstance(deed, Verb) or deed.effect:
        return None
    last = case.events.select_related("body").latest("number")
    words = (name, staff_id(actor), deed.words(case, form.cleaned_data))
    if (last.kind, last.actor_id, last.text) != words or timezone.now() - last.at > SENT_TWICE:
        return None
    return None if uploads.staged(form.cleaned_data.get("upload", "")).exists() else last


def _leave(case: Case, way: Exit, actor: Actor) -> None:
    """Complete the live task by the exit, or start a new run; the next node is entered."""
    owner = None if staff_id(actor) is None else actor
    task = case.active_task
    if task is None:
        start_run(case, ComplaintFlow.instance.node(_start_of(way)), way, owner)
        return
    task.process.case = case
    activation = task.flow_task.activation_class(task)
    try:
        activation.leave(way, owner)
    except TransitionNotAllowed as error:
        raise Stale([]) from error


def _start_of(way: Exit) -> str:
    flow = ComplaintFlow.instance
    return next(n.name for n in (flow.reopened, flow.resumed) if way in n.exits)


def start_run(case: Case, node: Any, way: Exit, owner: Any) -> None:
    """Begin a run of the flow at a start node and enter the node that the exit leads to."""
    activation = node.activation_class.create(node, None, None)
    activation.process.case = case
    activation.leave(way, owner)
    case.process = activation.process


def _record(
    case: Case, name: str, deed: Deed, actor: Actor, form: ActForm, facts: Facts, left: str
) -> Event:
    said = form.cleaned_data
    words = deed.words(case, said)
    for_citizen = bool(said.get("proof"))
    if for_citizen:
        facts |= {"on_behalf": True, "channel": said["channel"]}
        timeline.record(case, "proof", actor, body=said["proof"])
    if words and is_theirs(case, actor, said):
        case.last_words, case.last_words_at = " ".join(words.split())[:200], timezone.now()
    event = timeline.record(
        case,
        name,
        actor,
        audience=deed.read_by(case, left),
        body=words,
        data=facts,
        task_id=case.entered_task_id or case.active_task_id,
    )
    attach(case, event, said.get("upload", ""))
    return event


def attach(case: Case, event: Event, upload: str) -> None:
    """Hang the files that were staged under an upload token on the event.

    An approved answer goes out with the files of its draft, and of no draft before it.
    """
    if event.kind == "approve":
        draft = case.events.filter(kind="respond").order_by("-number")[:1]
        Attachment.objects.filter(event__in=draft.values("pk")).update(event=event)
    if upload:
        uploads.staged(upload).update(case=case, event=event, upload_token="")


def _rearm(case: Case, way: Exit | Verb) -> None:
    """A message starts the citizen's time anew."""
    node = ComplaintFlow.instance.node(case.stage)
    if isinstance(way, Verb) and way.rearms and isinstance(node, Citizen):
        arm(case, node, timezone.now())
