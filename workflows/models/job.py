"""What runs by itself: when each job ran last, and how far a long pass has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """When a periodic job last did its work."""

    name = models.CharField(max_length=40, primary_key=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Pass(models.Model):
    """A recomputation of open cases in the background, after a calendar or policy was changed.

    It goes through them in the order of their ids; `cursor` is the last one done.
    """

    class Cause(models.TextChoices):
        CALENDAR = "calendar", _("calendar")
        POLICY = "policy", _("policy")

    cause = models.CharField(max_length=8, choices=Cause)
    #: Of the unit and what is below it; of all where there is none.
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    #: The rule that ended, after the code of its policy; that code alone for the first policy.
    rule = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(finished_at__isnull=True), name="pass_going_on"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.at}"
