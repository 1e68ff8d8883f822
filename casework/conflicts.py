"""Whom a complaint is about: they never see it, handle it, or lead the unit that does."""

from __future__ import annotations

import re

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Lower

from accounts.models import Membership, Unit, User
from accounts.rights import Role
from casework.models import Case

#: Shorter words are no names: titles, initials, "di".
SHORTEST_NAME = 3
_BETWEEN_WORDS = r"[^[:alnum:]]+"


def is_about_staff(case: Case) -> bool:
    """Whether it is known of somebody, or of a unit, that the complaint is about them."""
    return bool(case.about_people) or case.about_unit_id is not None


def people_of(case: Case) -> list[User]:
    """The members of staff whom the case is about; no query where there are none."""
    if not case.about_people:
        return []
    return list(User.objects.filter(pk__in=case.about_people).order_by("username"))


def people_named_in(text: str) -> list[int]:
    """The ids of active members of staff of whose names a word stands in the text.

    Rather too many: a person who was not meant is put right in triage, but one who was meant and
    overlooked would read the complaint.
    """
    words = {word for word in re.split(r"[\W_]+", text.lower()) if len(word) >= SHORTEST_NAME}
    if not words:
        return []
    name = Lower(Concat(F("first_name"), Value(" "), F("last_name")))
    parts = Func(
        name,
        Value(_BETWEEN_WORDS),
        function="regexp_split_to_array",
        output_field=ArrayField(TextField()),
    )
    named = User.objects.filter(is_active=True, memberships__isnull=False).annotate(parts=parts)
    found = named.filter(parts__overlap=sorted(words)).order_by("pk").distinct()
    return list(found.values_list("pk", flat=True))


def names_no_less(into: Case, case: Case) -> bool:
    """Whether a case is about everybody, and the office, that the other one is about."""
    people = set(case.about_people) <= set(into.about_people)
    return people and case.about_unit_id in (None, into.about_unit_id)


def was_handled_by_them(into: Case, case: Case) -> bool:
    """Whether somebody works on a case, or has answered or decided it, whom the other is about."""
    hands = {into.assignee_id, into.drafter_id, *into.decided_by}
    return bool(hands & set(case.about_people))


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
