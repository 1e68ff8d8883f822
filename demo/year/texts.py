"""What a complaint says, and what it was answered: put together from a pack's words."""

from __future__ import annotations

import re
from random import Random

from demo.year.terms import Ending, Matter, Problem, Words

_WORDINGS = re.compile(r"\[([^]]*)\]")
#: So many of ten complaints ask for something, or add a detail.
_ASKED, _DETAILED = 4, 8


def place(source: Random, words: Words) -> str:
    return f"{source.choice(words.streets)}, {source.choice(words.areas)}"


def complaint(source: Random, words: Words, matter: Matter, problem: Problem, place: str) -> str:
    """A problem at a place, since when, what comes of it, and what is asked."""
    first = _worded(source, problem.words).format(place=place)
    effect = source.choice(problem.effects.split("|"))
    parts = [f"{_since(source, first, source.choice(words.since))}. {effect}."]
    if source.randrange(10) < _DETAILED:
        parts.append(_detail(source, words, matter))
    if source.randrange(10) < _ASKED:
        parts.append(_worded(source, source.choice(words.requests)))
    return " ".join(parts)


def answer(source: Random, words: Words, ending: Ending, place: str) -> str:
    return f"{source.choice(words.thanks).format(place=place)} {ending.answer}"


def _since(source: Random, sentence: str, since: str) -> str:
    """The sentence with its time behind it, in front of it, or often without any."""
    behind = f"{sentence}, {since}"
    before = f"{since[0].upper()}{since[1:]}: {_inside(sentence)}"
    return source.choice((behind, before, sentence, sentence))


def _detail(source: Random, words: Words, matter: Matter) -> str:
    detail = _worded(source, source.choice(matter.details))
    return detail.format(
        name=source.choice(words.first_names),
        n=source.randrange(8, 95),
        small=source.randrange(2, 7),
    )


def _worded(source: Random, sentence: str) -> str:
    """One of several wordings where there are some: `[this|that]`."""
    return _WORDINGS.sub(lambda found: source.choice(found[1].split("|")), sentence)


def _inside(sentence: str) -> str:
    """As it goes on within a sentence; what is written in capitals stays so."""
    return sentence if sentence[1:2].isupper() else sentence[0].lower() + sentence[1:]
