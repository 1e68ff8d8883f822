"""Translation catalogues, compiled in Python: a stranger's machine has no msgfmt."""

import os
from pathlib import Path

import polib

from config.environment import PROJECT


def compile_changed(folder: Path = PROJECT / "locale") -> None:
    """Write the .mo beside each .po under `folder` that is newer than it."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            mine = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(mine))
            mine.replace(target)
