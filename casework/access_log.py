"""Writing and reading the log of looks. A look is never refused for want of a log line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from accounts.rights import Role
from casework.models import AccessLog, Case, Looked

#: A page renews itself and is read on: within this time the same look is one line.
SAME_LOOK = timedelta(minutes=10)
#: How long a restricted case stays open to whoever opened it in an emergency.
EMERGENCY = timedelta(hours=4)
LONGEST = 500
SHORTEST_REASON = 10  # characters: "needed" is no reason


def log_read(user: User, case: Case) -> None:
    """A member of staff reads a case; of restricted ones there is a line."""
    if case.restricted:
        _log_once(user, Looked.READ, case)


def log_search(user: User, words: str) -> None:
    _log_once(user, Looked.SEARCH, words=words)


def log_export(user: User, query: str) -> None:
    """A program reads a list with the rights of a person; `query` as in the address."""
    _log_once(user, Looked.EXPORT, words=query)


def log_reason(user: User, kind: Looked, case: Case, reason: str) -> None:
    """A look that takes a reason: each is a line of its own."""
    _write({"user": user, "kind": kind, "case": case, "words": reason[:LONGEST]})


def _log_once(user: User, kind: Looked, case: Case | None = None, words: str = "") -> None:
    look = {"user": user, "kind": kind, "case": case, "words": words[:LONGEST]}
    if not AccessLog.objects.filter(**look, at__gt=timezone.now() - SAME_LOOK).exists():
        _write(look)


def _write(look: dict[str, Any]) -> None:
    units = Membership.objects.filter(user=look["user"]).values_list("unit", flat=True)
    AccessLog.objects.create(**look, units=sorted(set(units)))


def opened_until(user: User, case: Case) -> datetime | None:
    """Until when the user has the case open in an emergency; None where they have not."""
    looks = AccessLog.objects.filter(user=user, case=case, kind=Looked.BREAK_GLASS)
    last = looks.order_by("-at").values_list("at", flat=True).first()
    return last + EMERGENCY if last and last + EMERGENCY > timezone.now() else None


def seen_by_auditor(user: User) -> QuerySet[AccessLog]:
    """The looks at cases of the units that the auditor audits, and of people who worked there.

    Nothing of a case that is about the auditor.
    """
    units = user.rights.where(Role.AUDITOR)
    theirs = Q(case__unit__in=units) | Q(case=None, units__overlap=list(units))
    rows = AccessLog.objects.filter(theirs).exclude(case__in=Case.objects.about(user))
    return rows.select_related("user", "case")
