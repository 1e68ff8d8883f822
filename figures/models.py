"""Roll-ups: how many there are of a kind, so that no page has to count.

A trigger writes a delta row in the transaction of each change (migrations 0002 and 0004), the sweep
folds those into the standing ones, and who reads adds both.
"""

from django.db import models


class _Number(models.Model):
    """A number for a unit; what is restricted is counted apart. Units are joined by id alone."""

    unit = models.ForeignKey(
        "accounts.Unit", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    restricted = models.BooleanField()
    n = models.IntegerField()

    class Meta:
        abstract = True


class _OpenCases(_Number):
    """Open cases by `due_state` as it is stored; `assigned`: not `casework.querysets.NOBODYS`."""

    due_state = models.CharField(max_length=11)
    assigned = models.BooleanField()

    class Meta:
        abstract = True


class Standing(_OpenCases):
    """What was folded."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "due_state", "assigned", "restricted"], name="one_standing"
            )
        ]


class Delta(_OpenCases):
    """What was not yet."""


class Outcome(models.TextChoices):
    """How a clock came out whose due date fell; `moved`: in time, by its moved due date alone."""

    KEPT = "kept"
    MOVED = "moved"
    MISSED = "missed"


class _Clocks(_Number):
    """Clocks whose due date fell, by its day in UTC; of those that were missed, by the reason."""

    day = models.DateField()
    metric = models.CharField(max_length=16)
    outcome = models.CharField(max_length=6)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class Fallen(_Clocks):
    """What was folded."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "unit", "metric", "outcome", "reason", "restricted"],
                name="one_fallen",
            )
        ]


class FallenDelta(_Clocks):
    """What was not yet."""


class _Answers(_Number):
    """Cases by the day in UTC of their latest answer, and by its root cause where one was given."""

    day = models.DateField()
    cause = models.ForeignKey(
        "casework.Cause",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True


class Answered(_Answers):
    """What was folded."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "unit", "cause", "restricted"],
                name="one_answered",
                nulls_distinct=False,
            )
        ]


class AnsweredDelta(_Answers):
    """What was not yet."""


#: Each roll-up, and where its changes wait.
ROLLUPS: dict[type[models.Model], type[models.Model]] = {
    Standing: Delta,
    Fallen: FallenDelta,
    Answered: AnsweredDelta,
}
