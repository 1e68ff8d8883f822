"""What protects those who complain: whom it is about, who is cleared for it, what is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import Unit
from casework import timeline
from casework.access import can_lift, can_publish, can_say_whom, is_member, is_system
from casework.actors import Actor
from casework.conflicts import people_named_in
from casework.models import Audience, Case, Publication, Publishing
from casework.stages import CHECKING
from workflows import receipts
from workflows.deed import Facts, Verb
from workflows.forms.protection import AboutForm, PublishForm, RestrictForm
from workflows.forms.staff import EmptyForm, ReasonForm
from workflows.receiving import impartial_unit, move


def say_whom(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Settle whom it is about, and bring it before people whom it is not about."""
    people = [person.pk for person in said["people"]]
    for follower in case.followers:
        facts = _keep_from(follower, people, said["unit"])
        _tell(follower, "about", actor, facts)
    return _keep_from(case, people, said["unit"])


def recognise(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """Somebody named in it came to the staff since, or to lead its unit."""
    named = set() if is_settled(case) else set(people_named_in(case.about))
    return _keep_from(case, sorted({*case.about_people, *named}), case.about_unit)


def _keep_from(case: Case, people: list[int], office: Unit | None) -> Facts:
    """They see it no longer, nor does it stay with who answers to them, also after its end."""
    case.about_people, case.about_unit = people, office
    receipts.take_from_accused(case)
    facts: Facts = {"people": people} | ({"office": office.code} if office else {})
    return facts | move(case, impartial_unit(case))


def is_settled(case: Case) -> bool:
    """Whether a person said whom it is about: then no name in it says otherwise."""
    return case.events.filter(kind="about").exists()


def _tell(follower: Case, kind: str, actor: Actor, facts: Facts) -> None:
    """What befalls a case befalls those merged into it: their words are about the same."""
    timeline.record(follower, kind, actor, data=facts)
    follower.save()


def restrict(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """The case, and those merged into it: what they say is as delicate."""
    for follower in filter(is_open, case.followers):
        facts = _restrict(follower, actor, said)
        _tell(follower, "restrict", actor, facts)
    return _restrict(case, actor, said)


def _restrict(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
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
    "about": Verb(AboutForm, say_whom, by=can_say_whom),
    "recognise": Verb(EmptyForm, recognise, by=is_system),
    "restrict": Verb(RestrictForm, restrict, by=is_member, lawful=is_open),
    "lift": Verb(ReasonForm, lift, by=can_lift, lawful=is_restricted),
    "publish": Verb(PublishForm, publish, Audience.PUBLIC, by=can_publish, lawful=can_be_published),
    "unpublish": Verb(ReasonForm, unpublish, Audience.STEP, by=can_publish, lawful=is_published),
}
