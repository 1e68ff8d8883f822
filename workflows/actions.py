"""The one door: every change of a case, whoever asks, goes through `act` or `filing.file`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from viewflow.fsm import TransitionNotAllowed

from casework import pieces, timeline, uploads
from casework.access import can_see, is_citizen
from casework.actors import Actor, staff_id
from casework.models import Attachment, Audience, Case, Event, Identity
from casework.stages import FINAL
from workflows import deadlines, reissue, telling
from workflows.clocks import keeping
from workflows.clocks.wiring import Before
from workflows.deed import Deed, Facts, Verb
from workflows.deeds import EXITS, VERBS, is_theirs
from workflows.errors import Forbidden, Invalid, Refused, Stale, Unlawful
from workflows.flows import ComplaintFlow
from workflows.forms.base import ActForm, is_readable
from workflows.lock import locked_cases
from workflows.mergers import lock_with_followers
from workflows.nodes import Citizen, Exit, arm
from workflows.repeats import said_just_now

#: Events that change nothing on which another act could hang.
BESIDE_THE_MATTER = (
    *("note", "proof", "rate", "remind", "told"),
    *reissue.VERBS,
    *deadlines.BESIDE,
)
_HANGS_ON = reissue.HANGS_ON | deadlines.HANGS_ON
#: What befalls those merged into the case, too.
WITH_FOLLOWERS = ("merge", "about", "restrict", "accept", "classify")


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
    try:
        done = _act(case, name, actor, seen, payload)
    except Refused:
        for upload in uploads_of(payload):
            uploads.discard_copies(upload, case)
        raise
    forget_copies(payload)
    return done


def _act(case: Case, name: str, actor: Actor, seen: int | None, payload: dict[str, Any]) -> Done:
    with transaction.atomic():
        locked = _lock(case, name, payload)
        if said := said_just_now(locked, name, actor, payload, seen):
            return Done(locked, said)
        _refuse_stale(case, locked, name, actor, seen)
        way = _way(locked, name, actor)
        before, book = Before.of(locked), keeping.opened(locked, timezone.now())
        deed = EXITS[name] if isinstance(way, Exit) else way
        form = _checked(deed, locked, actor, payload)
        left = locked.stage
        facts = deed.effect(locked, actor, form.cleaned_data) if deed.effect else {}
        if isinstance(way, Exit):
            _leave(locked, way, actor)
            facts["left"] = left
        reissue.know_by_mail(locked, actor)
        event = _record(locked, name, deed, actor, form, facts, left)
        _keep_time(locked, way)
        keeping.close(book, event, before)
        locked.save()
    return Done(locked, event)


def uploads_of(payload: Mapping[str, Any]) -> list[str]:
    """The upload tokens that a form brings."""
    said = [str(payload.get(name) or "") for name in ("upload", "proof_upload")]
    return [token for token in said if is_readable(token)]


def forget_copies(payload: Mapping[str, Any]) -> None:
    """Once a form is sent, what is left under its tokens came twice: nobody sends it any more.

    It has the name that somebody gave it, which of a nameless complaint nothing may keep.
    """
    for upload in uploads_of(payload):
        uploads.discard_all(upload)


def acts_for(case: Case, actor: Actor) -> list[str]:
    """The names of all acts that are lawful on this case for this actor now, in order."""
    exits = [way.name for way in exits_of(case) if way.by(actor, case)]
    # Rights are known; what is lawful may have to be looked up, and not for whoever may not.
    verbs = [name for name, verb in VERBS.items() if verb.by(actor, case) and verb.lawful(case)]
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


def would_time_out(case: Case, at: datetime) -> datetime | None:
    """When time would act on a case if its stage were entered at a moment; None where it waits."""
    timeout = ComplaintFlow.instance.node(case.stage)._timeout
    return timeout(case, at) if timeout else None


def _lock(case: Case, name: str, payload: dict[str, Any]) -> Case:
    """Lock the row, and whatever else the act writes."""
    if name in WITH_FOLLOWERS:
        return lock_with_followers(case, payload)
    return locked_cases(case.pk)[case.pk]


def _refuse_stale(case: Case, locked: Case, name: str, actor: Actor, seen: int | None) -> None:
    """A note hangs on nothing: whatever happened meanwhile, it is kept."""
    if name == "note":
        return
    moved = (case.active_task_id, case.stage) != (locked.active_task_id, locked.stage)
    meanwhile = events_since(locked, actor, case.last_event_id if seen is None else seen, name)
    if moved or (seen is not None and meanwhile):
        raise Stale(meanwhile)


def events_since(case: Case, actor: Actor, seen: int | None, name: str = "") -> list[Event]:
    """What happened to the matter since event `seen`, newest first; `name`: of the act that asks.

    One's own words are no news, but an exit is, whoever took it, and so is what would count twice:
    a form that was sent twice.
    """
    if seen is None or seen == case.last_event_id:
        return []
    beside = set(BESIDE_THE_MATTER) - set(_HANGS_ON.get(name, ()))
    events = case.events.filter(pk__gt=seen).exclude(kind__in=beside)
    moves = Q(data__has_key="left")
    if name in deadlines.ONCE:
        moves |= Q(kind=name)
    if is_citizen(actor, case):
        events = events.exclude(audience=Audience.INTERNAL)
        events = events.filter(~Q(actor_kind="citizen") | moves)
    elif pk := staff_id(actor):
        events = events.filter(~Q(actor_id=pk) | moves)
    told = events.select_related("actor", "body", "resolution__cause")
    return list(told.order_by("-number"))


def _way(case: Case, name: str, actor: Actor) -> Exit | Verb:
    """The exit or verb of that name that is lawful here for this actor."""
    way: Exit | Verb | None = next((way for way in exits_of(case) if way.name == name), None)
    if way is None:
        way = VERBS.get(name)
        if way is None or not way.lawful(case):
            raise (way.refusal if way else Unlawful)(name)
    if not can_see(actor, case) or not way.by(actor, case):
        raise Forbidden(name)
    return way


def _checked(deed: Deed, case: Case, actor: Actor, payload: dict[str, Any]) -> ActForm:
    form = deed.form(payload, case=case, actor=actor)
    if not form.is_valid():
        raise Invalid(form.errors)
    return form


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
        proof = timeline.record(case, "proof", actor, body=said["proof"])
        attach(case, proof, said["proof_upload"])
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
    deed.keep(case, event, said)
    attach(case, event, said.get("upload", ""))
    telling.keep_track(case, event)
    return event


def attach(case: Case, event: Event, upload: str) -> None:
    """Hang the files that were staged under an upload token on the event.

    An approved answer goes out with the files of its draft, and of no draft before it.
    """
    if event.kind == "approve":
        draft = case.events.filter(kind="respond").order_by("-number")[:1]
        Attachment.objects.filter(event__in=draft.values("pk")).update(event=event)
    if upload:
        theirs = event.is_theirs or event.kind == "proof"
        nameless = theirs and case.complainant.identity != Identity.NAMED
        uploads.hang(upload, case, event, nameless=nameless)
        pieces.drop_all(upload)  # a file that is not whole when its form is sent is not sent


def _keep_time(case: Case, way: Exit | Verb) -> None:
    """A message starts the citizen's time anew; none runs while they wait to be told by hand."""
    node = ComplaintFlow.instance.node(case.stage)
    if not isinstance(node, Citizen):
        return
    anew = isinstance(way, Verb) and way.rearms
    if telling.is_awaited(case):
        case.timeout_at = case.remind_at = None
    elif anew or case.timeout_at is None:
        arm(case, node, timezone.now())
