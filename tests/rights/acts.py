"""Who may do which act in which situation: written by hand from the design, and held to no code.

An act that is not here fails the test. Of a row: how the case comes to where the act is lawful,
so that rights alone decide, and which hands may do it there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import time_machine
from django.utils import timezone

from accounts.models import User
from casework.models import Case, Complainant, Identity, Publication, Publishing
from tests.agency import IN_TEN_DAYS, Agency, do, walk
from tests.rights.situations import ROLES

#: The situations of a case, whatever its stage; `root` is the unit of intake.
SITUATIONS = (
    "of the own unit",
    "of another unit",
    "restricted",
    "about whoever asks",
    "published",
    "of a withheld name",
)
#: In each unit: who handles its cases, who leads it, and who of them checks and works.
MEMBERS = {
    "root": {"intake", "head"},
    "water": {"officer", "officer2", "supervisor", "head"},
    "roads": {"roads_officer", "head"},
}
LEADERS = {"root": {"head"}, "water": {"supervisor", "head"}, "roads": {"head"}}
#: Who is cleared for restricted cases.
CLEARED = {"root": "intake", "water": "supervisor"}
READERS = {"quality", "auditor"}

Hands = Callable[[str, str], set[str]]
"""The names of those who may, of a case in a unit, in a situation; of those who see it."""


def nobody(unit: str, situation: str) -> set[str]:
    return set()


def members(unit: str, situation: str) -> set[str]:
    return MEMBERS[unit]


def leaders(unit: str, situation: str) -> set[str]:
    return LEADERS[unit]


def checkers(unit: str, situation: str) -> set[str]:
    return LEADERS[unit] | ({"intake"} if unit == "root" else set())


def workers(unit: str, situation: str) -> set[str]:
    """The assignee and the leaders; whoever had it before it went elsewhere does not see it."""
    return LEADERS[unit] | {"officer"}


def undecided(unit: str, situation: str) -> set[str]:
    """Whoever neither answered nor turned it away."""
    return MEMBERS[unit] - {"officer", "intake"}


def assignee(unit: str, situation: str) -> set[str]:
    return {"officer"}


def recognisers(unit: str, situation: str) -> set[str]:
    """Who reads the contacts; of a withheld name identity officers alone."""
    return {"officer2"} if situation == "of a withheld name" else MEMBERS[unit]


def asker(unit: str, situation: str) -> set[str]:
    return {"officer2"}


def others(unit: str, situation: str) -> set[str]:
    return MEMBERS[unit] - {"officer2"}


@dataclass(frozen=True)
class Row:
    """`at`: the stage; `unit`: where a case is at that stage; `asks`: whether it takes words.

    `ready`: what else has to be so. `only`, `never`: situations that make it lawful, or unlawful.
    `days_ago`: when the case came to that stage.
    """

    act: str
    at: str
    hands: Hands
    asks: bool = True
    ready: Callable[[Agency, Case], object] = lambda agency, case: None
    only: tuple[str, ...] = SITUATIONS
    never: tuple[str, ...] = ()
    days_ago: int = 0

    @property
    def unit(self) -> str:
        return "root" if self.at in ("triage", "wait_triage", "rejected", "merged") else "water"


def _at_second_level(agency: Agency, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(level=2)


def _reminded(agency: Agency, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(remind_at=timezone.now())


def _spoken(agency: Agency, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(to_transcribe=True)


def _untold(agency: Agency, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(untold_at=timezone.now())


def _verified(agency: Agency, case: Case) -> None:
    person = Complainant.objects.filter(pk=case.complainant_id)
    person.update(email_verified_at=timezone.now())


def _asked(agency: Agency, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(
        secret_asker=agency.officer2, secret_until=timezone.now() + timedelta(hours=1)
    )


def _agreed(agency: Agency, case: Case) -> None:
    _asked(agency, case)
    Case.objects.filter(pk=case.pk).update(secret_approved=True)


def _dated(agency: Agency, case: Case) -> None:
    until = timezone.now() + timedelta(days=3)
    do(case, "set_deadline", agency.supervisor, until=until.isoformat(), reason="Sidang.")


def _promised(agency: Agency, case: Case) -> None:
    do(case, "promise", agency.officer, until=IN_TEN_DAYS, text="Pompa baru.")


def _explained(agency: Agency, case: Case) -> None:
    do(case, "explain_late", agency.officer, code="parts", text="Pompa belum tiba.")


ROWS = (
    # In triage
    Row("accept", "triage", checkers),
    Row("ask", "triage", checkers),
    Row("reject", "triage", checkers),
    Row("refer", "triage", checkers),
    Row("merge", "triage", checkers),
    Row("claim", "triage", checkers, asks=False),
    Row("message", "triage", checkers),
    Row("about", "triage", checkers),
    Row("answered", "wait_triage", members),
    Row("recall", "wait_triage", checkers, asks=False),
    Row("classify", "triage", checkers),
    Row("unmerge", "merged", checkers, asks=False),
    Row("contest", "rejected", undecided),
    # In a unit
    Row("assigned", "assign", leaders),
    Row("claim", "assign", members, asks=False),
    Row("transfer", "assign", leaders),
    Row("return", "assign", leaders),
    Row("refer", "assign", leaders),
    Row("merge", "assign", leaders),
    Row("respond", "work", workers),
    Row("ask", "work", workers),
    Row("hold", "work", workers),
    Row("transfer", "work", workers),
    Row("return", "work", workers),
    Row("refer", "work", workers),
    Row("merge", "work", workers),
    Row("reassign", "work", leaders),
    Row("message", "work", workers),
    Row("heard", "work", members),
    Row("note", "work", members),
    Row("withdraw", "work", members),
    Row("approve", "review", leaders, asks=False),
    Row("return", "review", leaders),
    Row("recall", "review", assignee, asks=False),
    Row("resume", "on_hold", workers, asks=False),
    Row("answered", "wait_work", members),
    Row("recall", "wait_work", workers, asks=False),
    # Answered
    Row("confirm", "confirm", undecided),
    Row("dispute", "confirm", undecided),
    Row("disagree", "confirm", undecided, ready=_at_second_level),
    Row("recall", "confirm", assignee, asks=False),
    Row("reopen", "closed", undecided),
    # Of time and the complainant alone
    Row("timeout", "on_hold", nobody),
    Row("remind", "wait_work", nobody, ready=_reminded),
    Row("rate", "closed", nobody),
    Row("verify", "work", nobody),
    Row("secret_link", "work", nobody, ready=_verified),
    Row("recognise", "work", nobody),
    # What protects, and what is public
    Row("about", "work", leaders),
    Row("restrict", "work", members, never=("restricted",)),
    Row("lift", "work", leaders, only=("restricted",)),
    Row("publish", "work", leaders, never=("restricted",)),
    Row("unpublish", "work", leaders, only=("published",)),
    # Due dates and promises
    Row("classify", "work", workers),
    Row("extend", "work", leaders),
    Row("ask_extension", "work", assignee),
    Row("set_deadline", "work", leaders),
    Row("lift_deadline", "work", leaders, ready=_dated),
    Row("retarget", "work", leaders),
    Row("promise", "work", workers),
    Row("keep", "closed", workers, ready=_promised),
    Row("explain_late", "work", workers, days_ago=90),
    Row("accept_late", "work", leaders, asks=False, ready=_explained, days_ago=90),
    Row("return_late", "work", leaders, ready=_explained, days_ago=90),
    # Told, written down, given anew
    Row("told", "wait_work", members, ready=_untold),
    Row("transcribe", "work", members, ready=_spoken),
    Row("ask_secret", "work", recognisers),
    Row("approve_secret", "work", others, asks=False, ready=_asked),
    Row("refuse_secret", "work", others, ready=_asked),
    Row("new_secret", "work", asker, asks=False, ready=_agreed),
)


def prepared(agency: Agency, row: Row) -> Case:
    """A case at the stage of a row, ready for its act."""
    with time_machine.travel(timezone.now() - timedelta(days=row.days_ago)):
        case = walk(agency, row.at, category="bills" if row.at == "review" else "water")
    row.ready(agency, case)
    return case


def put(agency: Agency, case: Case, situation: str, who: str) -> None:
    """Bring a case into a situation."""
    here = Case.objects.filter(pk=case.pk)
    if situation == "of another unit":
        here.update(unit=agency.roads)
    elif situation == "restricted":
        here.update(restricted=True)
    elif situation == "about whoever asks":
        me = User.objects.filter(username=who).values_list("pk", flat=True)
        here.update(about_people=list(me))
    elif situation == "published":
        here.update(publishing=Publishing.PUBLISHED)
        Publication.objects.create(case=case, subject="Air mati", text="Air mati empat hari.")
    elif situation == "of a withheld name":
        Complainant.objects.filter(pk=case.complainant_id).update(identity=Identity.WITHHELD)


#: What changes no right but those of the acts that are named here.
_RIGHTS_OF = {"published": {"unpublish"}, "of a withheld name": {"ask_secret"}}


def is_asked(row: Row, who: str, situation: str) -> bool:
    """Whoever handles the case is asked for every act.

    The others, and all where the situation changes no right, are asked by turns: each of them for
    every act in one of the situations, and in every situation for some acts.
    """
    if situation not in row.only or situation in row.never:
        return False
    if row.act in _RIGHTS_OF.get(situation, {row.act}) and who in seen_by(row, situation) - READERS:
        return True
    turn = ROWS.index(row) + ROLES.index(who) + SITUATIONS.index(situation)
    return turn % len(SITUATIONS) == 0


def seen_by(row: Row, situation: str) -> set[str]:
    if situation == "about whoever asks":
        return set()
    if situation == "restricted":
        return {CLEARED[row.unit], "auditor"}
    return READERS | MEMBERS["roads" if situation == "of another unit" else row.unit]


def done_by(row: Row, situation: str) -> set[str]:
    unit = "roads" if situation == "of another unit" else row.unit
    return row.hands(unit, situation) & seen_by(row, situation)
