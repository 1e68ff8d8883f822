"""Concerns about a change: raised with or without a name, answered for whoever has the code."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.throttles import Pace, Throttle
from casework.sealing import digest
from improvement import access
from improvement.errors import Forbidden, Overtaken, Refused
from improvement.models import Concern, Plan
from workflows.jobs import Turn, zone_of_the_agency

#: Crockford's base 32: no letter that is taken for a digit.
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")
#: Three groups of four: 60 bits, which nobody guesses.
_GROUPS, _LENGTH = 3, 4
#: Ten an hour from one network, then pauses that double: about 400 a day, so no stranger fills the
#: day of everybody. What is counted ends with the hour, and says neither who nor when.
PACE = Throttle("concerns", None, {"address": Pace(10, 3600, first=120, longest=1800)})
#: So many a day for the whole installation: a flood is stopped without knowing whose it is.
MOST_A_DAY = 1000


def raise_concern(
    unit: Unit,
    text: str,
    name: str = "",
    plan: Plan | None = None,
    admit: Callable[[], None] | None = None,
) -> str:
    """Keep a concern; returns the code by which its answer is read, which nobody can look up.

    Nothing is kept of who asked, from where or at what hour. Raises `Refused` where too many came
    today. `admit` is called before it is kept, and may raise.
    """
    today = timezone.localdate(timezone=ZoneInfo(unit.time_zone))
    if Concern.objects.filter(raised_on=today).count() >= MOST_A_DAY:
        raise Refused(_("Too many concerns came today. Try tomorrow, or hand it in on paper."))
    if admit:
        admit()
    code = _new_code()
    Concern.objects.create(
        unit=unit, plan=plan, text=text, name=name, raised_on=today, code_digest=_digest(code)
    )
    return code


def mix_up(turn: Turn) -> None:
    """Rewrite what came yesterday and before in one transaction, in the order of its random keys.

    A row bears the number of the transaction that wrote it and lies where there was room: whoever
    reads the database itself could hold both against what bears an hour.
    """
    today = timezone.localdate(turn.now, zone_of_the_agency())
    with transaction.atomic():
        for concern in Concern.objects.filter(raised_on__lt=today, mixed=False).order_by("pk"):
            Concern.objects.filter(pk=concern.pk).update(mixed=True)


def find(code: str) -> Concern | None:
    """The concern of a code, however it was typed."""
    return Concern.objects.filter(code_digest=_digest(code)).select_related("unit", "plan").first()


def mark_of(concern: Concern) -> str:
    """By what an answer is known again; empty while there is none."""
    return digest("answer", concern.answer) if concern.answer else ""


@transaction.atomic
def answer(concern: Concern, by: User, words: str, seen: str = "") -> Concern:
    """Answer it, or say something better than before. Raises `Forbidden`, `Overtaken`.

    `seen`: the mark of the answer that was there for the writer; nobody's is written over unread.
    """
    row = Concern.objects.select_for_update().get(pk=concern.pk)
    if not access.can_write(by, row.unit_id):
        raise Forbidden
    if seen != mark_of(row):
        raise Overtaken
    row.answer, row.answered_by, row.answered_on = words, by, timezone.localdate()
    row.save()
    return row


def _new_code() -> str:
    groups = ("".join(secrets.choice(_SYMBOLS) for _n in range(_LENGTH)) for _n in range(_GROUPS))
    return "-".join(groups)


def _digest(code: str) -> str:
    plain = "".join(code.upper().split()).replace("-", "").translate(_ALIKE)
    return digest("concern", plain)
