"""Files on disk that no row knows: whoever was killed between writing one and its row left it.

A file is written before its row and deleted after it, so that no row is ever without its file; at
worst a file is without a row, and this takes it away after a day.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from casework.models import Attachment
from casework.models.attachment import FOLDERS

log = logging.getLogger(__name__)

AGE = timedelta(days=1)
#: As many folders as a prime: each has its turn, however often the sweep comes.
_TURNS = 257
#: Few strays are normal. Where they are more, and more than the files that are known, it is
#: likelier that this database and these files do not belong together.
_FEW = 10


def sweep(now: datetime) -> int:
    """Delete strays that are older than a day in the folder whose minute it is; returns how many.

    All folders have had their turn after 257 sweeps, one of which costs what is in one folder.
    """
    folder = [*FOLDERS, "attachments"][int(now.timestamp() // 60) % _TURNS]
    there = _files_in(folder)
    known = set(Attachment.objects.filter(file__in=there).values_list("file", flat=True))
    strays = [name for name in there if name not in known and _is_old(name, now)]
    if strays and not _may_be_ours(len(strays), len(known)):
        log.error("%s files in %s are in no row: is this their database?", len(strays), folder)
        return 0
    for name in strays:
        default_storage.delete(name)
    return len(strays)


def _files_in(folder: str) -> list[str]:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]


def _is_old(name: str, now: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < now - AGE
    except FileNotFoundError:  # somebody took it back just now
        return False


def _may_be_ours(strays: int, known: int) -> bool:
    return strays <= max(_FEW, known) and Attachment.objects.exists()
