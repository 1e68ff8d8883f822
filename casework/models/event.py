"""The history of a case: append-only, hash-chained, with text in an erasable body."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Audience(models.TextChoices):
    """Who reads an event: the citizen all of it, the citizen the bare step, or only staff."""

    PUBLIC = "public", _("read by the complainant")
    STEP = "step", _("step")
    INTERNAL = "internal", _("internal")


class ActorKind(models.TextChoices):
    CITIZEN = "citizen", _("complainant")
    STAFF = "staff", _("staff")
    SYSTEM = "system", _("system")


class Event(models.Model):
    """One thing that happened to a case. `data` holds no personal data: it stays for ever."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)
    stage = models.CharField(max_length=12)
    task = models.ForeignKey(
        "viewflow.Task", models.PROTECT, null=True, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict)
    body_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="event_number_once")]
        indexes = [models.Index(fields=["at"], name="event_at")]  # what changed since then
        triggers = [AppendOnly(name="append_only"), refuse_truncate("keep_history")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    @property
    def text(self) -> str:
        """The body, or the empty string where there is none or it was erased."""
        body = getattr(self, "body", None)
        return body.text if body else ""

    @property
    def came_at(self) -> datetime:
        """When it happened to the complainant: a letter, on the day it came, not when typed in."""
        received = self.data.get("received_at")
        return datetime.fromisoformat(received) if received else self.at

    @property
    def is_theirs(self) -> bool:
        """Whether the complainant did it, themselves or through staff."""
        return self.actor_kind == ActorKind.CITIZEN or "on_behalf" in self.data

    @property
    def tells_citizen(self) -> bool:
        """Whether the complainant reads the words and files too, not only that a step was taken."""
        return self.audience == Audience.PUBLIC


class EventBody(models.Model):
    """The words of an event. Deleting the row erases them and leaves the chain whole."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="body")
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="words_stand", operation=pgtrigger.Update),
            refuse_truncate("keep_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
