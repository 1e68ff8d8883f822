"""Telling by hand: what is owed to complainants whom no message reaches, until somebody told them.

Whoever has an e-mail address is told by the outbox. Of the others those are told by letter, by
phone or at the counter who can be reached so; the case row remembers since when that is owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from casework.access import is_member
from casework.actors import Actor
from casework.models import Audience, Case, Event, Identity
from casework.querysets import CaseQuerySet
from casework.stages import FINAL
from workflows.deed import Facts, Verb
from workflows.forms.telling import ToldForm

#: What is told with words of ours, and what is told though it has none.
_SAID = (
    *("ask", "respond", "approve", "message", "reject", "refer", "reopen", "contest"),
    *("extend", "set_deadline", "promise", "keep"),
)
#: Of what is late they hear where it was promised to them: the others are for staff alone.
_STEPS = ("merge", "follow", "recall", "timeout", "new_secret", "due_moved", "late")
#: What a recall takes back.
_RECALLED = ("ask", "respond", "approve")
#: What staff take up again of their own accord, and what holds no more by that.
_AGAIN = ("reopen", "contest")
_OVER = ("respond", "approve", "reject", "refer", "timeout")


def is_news(event: Event) -> bool:
    """Whether the complainant has to hear of it: our words, a decision, an end."""
    if event.audience == Audience.INTERNAL or event.is_theirs:
        return False
    ended = event.kind != "timeout" or event.stage in FINAL
    return event.kind in _SAID + _STEPS and ended


def _has_read(event: Event) -> bool:
    """Whether they know by then what was said before: a message noted for them may cross it."""
    return event.kind == "told" or (event.is_theirs and event.kind != "heard")


def untold(events: Iterable[Event]) -> list[Event]:
    """What the complainant has not been told yet, the oldest first.

    `events`: of one case, in order. What was taken back before anybody told it is not told.
    """
    owed: list[Event] = []
    for event in events:
        if _has_read(event):
            owed = []
        elif event.kind == "recall" and any(each.kind in _RECALLED for each in owed):
            owed.remove(next(each for each in reversed(owed) if each.kind in _RECALLED))
        elif is_news(event):
            owed = [*_still_so(owed, event), event]
    return owed


def _still_so(owed: list[Event], event: Event) -> list[Event]:
    """What is owed without what an event overtakes: an end taken up again, an older date."""
    if event.kind in _AGAIN:
        return [each for each in owed if each.kind not in _OVER]
    if event.kind == "due_moved":
        return [each for each in owed if each.kind != "due_moved"]
    return owed


_KNOWN = ~Q(complainant__sealed_phone="") | ~Q(complainant__sealed_postal="")


def told_by_hand() -> Q:
    """The complainants who are reached by letter, by phone or at the counter alone."""
    by_hand = _KNOWN | Q(filed_by__isnull=False)
    return by_hand & Q(complainant__sealed_email="") & ~Q(complainant__identity=Identity.NONE)


#: News of one complainant alone, not of those whose complaints were merged into the case.
_OWN = (
    *("follow", "new_secret", "due_moved"),
    *("extend", "set_deadline", "promise", "keep", "late"),
)


def hearers(case: Case, event: Event | None = None) -> CaseQuerySet:
    """Of a case and those merged into it, the ones whose complainants are told by hand.

    Of one event, where it is given: some concern the case's own complainant alone.
    """
    own = Q(pk=case.pk)
    concerned = own if event and event.kind in _OWN else own | Q(merged_into=case)
    heard = Case.objects.filter(concerned).filter(told_by_hand())
    # They hold it in their hands, unless it was somebody else: the address we know hears of it.
    return heard.filter(_KNOWN) if event and event.kind == "new_secret" else heard


def keep_track(case: Case, event: Event) -> None:
    """Write on the locked row since when something waits to be told by hand; saves nothing."""
    if case.untold_at is None:
        if is_news(event) and hearers(case, event).exists():
            case.untold_at = event.at
    elif _has_read(event) or event.kind in ("recall", *_AGAIN):
        owed = untold(case.events.order_by("number"))
        case.untold_at = owed[0].at if owed else None


def told(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """They know from now on: what is counted from when they could know is counted from here."""
    case.told_at = timezone.now()
    return {"channel": said["channel"], "when": said["when"].isoformat()}


def is_untold(case: Case) -> bool:
    return case.untold_at is not None


def is_awaited(case: Case) -> bool:
    """Whether the case's own complainant has still to be told something by hand.

    Those who were joined to it answer nothing here: its time does not wait for them. Nor for whom
    nobody can go to, without telephone and postal address: they come back, or never do.
    """
    return is_untold(case) and hearers(case).filter(_KNOWN, pk=case.pk).exists()


def knew_at(case: Case) -> datetime | None:
    """From when the complainant could know how the case ended; None while it goes on.

    Whom no message reaches, and whom nobody has told yet, cannot know.
    """
    if case.closed_at is None or case.complainant.has_push_channel:
        return case.closed_at
    if is_untold(case):
        return timezone.now()
    return max(case.closed_at, case.told_at or case.closed_at)


VERBS = {"told": Verb(ToldForm, told, by=is_member, lawful=is_untold, rearms=True)}
