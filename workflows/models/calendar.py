"""Calendars: whole versions, each immutable, and the public days that wait to be confirmed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class CalendarVersion(models.Model):
    """When a unit is open, from a moment on: the newest version counts.

    `content` is the whole calendar, `own` what the unit itself says of it; the rest comes from
    above. Without a unit it is that of the installation.
    """

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    effective_at = models.DateTimeField()
    content = models.JSONField()
    own = models.JSONField(default=dict)
    note = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], nulls_distinct=False, name="calendar_number_once"
            )
        ]
        triggers = [AppendOnly(name="versions_stand"), refuse_truncate("keep_versions")]

    def __str__(self) -> str:
        return f"{self.unit or '-'} {self.number}"


class PublicDay(models.Model):
    """A holiday or day of joint leave as it was imported. It counts once a person confirms it."""

    class Kind(models.TextChoices):
        HOLIDAY = "public", _("public holiday")
        LEAVE = "government", _("joint leave")

    country = models.CharField(max_length=2)
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    dismissed = models.BooleanField(default=False)

    class Meta:
        ordering = ["day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "day", "name"], name="public_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
