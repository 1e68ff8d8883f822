"""One row of an export, read by a mapping into a historic case, or rejected with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit
from accounts.plain_text import in_lines, on_one_line
from casework.models import Case, Channel, Identity, Kind, Priority, Publishing
from casework.stages import FINAL, Stage
from workflows import contradictions
from workflows.forms.base import MAX_WORDS, is_readable
from workflows.historic import HistoricCase
from workflows.imports.catalogue import Catalogue
from workflows.imports.files.table import Row
from workflows.imports.mappings import Mapping

#: Kinds of doubt that one run tells of.
MOST_WARNINGS = 50

WITH_LINES = ("text", "answer")  # what people wrote; anything else stands on one line


class Rejected(Exception):
    """A row that cannot be a case; the message is the reason."""


@dataclass
class Reader:
    """Reads rows of one file; remembers what it was not sure of, and how often."""

    mapping: Mapping
    unit: Unit
    warnings: dict[str, int] = field(default_factory=dict)
    catalogue: Catalogue = field(init=False)

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(self.mapping)

    def read(self, row: Row) -> HistoricCase:
        """Raises `Rejected`."""
        words = self._words(row)
        received = self._moment(row, "received_at")
        if received is None:
            raise Rejected("no date of receipt")
        ending, due = self._ending(row, received), self._due(row)
        if said := contradictions.between(received, ending["closed_at"], due):
            raise Rejected(said)
        happened = self._moment(row, "occurred_on")
        return HistoricCase(
            received_at=received,
            due_at=due,
            occurred_on=happened.date() if happened else None,
            source=self.mapping.source,
            **ending,
            **words,
            **self._labels(row),
            **self._person(row),
            **self._place(row),
        )

    def _words(self, row: Row) -> dict[str, Any]:
        return {
            "text": self._limited(row, "text", MAX_WORDS, needed=True, between=": "),
            "answer": self._limited(row, "answer", MAX_WORDS),
            "subject": self._limited(row, "subject", 200),
            "about": self._limited(row, "about", 500),
            "address": self._limited(row, "address", 500, between=", "),
            "external_reference": self._limited(row, "external_reference", 100, needed=True),
            "note": self._note(row),
        }

    def _note(self, row: Row) -> str:
        """What the export says beyond the words of a case, column by column."""
        columns = self.mapping.columns_of("note")
        said = ((column, self._cell(row, column)) for column in columns)
        return "\n".join(f"{column}: {cell}" for column, cell in said if cell)[:MAX_WORDS]

    def _labels(self, row: Row) -> dict[str, Any]:
        say, of = self._say, self.mapping
        return {
            "unit": self._unit(row),
            "category": self.catalogue.category(say(row, "category")),
            "service": self.catalogue.service(say(row, "service")),
            "kind": self._mapped(row, "kind", of.kinds, Kind.COMPLAINT),
            "priority": self._mapped(row, "priority", of.priorities, Priority.NORMAL),
            "channel": of.channels.get(say(row, "channel").casefold(), Channel.IMPORT),
        }

    def _cell(self, row: Row, column: str) -> str:
        said = row.get(column, "").strip()
        if not is_readable(said):
            raise Rejected(f"unreadable {column}: not UTF-8, or a NUL")
        return in_lines(said)

    def _say(self, row: Row, name: str, between: str = " ") -> str:
        values = [self._cell(row, column) for column in self.mapping.columns_of(name)]
        return between.join(value for value in values if value)

    def _limited(
        self, row: Row, name: str, most: int, *, needed: bool = False, between: str = " "
    ) -> str:
        said = self._say(row, name, between)
        said = said if name in WITH_LINES else on_one_line(said)
        if needed and not said:
            raise Rejected(f"missing {name.replace('_', ' ')}")
        if len(said) > most:
            raise Rejected(f"over-long {name.replace('_', ' ')}: more than {most} characters")
        return said

    def _mapped(self, row: Row, name: str, known: dict[str, str], otherwise: str) -> str:
        said = self._say(row, name)
        meant = known.get(said.casefold(), otherwise)
        if said and said.casefold() not in known:
            self._doubt(f"{name.capitalize()} {said!r} was taken as {otherwise}")
        return meant

    def _unit(self, row: Row) -> Unit:
        """The first of the export's bodies that is a unit here, else the unit of the run."""
        columns = self.mapping.columns_of("unit")
        bodies = [body for column in columns if (body := self._cell(row, column))]
        for body in bodies:
            if unit := self.catalogue.unit(body):
                return unit
        if bodies:
            self._doubt(f"{' / '.join(bodies)} is no unit here; {self.unit.name} was taken")
        return self.unit

    def _moment(self, row: Row, name: str) -> datetime | None:
        at = self._date(row, name, self.mapping.moment)
        if at and at > timezone.now():
            raise Rejected(f"a date in the future: {self._say(row, name)}")
        return at

    def _due(self, row: Row) -> datetime | None:
        return self._date(row, "due_at", self.mapping.due)

    def _date(self, row: Row, name: str, read: Callable[[str], datetime | None]) -> datetime | None:
        said = self._say(row, name)
        at = read(said) if said else None
        if said and at is None:
            raise Rejected(f"unknown date: {said}")
        return at

    def _ending(self, row: Row, received: datetime) -> dict[str, Any]:
        """Stage, closing event and moment of closing. A dated closure wins over the status.

        Where the export closes a case without a date, the day of receipt stands for it, and
        the case says so (`undated`): see docs/decisions/0004.
        """
        status, closed = self._say(row, "status"), self._moment(row, "closed_at")
        meant = self.mapping.statuses.get(status.casefold(), Stage.TRIAGE)
        meant = meant if isinstance(meant, dict) else {"stage": meant}
        if status and self.mapping.is_unsure(status):
            self._doubt(f"Status {status!r} was taken as {meant['stage']}")
        if closed and meant["stage"] not in FINAL:
            meant = {"stage": Stage.CLOSED}
        undated = meant["stage"] in FINAL and closed is None
        return {
            "stage": meant["stage"],
            "closing": meant.get("closing", ""),
            "closed_at": received if undated else closed,
            "undated": undated,
        }

    def _person(self, row: Row) -> dict[str, Any]:
        """Who complained. What is not understood about privacy is taken as the most private."""
        said = [part.strip() for part in self._say(row, "privacy").split("|") if part.strip()]
        unknown = [part for part in said if part.casefold() not in self.mapping.privacy]
        meant = {self.mapping.privacy.get(part.casefold(), "") for part in said}
        if unknown:
            meant = {"withheld", "never"}
            self._doubt(f"Privacy {'|'.join(unknown)!r} was taken as withheld and never published")
        name = self._limited(row, "name", 200)
        open_identity = Identity.NAMED if name else Identity.NONE
        return {
            "name": name,
            "identity": Identity.WITHHELD if "withheld" in meant else open_identity,
            "publishing": Publishing.NEVER if "never" in meant else Publishing.PRIVATE,
        }

    def _place(self, row: Row) -> dict[str, Any]:
        """Both coordinates or none: half a place is no place."""
        try:
            lat, lon = float(self._say(row, "lat")), float(self._say(row, "lon"))
        except ValueError:
            return {}
        on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
        return {"lat": lat, "lon": lon} if on_earth else {}

    def _doubt(self, what: str) -> None:
        if what in self.warnings or len(self.warnings) < MOST_WARNINGS:
            self.warnings[what] = self.warnings.get(what, 0) + 1


def known_references(source: str, cases: list[HistoricCase]) -> set[str]:
    """Those of the external references that were imported before."""
    wanted = [case.external_reference for case in cases]
    known = Case.objects.filter(source=source, external_reference__in=wanted)
    return set(known.values_list("external_reference", flat=True))
