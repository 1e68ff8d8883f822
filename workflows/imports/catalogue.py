"""What an export calls things, led to our categories, services and units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from accounts.models import Unit
from casework import sealing
from casework.models import Category, Service
from workflows.imports.mappings import Mapping


@dataclass
class Catalogue:
    """Remembers what it looked up: an export says the same few things in every row."""

    mapping: Mapping
    _categories: dict[str, Category] = field(default_factory=dict)
    _services: dict[str, Service | None] = field(default_factory=dict)
    _units: dict[str, Unit | None] = field(default_factory=dict)

    def category(self, label: str) -> Category | None:
        """Ours where the mapping names one, else theirs, created below the mapping's source."""
        if not label:
            return None
        if label not in self._categories:
            ours = self.mapping.categories.get(label.casefold())
            found = Category.objects.filter(code=ours).first() if ours else None
            self._categories[label] = found or self._theirs(label)
        return self._categories[label]

    def service(self, label: str) -> Service | None:
        """The one that the mapping names, or of that code or name. None is created."""
        if label and label not in self._services:
            ours = self.mapping.services.get(label.casefold(), label)
            self._services[label] = _the_one(Service.objects.filter(active=True), ours)
        return self._services.get(label)

    def unit(self, label: str) -> Unit | None:
        """The one that the mapping names, or of that code or name; none where two have it."""
        if label not in self._units:
            ours = self.mapping.units.get(label.casefold(), label)
            self._units[label] = _the_one(Unit.objects.filter(active=True), ours)
        return self._units[label]

    def _theirs(self, label: str) -> Category:
        source = self.mapping.source
        top, _ = Category.objects.get_or_create(code=source, defaults={"name": self.mapping.name})
        code = f"{source}-{slugify(label)}"
        if len(code) > 60 or code == f"{source}-":
            code = f"{code[:50]}-{sealing.digest('category', label)[:8]}"
        fresh = {"name": label[:200], "parent": top}
        return Category.objects.get_or_create(code=code, defaults=fresh)[0]


def _the_one(rows: Any, said: str) -> Any:
    """Of that code, else the only one of that name, else None."""
    if found := rows.filter(code=said).first():
        return found
    named = list(rows.filter(name__iexact=said)[:2])
    return named[0] if len(named) == 1 else None
