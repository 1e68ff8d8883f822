"""Files of a case."""

import uuid
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _


def neutral_path(attachment: "Attachment", name: str) -> str:
    """Where a file is kept: nothing of the name that somebody gave it."""
    suffix = PurePath(attachment.name).suffix.lower()[:8]
    return f"attachments/{uuid.uuid4().hex}{suffix}"


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

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
