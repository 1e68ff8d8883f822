"""What a plan does: actions, trainings with their sessions, and reviews."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Action(models.Model):
    """One thing to do, by whom and when, with what could go wrong and the way back.

    Done is what has a proof. `pilot`: tried in a small place first, which one.
    """

    plan = models.ForeignKey("improvement.Plan", models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    due_on = models.DateField()
    milestone = models.CharField(max_length=200)
    pilot = models.CharField(max_length=200, blank=True)
    risk = models.CharField(max_length=200, blank=True)
    way_back = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proof = models.TextField(blank=True)
    proof_link = models.URLField(max_length=300, blank=True)
    told_late_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on=None), name="action_open"),
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="action_mine"),
        ]
        constraints = [
            models.CheckConstraint(
                name="done_with_proof",
                condition=Q(done_on=None) | (Q(done_by__isnull=False) & ~Q(proof="")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Training(models.Model):
    """An action that teaches: what, and how many hours a session takes."""

    action = models.OneToOneField(Action, models.PROTECT, related_name="training")
    course = models.CharField(max_length=200)
    planned = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.course

    @property
    def reached(self) -> Reach:
        """Of all its sessions, which were fetched with it."""
        return Reach(list(self.sessions.all()))


@dataclass(frozen=True)
class Reach:
    """Whom sessions reached, and what was learned there."""

    sessions: list[Session]

    @property
    def people(self) -> int:
        """How many came, each counted once."""
        return len({row.person for row in self._came()})

    @property
    def hours(self) -> float:
        """Hours that were taught: those of each session, however many came."""
        return float(sum(each.hours for each in self.sessions))

    @property
    def person_hours(self) -> float:
        """Hours that people sat through: of each session its hours times its people."""
        return float(sum(each.hours * len(each.came) for each in self.sessions))

    @property
    def gain(self) -> tuple[float, float, int] | None:
        """Mean points before and after, of so many who have both; None where nobody has."""
        both = [row for row in self._came() if None not in (row.before, row.after)]
        if not both:
            return None
        before, after = (sum(getattr(row, name) for row in both) for name in ("before", "after"))
        return before / len(both), after / len(both), len(both)

    def _came(self) -> list[Attendance]:
        return [row for session in self.sessions for row in session.came]


class Session(models.Model):
    """A day on which people were taught; `hours` as the agency counts them (Indonesia: 45 min)."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    trainer = models.CharField(max_length=200, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"

    @property
    def came(self) -> list[Attendance]:
        return [row for row in self.attendances.all() if row.came]


_POINTS = [MinValueValidator(0), MaxValueValidator(100)]


class Attendance(models.Model):
    """One person at one session: whether they came, and their points before and after (0-100)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    person = models.CharField(max_length=200)
    came = models.BooleanField(default=True)
    before = models.PositiveSmallIntegerField(null=True, validators=_POINTS)
    after = models.PositiveSmallIntegerField(null=True, validators=_POINTS)

    class Meta:
        ordering = ["person"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="there_once"),
            models.CheckConstraint(
                name="points_up_to_a_hundred",
                condition=(Q(before=None) | Q(before__lte=100))
                & (Q(after=None) | Q(after__lte=100)),
            ),
            models.CheckConstraint(
                name="who_was_not_there_has_no_points",
                condition=Q(came=True) | Q(before=None, after=None),
            ),
        ]

    def __str__(self) -> str:
        return self.person


class Decision(models.TextChoices):
    CONTINUE = "continue", _("continue")
    ADJUST = "adjust", _("adjust")
    STOP = "stop", _("stop")


class Review(models.Model):
    """A look at a plan on a day: what was planned, what is so, why, and how it goes on.

    `planned` and `actual` are levels of the indicator (percent, or cases a week), `actual` frozen
    from the figures of `first` to `last`. Fidelity, whether it was done as planned
    (`as_planned` of `occasions`), is apart from the outcome.
    """

    plan = models.ForeignKey("improvement.Plan", models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    planned = models.DecimalField(max_digits=8, decimal_places=2)
    first = models.DateField()
    last = models.DateField()
    actual_number = models.PositiveIntegerField()
    actual_among = models.PositiveIntegerField(null=True)
    cause = models.TextField()
    correction = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=Decision)
    as_planned = models.PositiveIntegerField(null=True)
    occasions = models.PositiveIntegerField(null=True)
    fidelity = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_more_as_planned_than_occasions",
                condition=Q(as_planned=None, occasions=None)
                | Q(as_planned__lte=models.F("occasions"), occasions__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.held_on}"


class Verdict(models.Model):
    """What the rule that was declared with the plan says, on record: one for ever."""

    plan = models.OneToOneField("improvement.Plan", models.PROTECT, related_name="verdict")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    word = models.CharField(max_length=16)
    data = models.JSONField()
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.word}"
