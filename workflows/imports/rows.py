"""One row of an export, read by a mapping into a historic case, or rejected with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Unit
from casework import sealing
from casework.models import Case, Category, Channel, Identity, Kind, Publishing
from casework.stages import FINAL, Stage
from workflows.forms.base import MAX_WORDS
from workflows.historic import HistoricCase
from workflows.imports.mappings import Mapping

Row = dict[str, str]


class Rejected(Exception):
    """A row that cannot be a case; the message is the reason."""


@dataclass
class Reader:
    """Reads rows of one file; remembers categories, and statuses it was not sure of."""

    mapping: Mapping
    unit: Unit
    warnings: dict[str, int] = field(default_factory=dict)
    _categories: dict[str, Category] = field(default_factory=dict)

    def read(self, row: Row) -> HistoricCase:
        """Raises `Rejected`."""
        received = self._moment(row, "received_at")
        if received is None:
            raise Rejected("no date of receipt")
        stage, closing, closed = self._ending(row)
        if closed and closed < received:
            raise Rejected("closed before opened")
        privacy = self._privacy(row)
        return HistoricCase(
            unit=self.unit,
            received_at=received,
            stage=stage,
            closing=closing,
            closed_at=closed,
            category=self._category(self._say(row, "category")),
            source=self.mapping.source,
            kind=self._mapped(row, "kind", self.mapping.kinds, Kind.COMPLAINT),
            channel=self._mapped(row, "channel", self.mapping.channels, Channel.IMPORT),
            identity=Identity.WITHHELD if "withheld" in privacy else Identity.NONE,
            publishing=Publishing.NEVER if "never" in privacy else Publishing.PRIVATE,
            **self._words(row),
            **self._place(row),
        )

    def _words(self, row: Row) -> dict[str, Any]:
        return {
            "text": self._limited(row, "text", MAX_WORDS, needed=True, between=": "),
            "answer": self._limited(row, "answer", MAX_WORDS),
            "subject": self._limited(row, "subject", 200),
            "address": self._limited(row, "address", 500, between=", "),
            "external_reference": self._limited(row, "external_reference", 100, needed=True),
        }

    def _say(self, row: Row, name: str, between: str = " ") -> str:
        values = [(row.get(column) or "").strip() for column in self.mapping.columns_of(name)]
        said = between.join(value for value in values if value)
        if "\x00" in said:
            raise Rejected(f"unreadable {name}")
        return said

    def _limited(
        self, row: Row, name: str, most: int, *, needed: bool = False, between: str = " "
    ) -> str:
        said = self._say(row, name, between)
        if needed and not said:
            raise Rejected(f"missing {name.replace('_', ' ')}")
        if len(said) > most:
            raise Rejected(f"over-long {name.replace('_', ' ')}: more than {most} characters")
        return said

    def _mapped(self, row: Row, name: str, known: dict[str, str], otherwise: str) -> str:
        return known.get(self._say(row, name), otherwise)

    def _moment(self, row: Row, name: str) -> datetime | None:
        said = self._say(row, name)
        if not said:
            return None
        for theirs, english in self.mapping.months.items():
            said = said.replace(f" {theirs} ", f" {english} ")
        for form in self.mapping.dates:
            try:
                at = datetime.strptime(said, form).replace(tzinfo=self.mapping.zone)
            except ValueError:
                continue
            if at > timezone.now():
                raise Rejected(f"a date in the future: {said}")
            return at
        raise Rejected(f"unknown date: {said}")

    def _ending(self, row: Row) -> tuple[str, str, datetime | None]:
        """Stage, closing event and moment of closing. A dated closure wins over the status.

        Where the export closes a case without a date, the moment is that of the import: by
        then, it was closed.
        """
        status = self._say(row, "status")
        meant = self.mapping.statuses.get(status, Stage.TRIAGE)
        meant = meant if isinstance(meant, dict) else {"stage": meant}
        stage, closed = meant["stage"], self._moment(row, "closed_at")
        if status and (status in self.mapping.unsure or status not in self.mapping.statuses):
            self.warnings[status] = self.warnings.get(status, 0) + 1
        if closed and stage not in FINAL:
            return Stage.CLOSED, "", closed
        if stage in FINAL:
            closed = closed or timezone.now()
        return stage, meant.get("closing", ""), closed

    def _privacy(self, row: Row) -> set[str]:
        parts = (part.strip() for part in self._say(row, "privacy").split("|"))
        return {self.mapping.privacy[part] for part in parts if part in self.mapping.privacy}

    def _place(self, row: Row) -> dict[str, Any]:
        """Both coordinates or none: half a place is no place."""
        try:
            lat, lon = float(self._say(row, "lat")), float(self._say(row, "lon"))
        except ValueError:
            return {}
        on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
        return {"lat": lat, "lon": lon} if on_earth else {}

    def _category(self, label: str) -> Category | None:
        """Ours where the mapping names one, else theirs, created below the mapping's source."""
        if not label:
            return None
        if label not in self._categories:
            ours = self.mapping.categories.get(label)
            found = Category.objects.filter(code=ours).first() if ours else None
            self._categories[label] = found or self._theirs(label)
        return self._categories[label]

    def _theirs(self, label: str) -> Category:
        source = self.mapping.source
        top, _ = Category.objects.get_or_create(code=source, defaults={"name": self.mapping.name})
        code = f"{source}-{slugify(label)}"
        if len(code) > 60 or code == f"{source}-":
            code = f"{code[:50]}-{sealing.digest('category', label)[:8]}"
        fresh = {"name": label[:200], "parent": top}
        return Category.objects.get_or_create(code=code, defaults=fresh)[0]


def known_references(source: str, cases: list[HistoricCase]) -> set[str]:
    """Those of the external references that were imported before."""
    wanted = [case.external_reference for case in cases]
    known = Case.objects.filter(source=source, external_reference__in=wanted)
    return set(known.values_list("external_reference", flat=True))
