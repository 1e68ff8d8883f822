"""Clocks: by when something is due, and the append-only ledger from which that follows."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Metric(models.TextChoices):
    """What a clock measures."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Check")
    FIRST_RESPONSE = "first_response", _("First response")
    NEXT_UPDATE = "next_update", _("Next news")
    RESOLUTION = "resolution", _("Answer")
    STAGE2 = "stage2", _("Answer at level 2")
    COMMITMENT = "commitment", _("Promise")
    UNIT_WORK = "unit_work", _("Unit's time")


class State(models.TextChoices):
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    MET = "met", _("met")
    CANCELLED = "cancelled", _("cancelled")


class Reason(models.TextChoices):
    """Why a clock is paused: a closed list."""

    COMPLAINANT = "complainant", _("waiting for the complainant")
    THIRD_PARTY = "third_party", _("waiting for a third party")
    LEGAL_HOLD = "legal_hold", _("legal hold")


class LateReason(models.TextChoices):
    """Why something was late, as officers say it: a closed list, by which reports group."""

    PARTS = "parts", _("Spare parts or budget were missing")
    MOVED = "moved", _("Wrong unit, or moved more than once")
    ABSENT = "absent", _("The officer was absent")
    OTHER_BODY = "other_body", _("Waited for another body")
    PARTICULARS = "particulars", _("The complainant's particulars were missing")
    WORKLOAD = "workload", _("Too much work at once")
    OTHER = "other", _("Something else")


#: As the partial indexes say it.
ENDED = Q(ended_at__isnull=False)
WAKES = Q(wake_at__isnull=False)


class Clock(models.Model):
    """One target of a case in one cycle. All but the first four fields follow from its ledger.

    `breached_at`: the due that passed while it ran; it stands whatever happens later.
    `wake_at`: when the sweep has something to do. `span`: seconds of the clock's own time from
    start to due, pauses out.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="clocks")
    metric = models.CharField(max_length=16, choices=Metric)
    cycle = models.PositiveSmallIntegerField()
    subject = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(max_length=9, choices=State)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    muted = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    until = models.DateTimeField(null=True)
    span = models.PositiveIntegerField(default=0)
    wake_at = models.DateTimeField(null=True)
    breach_reason = models.CharField(max_length=20, blank=True)
    reason_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "metric", "cycle", "subject"], name="one_clock_once"
            )
        ]
        indexes = [
            models.Index(fields=["wake_at", "case"], condition=WAKES, name="clock_wakes"),
            models.Index(
                fields=["breached_at"],
                condition=Q(breached_at__isnull=False),
                name="clock_breached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.cycle}.{self.subject}"

    @cached_property
    def ledger(self) -> list[ClockEntry]:
        """Its lines in order, as they are read once; with many clocks by `LEDGERS`."""
        return list(self.entries.all())


class ClockEntry(models.Model):
    """A line of the ledger. `due_at`: the due date that it leaves behind, where one stands."""

    class Kind(models.TextChoices):
        STARTED = "started"
        PAUSED = "paused"
        RESUMED = "resumed"
        EXTENDED = "extended"
        RETARGETED = "retargeted"
        MET = "met"
        BREACHED = "breached"
        CANCELLED = "cancelled"
        WARNED = "warned"
        ESCALATED = "escalated"
        EXPLAINED = "explained"
        ACCEPTED = "accepted"
        RETURNED = "returned"

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)
    event = models.ForeignKey(
        "casework.Event", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["clock", "number"]
        constraints = [models.UniqueConstraint(fields=["clock", "number"], name="clock_entry_once")]
        triggers = [AppendOnly(name="ledger_stands"), refuse_truncate("keep_ledger")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


#: Reads the lines of many clocks. Without the order of its own it would ask for the clocks again.
LEDGERS = models.Prefetch("entries", ClockEntry.objects.order_by("number"))
