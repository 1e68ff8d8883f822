"""What protects those who complain: whom it is about, who is cleared for it, what is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.access import can_lift, can_publish, can_say_whom, is_member
from casework.actors import Actor
from casework.models import Audience, Case, Publication, Publishing
from casework.stages import CHECKING
from workflows.conditions import is_live
from workflows.deed import Facts, Verb
from workflows.forms.protection import AboutForm, PublishForm, RestrictForm
from workflows.forms.staff import ReasonForm
from workflows.receiving import impartial_unit, move


def say_whom(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Settle whom it is about, and bring it before people whom it is not about."""
    case.about_people = [person.pk for person in said["people"]]
    case.about_unit = said["unit"]
    facts: Facts = {"people": case.about_people}
    if case.about_unit:
        facts["office"] = case.about_unit.code
    return facts | move(case, impartial_unit(case))


def restrict(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """What was published is so no more: lifting the restriction must not publish it again."""
    case.restricted = True
    return unpublish(case, actor, said) if is_published(case) else {}


def lift(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    case.restricted = False
    return {}


def publish(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Everybody may read these words, and no others."""
    words = {name: said[name] for name in ("subject", "text", "answer")}
    Publication.objects.update_or_create(case=case, defaults=words)
    case.publishing = Publishing.PUBLISHED
    return {}


def unpublish(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    Publication.objects.filter(case=case).delete()
    case.publishing = Publishing.PRIVATE
    return {}


def can_be_published(case: Case) -> bool:
    """Never what is restricted, or kept from publishing for good; nor before it was checked."""
    never = case.restricted or case.publishing == Publishing.NEVER
    return not never and case.stage not in CHECKING


def is_published(case: Case) -> bool:
    return case.publishing == Publishing.PUBLISHED


def is_open(case: Case) -> bool:
    return not case.restricted


def is_restricted(case: Case) -> bool:
    return case.restricted


VERBS: dict[str, Verb] = {
    "about": Verb(AboutForm, say_whom, by=can_say_whom, lawful=is_live),
    "restrict": Verb(RestrictForm, restrict, by=is_member, lawful=is_open),
    "lift": Verb(ReasonForm, lift, by=can_lift, lawful=is_restricted),
    "publish": Verb(PublishForm, publish, Audience.PUBLIC, by=can_publish, lawful=can_be_published),
    "unpublish": Verb(ReasonForm, unpublish, Audience.STEP, by=can_publish, lawful=is_published),
}
