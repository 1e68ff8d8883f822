"""What the drill says while it goes on, to whoever still reads it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, TextIO


class Undeterred:
    """Standard output that goes on where nobody reads any more: `| head`, a closed terminal.

    The exit status still says what came of it, and the clearing up must not end halfway.
    """

    def __init__(self, inner: TextIO) -> None:
        self._inner = inner

    def write(self, words: str) -> int:
        with suppress(OSError, ValueError):
            self._inner.write(words)
            self.flush()
        return len(words)

    def flush(self) -> None:
        try:
            self._inner.flush()
        except OSError:
            # What is left in the buffer must go somewhere, else Python complains at its end.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._inner.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def undeterred() -> None:
    """From now on whatever this process prints deters it no more."""
    sys.stdout = Undeterred(sys.stdout)


def say(words: str) -> None:
    """A line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
