"""Complaints that were spoken: a voice note stands for the text until somebody writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override

from casework.access import is_member
from casework.actors import Actor
from casework.models import Audience, Case
from workflows.deed import Facts, Verb
from workflows.forms.staff import TranscribeForm

SUBJECT_LENGTH = 80


def placeholder(language: str) -> str:
    """What is shown until then, in the language of the complainant."""
    with override(language):
        return gettext("Spoken complaint. An officer will write it down.")


def subject_of(text: str) -> str:
    """The first sentence, or as many whole words of it as fit."""
    first = " ".join(text.split())
    for mark in (". ", "? ", "! "):
        first = first.split(mark)[0]
    if len(first) <= SUBJECT_LENGTH:
        return first
    return first[:SUBJECT_LENGTH].rsplit(" ", 1)[0] + "…"


def in_short(text: str) -> str:
    """Words as the queue shows them."""
    return " ".join(text.split())[:200]


def transcribe(case: Case, actor: Actor, said: Mapping[str, Any]) -> Facts:
    """From now on the words are shown and found; a subject that somebody gave stays."""
    before, case.text, case.to_transcribe = case.text, said["text"], False
    if case.subject == subject_of(before):
        case.subject = subject_of(case.text)
    if case.last_words == in_short(before):
        case.last_words = in_short(case.text)
    return {}


def is_unwritten(case: Case) -> bool:
    return case.to_transcribe


VERBS = {
    "transcribe": Verb(
        TranscribeForm, transcribe, Audience.PUBLIC, by=is_member, lawful=is_unwritten
    )
}
