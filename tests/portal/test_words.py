"""The portal speaks in short sentences, in both languages."""

import ast
import re
from collections.abc import Iterator

import polib
import pytest
from django.utils.translation import gettext, override

from config.environment import PROJECT

LONGEST = 15  # words a sentence
TEMPLATES = [
    PROJECT / "templates/portal_base.html",
    *(PROJECT / "templates/portal").glob("*.html"),
    *(PROJECT / "templates/desk/letters").glob("*.html"),
]
TRANSLATED = re.compile(
    r'{% translate "([^"]+)"|{% blocktranslate[^%]*%}(.+?){% endblocktranslate', re.DOTALL
)


def in_templates() -> Iterator[str]:
    for path in TEMPLATES:
        for found in TRANSLATED.findall(path.read_text()):
            yield "".join(found).replace("{{ ", "%(").replace(" }}", ")s")


def in_code() -> Iterator[str]:
    for path in (PROJECT / "portal").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                yield ast.literal_eval(node.args[0])


def test_the_secret_has_one_name_in_indonesian() -> None:
    catalogue = polib.pofile(str(PROJECT / "locale/id/LC_MESSAGES/django.po"))
    assert not [entry.msgid for entry in catalogue if "kode rahasia" in entry.msgstr.lower()]


WORDS = sorted({*in_templates(), *in_code()})


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_sentence_of_the_portal_is_longer_than_fifteen_words(language: str) -> None:
    assert len(WORDS) > 100
    with override(language):
        said = [gettext(words) for words in WORDS]
    sentences = [sentence for words in said for sentence in re.split(r"(?<=[.?!])\s", words)]
    assert [s for s in sentences if len(s.split()) > LONGEST] == []
