"""Pages of the desk, as somebody who is signed in asks for them."""

import re
from typing import Any

from django.test import Client

from casework.models import Case


def at_desk(person: Any, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def address(case: Case, name: str = "") -> str:
    """The page of the case, or the one of that name below it."""
    return f"/desk/cases/{case.reference}/{name}{'/' if name else ''}"


def words(page: Any) -> str:
    """What a page shows, without its marks."""
    seen = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.text)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def form(page: Any) -> dict[str, Any]:
    """The form of a page as it gives it out, to be sent back."""
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        ticked = said.get("type") != "checkbox" or re.search(r"\schecked", tag)
        if ticked and said.get("name"):
            usual = "on" if said.get("type") == "checkbox" else ""
            fields.setdefault(said["name"], []).append(said.get("value", usual))
    for name, options in re.findall(
        r'<select name="([^"]+)".*?>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        fields[name] = [chosen[1] if chosen else ""]
    return {k: v for k, v in fields.items() if k not in ("csrfmiddlewaretoken", "q", "shortcuts")}


def write(client: Client, address: str, step: str = "save", **said: Any) -> Any:
    """Open the form, say something else, and send it."""
    changed = {name.replace("__", "."): value for name, value in said.items()}
    return client.post(address, form(client.get(address)) | changed | {"step": step})
