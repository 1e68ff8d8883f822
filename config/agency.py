"""Whose installation this is: what every page says in its head and its foot."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import languages
from accounts.topmost import topmost

SAID = ("name", "help_text", "phone")


def agency(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `agency.name`, `agency.help_text`, `agency.phone`; `agency.languages`, the
    codes of those that it offers; and `agency.demo`.

    Asked only by pages that show them.
    """
    root = SimpleLazyObject(partial(_root, request))
    said = {field: SimpleLazyObject(partial(_said, root, field)) for field in SAID}
    offered = SimpleLazyObject(partial(_offered, root))
    return {"agency": said | {"languages": offered, "demo": settings.DEMO}}


def _root(request: HttpRequest) -> dict[str, str]:
    """As `config.languages` asked it already, on this request."""
    asked: dict[str, str] | None = getattr(request, "topmost_unit", None)
    return topmost() if asked is None else asked


def _said(root: Any, field: str) -> str:
    return root.get(field, "")


def _offered(root: Any) -> list[str]:
    return languages.offered(root.get("language", settings.LANGUAGE_CODE))
