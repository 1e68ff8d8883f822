"""Themes: recurring problems that were found by counting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Found(models.TextChoices):
    """By which way it was found."""

    SIGNAL = "signal", _("more than usual")
    WORDS = "words", _("alike in words")


class Judged(models.TextChoices):
    """What a person decided about it."""

    NEW = "new", _("new")
    WATCHED = "watched", _("watched")
    ACCEPTED = "accepted", _("accepted")
    DISMISSED = "dismissed", _("dismissed")


class Theme(models.Model):
    """Category x unit x root cause with more cases than usual, or cases that are alike in words.

    `events` in the window against `expected`, with the `limit` of the u-chart, the `q` of the
    scan of so many services (Benjamini-Hochberg), and `rate`, the false-discovery rate it declared.
    """

    found = models.CharField(max_length=6, choices=Found)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="themes")
    category = models.ForeignKey("casework.Category", models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey("casework.Cause", models.PROTECT, null=True, related_name="+")
    first = models.DateField()
    last = models.DateField()
    events = models.PositiveIntegerField()
    expected = models.FloatField(null=True)
    limit = models.FloatField(null=True)
    q = models.FloatField(null=True)
    rate = models.FloatField(null=True)
    services = models.PositiveIntegerField(default=0)
    cases = models.ManyToManyField("casework.Case", related_name="+")
    noticed_at = models.DateTimeField()
    renewed_at = models.DateTimeField()

    state = models.CharField(max_length=9, choices=Judged, default=Judged.NEW)
    why = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "-noticed_at"],
                condition=~Q(state=Judged.DISMISSED),
                name="theme_open",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called. Many read it who may read none of its cases: no word is from those."""
        if self.found == Found.WORDS:
            return str(_("Nearly the same words: %(service)s")) % {"service": self.service}
        return self.service

    @property
    def service(self) -> str:
        """Its category, and its root cause where it has one."""
        return " · ".join(str(part) for part in (self.category, self.cause) if part)


class Compared(models.Model):
    """The case up to which all were compared, in the order of receipt, when the time was up.

    There is one while a comparison by words is to be gone on with.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"up to {self.case_id}"
