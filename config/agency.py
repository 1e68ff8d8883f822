"""Whose installation this is: what every page says in its head."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Unit

REMEMBERED = 60  # seconds: a renamed agency is seen everywhere within a minute


def agency(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `agency.name`, asked only by pages that show it, and `agency.demo`."""
    return {"agency": {"name": SimpleLazyObject(_name), "demo": settings.DEMO}}


def _name() -> str:
    return cache.get_or_set("agency.name", _root_unit_name, REMEMBERED) or ""


def _root_unit_name() -> str:
    roots = Unit.objects.filter(parent=None).order_by("pk").values_list("name", flat=True)
    return roots.first() or ""
