"""The acts of `drill.plots`, one after the other, each ready to be done, or killed."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Literal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework import uploads
from casework.actors import SYSTEM, Actor, CitizenActor
from casework.models import Case, Channel, LostSecret
from drill.ledger import own_address, unique
from drill.plots import (
    ANOTHER,
    BY_KEY,
    BY_MAIL,
    CITIZEN,
    FILE,
    ITSELF,
    KEY,
    MOVES_A_DATE,
    PLOTS,
    TIME,
    Plot,
    Step,
)
from workflows import filing, lost
from workflows.actions import act
from workflows.sweep import sweep

Job = Callable[[], Any]
#: What is done, how, and how many events it writes.
Act = tuple[str, Job, int]


def acts() -> Iterator[Act]:
    """Everything that is killed, one after the other; each is done when the next is asked for."""
    yield from _filings()
    for plot in PLOTS:
        case = _file(plot)
        for step in plot.way:
            _job(case, step)()
        for step in plot.killed:
            person, name, payload = step
            told = ("proof" in payload) + plot.followed + (name in MOVES_A_DATE)
            yield name, _job(case, step), 1 + told
            if person == TIME:
                sweep()  # whoever was killed after the commit left the rest to the next one


def _filings() -> Iterator[Act]:
    upload, token, other = (uploads.new_token() for _number in range(3))
    yield "a file", lambda: _stage(upload), 0
    said = _complaint() | {"upload": upload}
    yield "filing", lambda: filing.file(said, token=token), 1
    letter = _complaint() | {"channel": Channel.LETTER}
    letter |= {"upload": _staged(), "proof_upload": _staged()}
    clerk = User.objects.get(username="intake")
    yield "filing at the counter", lambda: filing.file(letter, by=clerk, token=other), 2


def _file(plot: Plot) -> Case:
    said = _complaint() | plot.said
    if plot.spoken:
        said |= {"text": "", "upload": uploads.new_token()}
        uploads.stage(SimpleUploadedFile("suara.wav", _voice()), said["upload"])
    if plot.late:
        long_ago = timezone.now() - timedelta(days=90)
        said |= {"channel": Channel.LETTER, "received_at": long_ago.isoformat()}
    clerk = User.objects.get(username="intake") if plot.late else None
    case = filing.file(said, by=clerk).case
    if plot.followed:
        _job(filing.file(_complaint()).case, ("intake", "merge", {"into": case.reference}))()
    return case


def _job(case: Case, step: Step) -> Job:
    """What does the act; whatever it needs is made ready at once."""
    person, name, payload = step
    if name in _DUE:
        _DUE[name](case)
    if person == TIME:
        return sweep
    made = {key: _READY[value](case) for key, value in payload.items() if value in _READY}
    actor = _actor(case, person)
    return lambda: act(Case.objects.get(pk=case.pk), name, actor, **payload | made)


def _actor(case: Case, person: str) -> Actor:
    if person == ITSELF:
        return SYSTEM
    if person in _CAME_BY:
        return CitizenActor(case.pk, _CAME_BY[person])
    return User.objects.get(username=person)


_CAME_BY: dict[str, Literal["", "mail", "key"]] = {CITIZEN: "", BY_MAIL: "mail", BY_KEY: "key"}


def _past(timer: str) -> Callable[[Case], object]:
    """The timer of a case is over."""
    over = timezone.now() - timedelta(seconds=1)
    return lambda case: Case.objects.filter(pk=case.pk).update(**{timer: over})


def _joins(case: Case) -> None:
    """Somebody whom it names comes to the staff, and nobody looked again."""
    new = User(username="late", first_name=case.about)
    User.objects.bulk_create([new])  # which sends no signal
    water = Unit.objects.get(code="water")
    Membership.objects.bulk_create([Membership(user=new, unit=water, role=Role.OFFICER)])


#: What makes an act of the system due.
_DUE: dict[str, Callable[[Case], object]] = {
    "timeout": _past("timeout_at"),
    "remind": _past("remind_at"),
    "secret_link": lambda case: LostSecret.objects.create(case=case, fits=True),
    "recognise": _joins,
}


def _staged() -> str:
    """A token under which a file is staged."""
    token = uploads.new_token()
    _stage(token)
    return token


def _stage(token: str) -> None:
    uploads.stage(SimpleUploadedFile("surat.txt", unique("Keterangan").encode()), token)


#: What stands in a payload for something that is made before.
_READY: dict[str, Callable[[Case], str]] = {
    FILE: lambda case: _staged(),
    ANOTHER: lambda case: filing.file(_complaint()).case.reference,
    KEY: lost.new_key,
}


def _complaint() -> dict[str, str]:
    text = unique("Air mati sejak Senin.")
    return {"text": text, "identity": "named", "name": "Wulan", "email": own_address()}


def _voice() -> bytes:
    """A second of silence, as a telephone records it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(2 * 8000))
    return out.getvalue()
