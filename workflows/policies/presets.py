"""Policies of countries and bodies that can be taken over: data in `workflows/presets`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from accounts import languages

FOLDER = Path(__file__).parent.parent / "presets"
#: What an installation is offered first.
DEFAULT = "id-sp4n"


class NoSuchPreset(Exception):
    """No preset has this name."""


@dataclass(frozen=True)
class Preset:
    """A policy as its source has it. `unsure`: what to check before confirming, by language."""

    code: str
    name: str
    country: str
    legal_basis: str
    source: str
    unsure: dict[str, list[str]]
    rules: list[dict[str, Any]]

    @property
    def language(self) -> str:
        """In which its name and its legal basis are written."""
        return "id" if self.country == "ID" else "en"

    @property
    def to_check(self) -> list[str]:
        """What is unsure of it, in the reader's language."""
        return self.unsure["id" if (get_language() or "").startswith("id") else "en"]


def names() -> list[str]:
    """The presets there are, the default first."""
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return sorted(found, key=lambda name: name != DEFAULT)


def offered() -> list[Preset]:
    """Those that an agency can read: one that speaks English is offered none in Indonesian."""
    found = [load(name) for name in names()]
    spoken = languages.offered(languages.own())
    return [preset for preset in found if preset.language in spoken]


@cache
def load(name: str) -> Preset:
    """The preset of that name. Raises NoSuchPreset."""
    if name not in names():
        raise NoSuchPreset(name)
    said = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Preset(code=name, **said)


def of(code: str) -> Preset | None:
    """The preset from which a policy with that code was taken, if it was: "id-sp4n-2" too."""
    name = re.sub(r"-\d+$", "", code)
    return load(name) if name in names() else None
