"""The tree of root causes: what an installation begins with, and what an answer can name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casework.models import Axis, Cause

FILE = Path(__file__).with_name("causes.yaml")


def install(model: type[Any] = Cause) -> None:
    """Write the causes that are built in; those that are there stay as they are.

    `model`: `Cause`, or what stands for it in a migration.
    """
    for group in yaml.safe_load(FILE.read_text()):
        below, axis = group.pop("below"), group["axis"]
        root, _made = model.objects.get_or_create(code=group["code"], defaults=group)
        for cause in below:
            defaults = cause | {"axis": axis, "parent": root}
            model.objects.get_or_create(code=cause["code"], defaults=defaults)


@dataclass(frozen=True)
class Leaf:
    """A cause that an answer can name, and what it is part of, the topmost first."""

    cause: Cause
    above: tuple[Cause, ...]

    @property
    def root(self) -> Cause:
        return (*self.above, self.cause)[0]

    @property
    def label(self) -> str:
        """Its name below the root; the axis is said where it is another one than the root's."""
        name = ", ".join(each.label for each in (*self.above[1:], self.cause))
        return name if self.cause.axis == self.root.axis else f"{name} ({axis_of(self.cause)})"


def axis_of(cause: Cause) -> str:
    return str(Axis(cause.axis).label)


def leaves() -> list[Leaf]:
    """Active causes with nothing active below them, nor anything inactive above: one statement.

    In the order of the alphabet, by their root.
    """
    causes = {cause.pk: cause for cause in Cause.objects.filter(active=True)}
    groups = {cause.parent_id for cause in causes.values()}
    ends = (cause for cause in causes.values() if cause.pk not in groups)
    found = [
        Leaf(cause, tuple(above)) for cause in ends if (above := _above(cause, causes)) is not None
    ]
    return sorted(found, key=lambda leaf: (leaf.root.label.casefold(), leaf.label.casefold()))


def _above(cause: Cause, causes: dict[int, Cause]) -> list[Cause] | None:
    """What it is part of, the topmost first; None where some of that is inactive."""
    above: list[Cause] = []
    while cause.parent_id is not None:
        if cause.parent_id not in causes:
            return None
        cause = causes[cause.parent_id]
        above.insert(0, cause)
    return above


def by_root(found: list[Leaf]) -> Iterator[tuple[str, list[Leaf]]]:
    """The leaves under the name of their root and its axis in words."""
    for root in dict.fromkeys(leaf.root for leaf in found):
        yield f"{root.label} ({axis_of(root)})", [leaf for leaf in found if leaf.root == root]
