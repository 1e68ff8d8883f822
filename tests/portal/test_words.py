"""People are spoken to in short sentences, in both languages."""

import re
from collections.abc import Iterator

import polib
import pytest

from config.environment import PROJECT

CATALOGUE = polib.pofile(str(PROJECT / "locale/id/LC_MESSAGES/django.po"))
LONGEST = 15  # words a sentence
#: Where staff and programs alone read. Whatever is said in any other place can reach a citizen.
STAFF_ALONE = re.compile(
    r"accounts/|api/|desk/(?!letter_words)|templates/(admin|registration)/|templates/desk_base"
    r"|templates/desk/(?!letters/)|templates/notifications/(?!mail/)|templates/_account"
    r"|improvement/(?!public|concerns|(pages|forms)/concern|shown/levels)"
    r"|templates/improvement/(?!concern_|_word)|casework/(apps|queues|models/access_log)"
    r"|figures/|workflows/(drawing|historic)|workflows/forms/(protection|staff|telling)"
)


def to_citizens() -> list[polib.POEntry]:
    return [
        entry
        for entry in CATALOGUE
        if not all(STAFF_ALONE.match(place) for place, _line in entry.occurrences)
    ]


def sentences(words: str) -> Iterator[str]:
    """A line of a list is one, too; what is filled in counts as one word."""
    said = re.sub(r"%\(\w+\)", "%", re.sub(r"<[^>]+>", "", words))
    yield from re.split(r"(?<=[.?!])\s|\n", said)


def test_the_secret_has_one_name_in_indonesian() -> None:
    assert not [entry.msgid for entry in CATALOGUE if "kode rahasia" in entry.msgstr.lower()]


@pytest.mark.parametrize(
    "seen",
    [
        "workflows/forms/filing.py",
        "casework/uploads.py",
        "casework/contents.py",
        "casework/stages.py",
        "templates/base.html",
        "templates/404.html",
        "templates/cotton/error_summary.html",
        "templates/notifications/mail/letter.txt",
        "notifications/wording.py",
        "desk/letter_words.py",
        "improvement/forms/concern.py",
        "templates/improvement/concern_new.html",
    ],
)
def test_what_reaches_a_citizen_from_elsewhere_is_looked_at_too(seen: str) -> None:
    assert seen in {place for entry in to_citizens() for place, _line in entry.occurrences}


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_sentence_to_a_citizen_is_longer_than_fifteen_words(language: str) -> None:
    looked_at = to_citizens()
    assert len(looked_at) > 400
    said = [
        words
        for entry in looked_at
        for words in (
            (entry.msgid, entry.msgid_plural)
            if language == "en"
            else (entry.msgstr, *entry.msgstr_plural.values())
        )
    ]
    long = [s for words in said for s in sentences(words) if len(s.split()) > LONGEST]
    assert long == []
