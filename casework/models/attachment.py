"""Files of a case."""

import uuid
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

#: So that no folder grows without end, and looking into one costs little.
FOLDERS = [f"attachments/{number:02x}" for number in range(256)]


def neutral_path(attachment: "Attachment", name: str) -> str:
    """Where a file is kept: nothing of the name that somebody gave it."""
    suffix = PurePath(attachment.name).suffix.lower()[:8]
    name = uuid.uuid4().hex
    return f"{FOLDERS[int(name[:2], 16)]}/{name}{suffix}"


class Attachment(models.Model):
    """A file. Until its complaint is sent it hangs on the form's `upload_token` alone."""

    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="attachments")
    event = models.ForeignKey(
        "casework.Event", models.PROTECT, null=True, related_name="attachments"
    )
    upload_token = models.CharField(max_length=64, blank=True, db_index=True)
    file = models.FileField(upload_to=neutral_path)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["file"], name="attachment_by_file")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sound(self) -> bool:
        return self.content_type.startswith("audio/")
