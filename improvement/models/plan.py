"""Improvement plans: SMART, in versions, with all that happened to them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.triggers import AppendOnly, refuse_truncate


class Stage(models.TextChoices):
    """Where a plan stands; nothing else decides what may be done with it."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for approval")
    APPROVED = "approved", _("approved")
    JUDGED = "judged", _("judged")
    STOPPED = "stopped", _("stopped")


#: Those on which somebody works.
UNDER_WAY = (Stage.DRAFT, Stage.PROPOSED, Stage.APPROVED)
#: Those that hold: approved once and not over. A newer version that waits changes nothing of that.
HOLDS = Q(stage__in=UNDER_WAY, approved__isnull=False)


class Plan(models.Model):
    """What a unit changes, and why. What it says is in its versions; the newest one counts."""

    code = models.CharField(_("number"), max_length=12, unique=True)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="plans")
    theme = models.ForeignKey("improvement.Theme", models.PROTECT, null=True, related_name="plans")
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.DRAFT)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    approved = models.OneToOneField(
        "improvement.Version", models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="approved_by_somebody_at_a_moment",
                condition=Q(approved=None, approved_by=None, approved_at=None)
                | Q(approved__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def holds(self) -> bool:
        """As `HOLDS`."""
        return self.stage in UNDER_WAY and self.approved_id is not None

    @property
    def declared_at(self) -> datetime | None:
        """When its rule was: with the first approval, whatever was approved later."""
        return self.entries.filter(kind="approved").aggregate(at=models.Min("at"))["at"]

    @property
    def stopped_on(self) -> date | None:
        """The day of the review that stopped it."""
        if self.stage != Stage.STOPPED:
            return None
        return self.reviews.filter(decision="stop").aggregate(on=models.Max("held_on"))["on"]

    @property
    def newest(self) -> Version:
        return self.versions.latest("number")

    @property
    def in_force(self) -> Version:
        """What was approved; before that what is proposed."""
        return self.approved or self.newest


class Indicator(models.TextChoices):
    """By what a plan is measured: functions of `figures`."""

    ON_TIME = "on_time", _("on time")
    MISSED_BECAUSE = "missed_because", _("missed due dates for one reason")
    RECEIVED = "received", _("complaints received")


class Element(models.TextChoices):
    """The nine elements of a service, by name (Permenpan RB 14/2017)."""

    REQUIREMENTS = "requirements", _("requirements")
    PROCEDURE = "procedure", _("procedure")
    TIME = "time", _("time")
    FEE = "fee", _("fee")
    PRODUCT = "product", _("product")
    COMPETENCE = "competence", _("competence")
    CONDUCT = "conduct", _("conduct")
    FACILITIES = "facilities", _("facilities")
    COMPLAINTS = "complaints", _("handling of complaints")


class Currency(models.TextChoices):
    IDR = "IDR", "Rp"
    GBP = "GBP", "£"
    USD = "USD", "$"
    EUR = "EUR", "€"


class Version(models.Model):
    """What a plan says from a moment on: immutable. Empty is what nobody has said yet.

    The baseline is frozen: `baseline_number` of `baseline_among` in these days, or without
    `among` a bare number. `target` is in percent, or in cases a week. `level` and `least` are the
    rule of the verdict, which is declared before the start.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    title = models.CharField(max_length=120)
    # Specific
    problem = models.TextField(blank=True)
    change = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    # Measurable
    indicator = models.CharField(max_length=16, choices=Indicator)
    metric = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    category = models.ForeignKey("casework.Category", models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey("casework.Cause", models.PROTECT, null=True, related_name="+")
    baseline_first = models.DateField()
    baseline_last = models.DateField()
    baseline_number = models.PositiveIntegerField()
    baseline_among = models.PositiveIntegerField(null=True)
    selected = models.BooleanField(default=False)
    target = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    level = models.DecimalField(max_digits=4, decimal_places=3, default="0.950")
    least = models.PositiveIntegerField(default=100)
    # Achievable
    budget = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, choices=Currency, default=Currency.IDR)
    resources = models.TextField(blank=True)
    authority = models.CharField(max_length=200, blank=True)
    # Relevant
    element = models.CharField(max_length=12, choices=Element, blank=True)
    relevance = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    # Time-bound
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    review_weeks = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_number_once"),
            models.CheckConstraint(
                name="plan_is_due_after_it_starts",
                condition=Q(due_on=None) | Q(starts_on=None) | Q(due_on__gt=models.F("starts_on")),
            ),
        ]
        triggers = [AppendOnly(name="plans_stand"), refuse_truncate("keep_plans")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"

    def is_running(self, day: date) -> bool:
        return self.starts_on is not None and self.starts_on <= day


class Entry(models.Model):
    """One thing that happened to a plan: append-only. `words` are a person's own."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        triggers = [AppendOnly(name="entries_stand"), refuse_truncate("keep_entries")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"


class Told(models.Model):
    """ "You said, we did": what everybody may read of a plan, in words written for that."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="told")
    title = models.CharField(max_length=120)
    said = models.TextField()
    did = models.TextField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "-id"], name="told_newest")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.said[:40]}"
