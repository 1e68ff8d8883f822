"""Sounds that strangers send: of the right kind, short enough, and without what tells of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework import contents, uploads
from casework.cleaning import Film, TooLong, Unfit, sounds
from tests.samples import HTML
from tests.sounds import KINDS, film, seconds_of, sound

NAME = "Wulan Anggraini"
SUFFIXES = {"audio/webm": ".webm", "audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/mpeg": ".mp3"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_keeps_its_length_and_nothing_that_was_written_into_it(kind: str) -> None:
    told = sound(kind, 2, NAME) + NAME.encode()
    assert told.count(NAME.encode()) > 3
    cleaned = sounds.clean(told, kind)
    assert NAME.encode() not in cleaned
    assert seconds_of(cleaned) == pytest.approx(2, abs=0.1)
    assert sounds.clean(cleaned, kind) == cleaned


def test_of_two_notes_that_were_joined_both_are_heard_and_neither_tells_of_anybody() -> None:
    joined = sound("audio/ogg", 0.3, NAME) + sound("audio/ogg", 0.5, NAME)
    cleaned = sounds.clean(joined, "audio/ogg")
    assert NAME.encode() not in cleaned
    assert seconds_of(cleaned) == pytest.approx(0.8, abs=0.1)
    assert cleaned.count(b"OpusTags") == 1


@pytest.mark.parametrize("kind", SUFFIXES)
def test_a_sound_is_known_by_its_content_whatever_it_is_called(db: None, kind: str) -> None:
    file = SimpleUploadedFile("catatan rapat.jpg", sound(kind), "image/jpeg")
    staged = uploads.stage(file, "a-form")
    assert (staged.content_type, staged.name) == (kind, f"catatan rapat{SUFFIXES[kind]}")
    assert staged.is_sound and uploads.spoken("a-form")
    answer = uploads.as_response(staged)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_lasts_longer_than_three_minutes_is_refused_in_words() -> None:
    assert sounds.clean(sound("audio/wav", 180), "audio/wav")
    with pytest.raises(TooLong):
        sounds.clean(sound("audio/wav", 190), "audio/wav")
    with pytest.raises(contents.Refused, match=r"three minutes|tiga menit"):
        contents.cleaned(sound("audio/ogg", 190))


def test_a_film_is_refused_and_a_sound_of_another_make_too() -> None:
    with pytest.raises(Film):
        sounds.clean(film(), "audio/webm")
    with pytest.raises(contents.Refused, match=r"Film"):
        contents.cleaned(film())
    with pytest.raises(Unfit):
        sounds.clean(sound("audio/wav", form="matroska"), "audio/webm")


@pytest.mark.parametrize(
    "raw",
    [
        b"OggS" + b"\0" * 4000,
        b"\x1a\x45\xdf\xa3" + b"\xff" * 4000,
        b"\0\0\0\x18ftypM4A " + b"\0" * 4000,
        b"RIFF\0\0\0\0WAVE" + b"\xff" * 4000,
        b"ID3" + HTML,
        b"#EXTM3U\nfile:///etc/passwd",
        sound("audio/ogg")[:200],
    ],
)
def test_what_only_looks_like_a_sound_is_refused(raw: bytes) -> None:
    try:
        kept = contents.cleaned(raw)
    except contents.Refused:
        return
    assert kept.content_type == "text/plain", "a list of files is text, and nobody follows it"


def test_a_photo_of_a_phone_that_looks_like_a_sound_is_told_what_is_taken() -> None:
    with pytest.raises(contents.Refused, match=r"JPEG"):
        contents.cleaned(b"\0\0\0\x18ftypheic" + b"\0" * 4000)
