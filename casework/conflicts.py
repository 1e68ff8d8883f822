"""Whom a complaint is about: they never see it, handle it, or lead the unit that does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from accounts.models import Membership, Unit, User
from accounts.rights import Role, homes_of
from casework.models import Case
from casework.stages import Stage

#: Shorter words are no names: titles, initials, "di".
SHORTEST_NAME = 3
#: Written in a name or left out of it, as people like: Ma'ruf, Syafi'i.
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bb`\u00b4]")


def is_about_staff(case: Case) -> bool:
    """Whether it is known of somebody, or of a unit, that the complaint is about them."""
    return bool(case.about_people) or case.about_unit_id is not None


def people_of(case: Case) -> list[User]:
    """The members of staff whom the case is about; no query where there are none."""
    if not case.about_people:
        return []
    return list(User.objects.filter(pk__in=case.about_people).order_by("username"))


def people_named_in(text: str) -> list[int]:
    """The ids of members of staff of whose names a word stands in the text.

    Those who are away count, too: they may come back. Rather too many: a person who was not meant
    is put right in triage, but one who was meant and overlooked would read the complaint.
    """
    return recogniser()(text) if text.strip() else []


def recogniser() -> Callable[[str], list[int]]:
    """The same for many texts: the names of the staff are read once."""
    staff = User.objects.filter(memberships__isnull=False).order_by("pk").distinct()
    rows = staff.values_list("pk", "first_name", "last_name", "username")
    names = [(pk, _name(*name)) for pk, *name in rows]

    def named_in(text: str) -> list[int]:
        words = _words(text)
        return [pk for pk, name in names if name & words]

    return named_in


def names_in(user: User) -> Callable[[str], bool]:
    """Whether a word of the person's name stands in a text."""
    mine = _name(user.first_name, user.last_name, user.username)
    return lambda text: bool(mine & _words(text))


def _name(first: str, last: str, username: str) -> set[str]:
    """The words of what staff pages call somebody."""
    return _words(f"{first} {last}".strip() or username)


def _words(text: str) -> set[str]:
    """Words by their letters alone: no case, accent, width or invisible sign tells them apart."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    joined = f"{_APOSTROPHES.sub('', plain)} {_APOSTROPHES.sub(' ', plain)}"
    return {word for word in re.split(r"[\W_]+", joined) if len(word) >= SHORTEST_NAME}


def names_no_less(into: Case, case: Case) -> bool:
    """Whether a case is about everybody, and the office, that the other one is about."""
    people = set(case.about_people) <= set(into.about_people)
    return people and case.about_unit_id in (None, into.about_unit_id)


def was_handled_by_them(into: Case, case: Case) -> bool:
    """Whether somebody works on a case, or has answered or decided it, whom the other is about."""
    hands = {into.assignee_id, into.drafter_id, *into.decided_by}
    return bool(hands & set(case.about_people))


def was_drafted_by_them(case: Case) -> bool:
    """Whether the draft under approval is the words of somebody whom the case is about."""
    drafter = case.drafter_id
    if case.stage != Stage.REVIEW or drafter is None or not is_about_staff(case):
        return False
    return drafter in case.about_people or case.about_unit_id in homes_of([drafter])[drafter]


def is_party(unit: Unit, case: Case) -> bool:
    """Whether the complaint is about the unit, or about somebody who leads it.

    An independent unit, and what is below it, answers to nobody above it.
    """
    ids = [int(pk) for pk in unit.path.strip(".").split(".")]
    apart = Unit.objects.filter(pk__in=ids, independent=True).values_list("pk", flat=True)
    answers_to = ids[max((ids.index(pk) for pk in apart), default=0) :]
    if case.about_unit_id in answers_to:
        return True
    leaders = Membership.objects.filter(role=Role.SUPERVISOR, unit__in=answers_to)
    return leaders.filter(user__in=case.about_people).exists()
