"""Organisational-change reports: versions of what a unit changed in a period."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Report(models.Model):
    """The report of a unit and all below it for a period; what it says is in its versions."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed = models.OneToOneField(
        "improvement.ReportVersion", models.PROTECT, null=True, related_name="+"
    )
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "first", "last"], name="one_report_once"),
            models.CheckConstraint(
                name="report_ends_after_it_begins", condition=Q(last__gte=models.F("first"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.first} {self.last}"


class ReportVersion(models.Model):
    """What a report says: facts frozen from figures and plans, with the words of its writer."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    summary = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_number_once")
        ]
        triggers = [AppendOnly(name="reports_stand"), refuse_truncate("keep_reports")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


class Every(models.TextChoices):
    QUARTER = "quarter", _("each quarter")
    YEAR = "year", _("each year")


class Schedule(models.Model):
    """A report that writes itself when its period is over, and tells whom to look at it."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    every = models.CharField(max_length=7, choices=Every)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    next_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "every"], name="one_schedule_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.every}"
