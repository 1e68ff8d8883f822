"""After the commit: "something newer", to open pages. Best effort; it carries no content."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

from casework.models import Audience, Case, Event
from notifications.room import Room

#: Acts that take a case out of a unit: the queue it leaves is told too.
MOVES = ("accept", "transfer", "return", "reopen", "contest", "answered", "unmerge", "about")

LONGEST = 2.0  # seconds: a broker that hangs holds nobody up; pages ask again by themselves

#: A group, and what its sockets get.
Note = tuple[str, dict]

_server: asyncio.AbstractEventLoop | None = None


def listen() -> None:
    """Remember the running loop: sockets in this process are reached through it alone."""
    global _server
    _server = asyncio.get_running_loop()


def of_event(room: Room, told: Iterable[int]) -> list[Note]:
    """What open pages are to be told of an event."""
    case = room.case
    units = {case.unit_id}
    if room.event.kind in MOVES and room.before[1]:
        units.add(room.before[1])
    notes: list[Note] = [(f"user.{pk}", {"type": "newer", "topic": "tray"}) for pk in told]
    in_queue = {"type": "newer", "topic": "queue", **_whose(case)}
    notes += [(f"unit.{pk}", {**in_queue, "unit_id": pk}) for pk in units]
    at_case = {"type": "newer", "topic": "case", "case": case.pk, **_for_whom(room.event)}
    return [*notes, (f"case.{case.pk}", at_case)]


def _whose(case: Case) -> dict[str, object]:
    """What decides who may hear of it at the desk."""
    facts = ("restricted", "about_people", "about_unit_id")
    return {name: getattr(case, name) for name in facts}


def _for_whom(event: Event) -> dict[str, bool]:
    """Whether the complainant sees nothing of it; whether those merged into the case see it.

    They see its public status and answer, which exits change, and the first claim.
    """
    internal = event.audience == Audience.INTERNAL
    moves = "left" in event.data or event.kind == "claim"
    return {"internal": internal, "joined": moves and not internal}


def of_tray(user_id: int) -> list[Note]:
    """The other tabs of a person whose tray changed."""
    return [(f"user.{user_id}", {"type": "newer", "topic": "tray"})]


def send(notes: list[Note]) -> None:
    """Hand notes to the channel layer, from any thread, without waiting for the sockets."""
    layer = get_channel_layer()
    if _server and _server.is_running():
        asyncio.run_coroutine_threadsafe(_send(notes), _server)
    elif layer and not isinstance(layer, InMemoryChannelLayer):
        async_to_sync(_send)(notes)


async def _send(notes: list[Note]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(LONGEST):
        for group, note in notes:
            await layer.group_send(group, note)
