"""Whose installation this is: what every page says in its head and its foot."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Unit

SAID = ("name", "help_text", "phone")
REMEMBERED = 60  # seconds: a renamed agency is seen everywhere within a minute


def agency(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `agency.name`, `agency.help_text`, `agency.phone`; and `agency.demo`.

    Asked only by pages that show them.
    """
    root = SimpleLazyObject(_root)
    said = {field: SimpleLazyObject(partial(_said, root, field)) for field in SAID}
    return {"agency": said | {"demo": settings.DEMO}}


def _said(root: Any, field: str) -> str:
    return root.get(field, "")


def _root() -> dict[str, str]:
    return cache.get_or_set("agency", _root_unit, REMEMBERED) or {}


def _root_unit() -> dict[str, str]:
    return Unit.objects.filter(parent=None).order_by("pk").values(*SAID).first() or {}
