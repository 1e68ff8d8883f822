"""Who looked at what is not for everybody to see: written beside the history, never changed."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Looked(models.TextChoices):
    READ = "read", _("read a restricted case")
    BREAK_GLASS = "break_glass", _("opened a restricted case in an emergency")
    IDENTITY = "identity", _("looked at a withheld identity")
    SEARCH = "search", _("searched")
    EXPORT = "export", _("read a list over the interface")


class AccessLog(models.Model):
    """One look. `words`: the reason that was given, or what was searched for."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Looked)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    #: Where the person worked then: who looks around and leaves is still seen by the auditor.
    units = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [
            models.Index(fields=["user", "kind", "case", "-at"], name="access_log_lately"),
        ]
        triggers: list[pgtrigger.Trigger] = [
            AppendOnly(name="looks_stand"),
            refuse_truncate("keep_looks"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.user_id}"
