"""In which languages an installation speaks: that of its topmost unit, and which others."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info

from accounts.topmost import topmost

#: What is offered beside the agency's own: where English is spoken, nobody answers in Indonesian.
_BESIDE = {"id": ("en",)}


def own() -> str:
    """The language of the agency."""
    return topmost().get("language", settings.LANGUAGE_CODE)


def offered(language: str) -> list[str]:
    """The languages that an agency offers which speaks that one, in the order of the settings."""
    chosen = {language, *_BESIDE.get(language, ())}
    return [code for code, _name in settings.LANGUAGES if code in chosen]


def choices() -> list[tuple[str, str]]:
    """Those that the agency offers, each by its own name: for a form."""
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in offered(own())]


def named() -> list[tuple[str, str]]:
    """All that the program speaks, each by its name in the reader's language."""
    codes = (code for code, _name in settings.LANGUAGES)
    return [(code, str(get_language_info(code)["name_translated"])) for code in codes]
