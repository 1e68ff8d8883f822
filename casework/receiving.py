"""Files as they come in with a form: counted before they are kept, and kept under no name.

What is too large or too many is not stored, yet the rest of the form is read, so that the page
comes back with everything that was typed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from casework.uploads import MAX_BYTES, MAX_FILES

#: Of all fields together.
MOST = 2 * MAX_FILES


class Sparing(FileUploadHandler):
    """Keeps `MAX_FILES` files of each field, `MAX_BYTES` of each at most; of others the size.

    No form of ours has more than two such fields: of more, nothing is kept either, as the first
    megabyte of a file is in memory.
    On disk a file has no name, so it is gone with the process, also where that is killed.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen: Counter[str] = Counter()

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        self.seen[field_name] += 1
        counted = sum(min(each, MAX_FILES) for each in self.seen.values())
        fits = self.seen[field_name] <= MAX_FILES and counted <= MOST
        self.room = MAX_BYTES if fits else 0
        self.kept = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - the request closes it
            max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.room:
            self.kept.write(raw_data)
        elif self.kept.tell():
            self.kept.seek(0)
            self.kept.truncate()

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return UploadedFile(
            self.kept,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "kept"):
            self.kept.close()
