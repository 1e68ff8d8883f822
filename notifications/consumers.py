"""The sockets of open pages. A page hears that there is something newer, and fetches it itself.

Who may hear is asked at connect and again right before each word.
"""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError

from accounts.models import User
from accounts.throttles import network_of
from casework.access import NoSuchCase, can_see, visible_case
from casework.limits import EVERYBODY, LINKS
from casework.links import case_of
from casework.models import Case
from casework.querysets import sight_of

#: Seconds in which several notes become one check of rights and one word each.
GATHER = 0.2
LONGEST_WORD = 200  # characters a page may send at once
MOST_WATCHED = 20  # cases a socket
REFUSED = 4403
#: Of a case, what decides who may hear of it.
WHOSE = ("unit", "restricted", "about_people", "about_unit")

store = import_module(settings.SESSION_ENGINE).SessionStore


def person_of(session_key: str) -> User | None:
    """The active member of staff whose session is open now."""
    request: Any = SimpleNamespace(session=store(session_key))
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


class Listening(AsyncWebsocketConsumer):
    """Gathers notes and says what is still allowed when it speaks; subclasses know what is."""

    async def connect(self) -> None:
        self.pending: list[dict] = []
        self.due: list[str] = []  # groups to join before the next word
        self.speaking: asyncio.Task | None = None
        groups = await database_sync_to_async(self.groups_at_connect)()
        if groups is None:
            await self.close(REFUSED)
            return
        for group in groups:
            await self.join(group)
        await self.accept()

    async def join(self, group: str) -> None:
        if group not in self.groups:
            self.groups.append(group)
            await self.channel_layer.group_add(group, self.channel_name)

    async def newer(self, note: dict) -> None:
        """A note of the channel layer."""
        self.pending.append(note)
        if self.speaking is None or self.speaking.done():
            self.speaking = asyncio.create_task(self._speak())

    async def _speak(self) -> None:
        await asyncio.sleep(GATHER)
        notes, self.pending = self.pending, []
        try:
            topics = await database_sync_to_async(self.still_allowed)(notes)
        except DatabaseError:
            topics = None  # the page comes back, and asks for everything then
        if topics is None:
            await self.close(REFUSED)
            return
        for group in self.due:
            await self.join(group)
        for topic in dict.fromkeys(topics):
            await self.send(json.dumps({"type": "newer", "topic": topic}))
        if self.pending:
            self.speaking = asyncio.create_task(self._speak())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(json.dumps({"type": "error"}))

    async def disconnect(self, code: int) -> None:
        if self.speaking:
            self.speaking.cancel()

    def groups_at_connect(self) -> list[str] | None:
        """The groups to join, or None to refuse."""
        raise NotImplementedError

    def still_allowed(self, notes: list[dict]) -> list[str] | None:
        """The topics of those notes that may be said now, or None to close."""
        raise NotImplementedError


class DeskSocket(Listening):
    """`/ws/me/`: the tray, the queues in sight, and the cases that the page watches."""

    def groups_at_connect(self) -> list[str] | None:
        self.watched: dict[int, str] = {}
        user = self._person()
        if user is None:
            return None
        sight = sight_of(user)
        units = sorted(sight.open | sight.restricted)
        return [f"user.{user.pk}", *(f"unit.{pk}" for pk in units)]

    def still_allowed(self, notes: list[dict]) -> list[str] | None:
        user = self._person()
        return None if user is None else [t for note in notes if (t := self._topic(user, note))]

    def _topic(self, user: User, note: dict) -> str:
        sight = sight_of(user)
        if note["topic"] == "queue":
            return "queue" if sight.covers(SimpleNamespace(**note)) else ""
        if note["topic"] == "case":
            case = Case.objects.only(*WHOSE).filter(pk=note["case"]).first()
            seen = case is not None and can_see(user, case)
            return self._at_case(note["case"], seen=seen)
        return str(note["topic"])

    def _at_case(self, pk: int, *, seen: bool) -> str:
        """A case that went out of sight is spoken of once more: the page then learns that."""
        reference = self.watched.get(pk) if seen else self.watched.pop(pk, None)
        return f"case:{reference}" if reference else ""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        word = _word(text_data or "")
        pk = await database_sync_to_async(self._watch)(word.get("watch"))
        if pk is None:
            await super().receive()
            return
        await self.join(f"case.{pk}")
        # Only now: what happens from here on is heard, and what did before is looked up.
        if await database_sync_to_async(_has_moved)(pk, word.get("seen")):
            await self.newer({"topic": "case", "case": pk})

    def _watch(self, reference: Any) -> int | None:
        """The id of the case that the page asks to watch, if it may."""
        user = self._person()
        if not _is_text(reference) or user is None or len(self.watched) >= MOST_WATCHED:
            return None
        try:
            case = visible_case(user, reference)
        except NoSuchCase:
            return None
        self.watched[case.pk] = case.reference
        return case.pk

    def _person(self) -> User | None:
        return person_of(self.scope["session"].session_key)


class CitizenSocket(Listening):
    """`/ws/c/<token>/`: the page of one complaint, for whoever holds its signed link."""

    def groups_at_connect(self) -> list[str] | None:
        case = self._case()
        if case is None:
            address, _port = self.scope.get("client") or ("", 0)
            LINKS.missed({"address": network_of(address), **EVERYBODY})
        return None if case is None else self._groups(case)

    def still_allowed(self, notes: list[dict]) -> list[str] | None:
        case = self._case()
        if case is None:
            return None
        self.due = self._groups(case)
        return ["case" for note in notes if _concerns(case, note)]

    def _groups(self, case: Case) -> list[str]:
        """A merged complaint shares the fate of the one it was joined with."""
        return [f"case.{pk}" for pk in (case.pk, case.merged_into_id) if pk]

    def _case(self) -> Case | None:
        try:
            return case_of(self.scope["url_route"]["kwargs"]["token"])
        except NoSuchCase:
            return None


def _concerns(case: Case, note: dict) -> bool:
    """Whether the citizen's page of a case shows what happened, there or where it was merged."""
    if note["case"] == case.pk:
        return not note["internal"]
    return note["case"] == case.merged_into_id and note["joined"]


def _word(said: str) -> dict[str, Any]:
    """What a page sends: `{"watch": "<reference>", "seen": <id of the last event it shows>}`."""
    if len(said) > LONGEST_WORD:
        return {}
    try:
        word = json.loads(said)
    except ValueError:
        return {}
    return word if isinstance(word, dict) else {}


def _is_text(reference: Any) -> bool:
    return isinstance(reference, str) and "\0" not in reference


def _has_moved(pk: int, seen: Any) -> bool:
    """Whether something happened to the case after the event that the page shows last."""
    if not isinstance(seen, int) or not 0 < seen < 2**63:
        return False
    return Case.objects.filter(pk=pk, last_event_id__gt=seen).exists()
