"""Pages as seen without JavaScript: forms are read from the HTML, and sent as they are."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from portal.packed import unpack

BOXES = ("radio", "checkbox")


class Form:
    """One form of a page: where it goes, and what it sends unless somebody types."""

    def __init__(self, action: str, multipart: bool) -> None:
        self.action, self.multipart = action, multipart
        self.fields: dict[str, str] = {}
        self.asked: set[str] = set()

    @property
    def answers(self) -> dict[str, str]:
        """What it sends, with what is packed in words again."""
        said = dict(self.fields)
        packed = said.pop("packed", "")
        return said | {"text": unpack(packed)} if packed else said


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.textarea, self.select = here, "", ""
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in pairs}
        if tag == "form" and attrs.get("method") == "post":
            multipart = attrs.get("enctype") == "multipart/form-data"
            self.forms.append(Form(attrs.get("action", self.here), multipart))
        elif tag == "option" and "selected" in attrs:
            self.forms[-1].fields[self.select] = attrs["value"]
        elif self.forms and attrs.get("name"):
            self._control(tag, attrs)

    def _control(self, tag: str, attrs: dict[str, str]) -> None:
        name, kind, form = attrs["name"], attrs.get("type", ""), self.forms[-1]
        form.asked.add(name)
        self.textarea, self.select = [name if tag == t else "" for t in ("textarea", "select")]
        if tag in ("textarea", "select"):
            form.fields[name] = ""
        elif tag == "input" and kind != "file" and (kind not in BOXES or "checked" in attrs):
            form.fields[name] = attrs.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1].fields[self.textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""


def forms_in(html: str, here: str) -> list[Form]:
    """The forms of a page that POST, the language switch left out."""
    reader = _Reader(here)
    reader.feed(html)
    return [form for form in reader.forms if "language" not in form.asked]


def send(client: Client, form: Form, **typed: Any) -> Any:
    """Press the button; only what the form asks can be typed."""
    assert set(typed) <= form.asked
    if any(not isinstance(value, str) for value in typed.values()):
        assert form.multipart
    return client.post(form.action, form.fields | typed)
