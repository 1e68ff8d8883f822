"""Every sentence for people, found in the sources and looked up in the catalogues.

`python -m config.messages check` names what has no translation; `update` makes the catalogues list
exactly what the sources say. In Python, because a stranger's machine has no xgettext.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, TypeGuard

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from config.environment import PROJECT

CALLS = {
    "_": "s", "gettext": "s", "gettext_lazy": "s", "gettext_noop": "s",
    "ngettext": "sp", "ngettext_lazy": "sp",
    "pgettext": "cs", "pgettext_lazy": "cs",
    "npgettext": "csp", "npgettext_lazy": "csp",
}  # fmt: skip
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:\s*,\s*{STRING})*)")
# Tests speak to developers; the others are not ours.
ELSEWHERE = ("tests", "node_modules", ".venv", ".data", "static")


class Message(NamedTuple):
    """A sentence in English, with its plural and the context that tells homonyms apart."""

    text: str
    plural: str = ""
    context: str | None = None


class _String(Protocol):
    value: str


class Found(NamedTuple):
    """A message and the file that says it."""

    message: Message
    place: str


def found(project: Path = PROJECT) -> Iterator[Found]:
    """Every message of the project's Python files and templates, in the order of their paths."""
    for path in sorted([*project.rglob("*.py"), *project.rglob("*.html"), *project.rglob("*.txt")]):
        place = path.relative_to(project)
        if place.parts[0] in ELSEWHERE or (
            path.suffix == ".txt" and "templates" not in place.parts
        ):
            continue
        source = path.read_text()
        messages = _in_python(source) if path.suffix == ".py" else _in_template(source)
        for message in messages:
            yield Found(message, place.as_posix())


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [part.value for part in node.args if _is_string(part)]
            if name in CALLS and words:
                yield _message(CALLS[name], words)


def _is_string(node: ast.expr) -> TypeGuard[_String]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _in_template(source: str) -> Iterator[Message]:
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        words = ast.literal_eval(f"[{call[2]}]")
        yield _message(CALLS[call[1]], words)


def _message(shape: str, words: list[str]) -> Message:
    parts = dict(zip(shape, words, strict=False))
    return Message(parts["s"], parts.get("p", ""), parts.get("c"))


def catalogues() -> Iterator[polib.POFile]:
    """The catalogue of every language but English, in which the sources are written."""
    for language, _name in settings.LANGUAGES:
        if language != "en":
            yield polib.pofile(str(PROJECT / "locale" / language / "LC_MESSAGES" / "django.po"))


def check() -> list[str]:
    """A line for each message that some catalogue lacks, leaves empty or calls fuzzy."""
    said = dict(reversed(list(found())))
    lines = []
    for catalogue in catalogues():
        known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
        for message, place in sorted(said.items(), key=lambda item: (item[1], item[0].text)):
            entry = known.get((message.text, message.context))
            if entry is None or not entry.translated():
                lines.append(f"{place}: not translated: {message.text!r}")
    return lines


def update() -> None:
    """Add what the catalogues lack, empty, and drop what nobody says any more."""
    places: dict[Message, list[str]] = {}
    for message, place in found():
        places.setdefault(message, []).append(place)
    for catalogue in catalogues():
        known = {(entry.msgid, entry.msgctxt): entry for entry in catalogue}
        catalogue.clear()
        for message, where in places.items():
            entry = known.get((message.text, message.context)) or _empty(message)
            entry.occurrences = [(place, "") for place in dict.fromkeys(where)]
            catalogue.append(entry)
        catalogue.sort(key=lambda entry: (entry.occurrences[0], entry.msgid))
        catalogue.save()


def _empty(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context, msgid_plural=message.plural)
    if message.plural:
        entry.msgstr_plural = {0: ""}  # Indonesian has one form
    if "%(" in message.text:
        entry.flags.append("python-format")
    return entry


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    problems = check()
    print("\n".join(problems))
    sys.exit(bool(problems))
