"""File locks that the kernel lets go of however their holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def locked(path: Path, how: int) -> int:
    """Open `path` and lock it as `fcntl.flock` does; the lock lasts while the descriptor is open.

    Raises BlockingIOError when `how` says not to wait and somebody else holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the exclusive lock on `path`, waiting for it."""
    descriptor = locked(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def still_there(descriptor: int, path: Path) -> bool:
    """False when the file was removed or replaced: what is there now belongs to others."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
