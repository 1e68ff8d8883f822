"""A report as a reader sees it: words and tables in one language, for page, PDF and XLSX alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """Words; `words_of_people` are quoted as somebody wrote them."""

    text: str
    words_of_people: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Facts:
    """Names and what is said to each, one below the other; what is empty is left out."""

    rows: list[tuple[str, str]]
    kind: str = "facts"

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> Facts:
        return cls([(name, words) for name, words in rows if words])


@dataclass(frozen=True)
class Table:
    """Rows of cells; `numbers`: the columns that stand on the right, counted from 0."""

    name: str
    columns: list[str]
    rows: list[list[str]]
    numbers: tuple[int, ...] = ()
    kind: str = "table"


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """`answer` comes first: whoever reads no further knows what came of it."""

    title: str
    subtitle: str
    language: str
    answer: list[str]
    sections: list[Section]
    notes: list[str]

    def tables(self) -> list[Table]:
        return [
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        ]
