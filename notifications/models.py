"""What people are told: rows of the tray, and the messages owed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Event


class Notification(models.Model):
    """One line in the tray of one member of staff: of an event of a case, or a notice.

    A notice is of no case: `address` is where it leads, `facts` what its sentence says.
    """

    dedupe = models.CharField(max_length=60, unique=True)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notifications")
    case = models.ForeignKey(
        "casework.Case", models.CASCADE, null=True, related_name="+", db_index=False
    )
    event = models.ForeignKey(
        "casework.Event", models.CASCADE, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=24)
    address = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="tray_newest"),
            models.Index(
                fields=["user", "case"], condition=Q(read_at__isnull=True), name="tray_unread"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="of_an_event_or_a_notice",
                condition=Q(case__isnull=False, event__isnull=False, address="")
                | Q(case=None, event=None) & ~Q(address=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.user_id}"


class State(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, will be tried again")
    DEAD = "dead", _("given up")
    DROPPED = "dropped", _("no longer needed")


class Reason(models.TextChoices):
    """Why a message was dropped, or waits."""

    NO_ADDRESS = "no address", _("no address is known any more")
    OUT_OF_SIGHT = "out of sight", _("the person sees the case no longer")
    READ = "read", _("it was read in the tray")
    OVERTAKEN = "overtaken", _("something newer happened")
    FLOOD = "flood", _("many mails went to this address; it is sent later")


#: States of a message that is still owed.
OWED = (State.QUEUED, State.SENDING, State.FAILED)
#: States that somebody may have to look into.
TROUBLED = (State.FAILED, State.DEAD)
#: What an operator wants to know of: owed, or given up.
COUNTED = (*OWED, State.DEAD)


class OutboxQuerySet(models.QuerySet):
    def due(self, now: datetime) -> OutboxQuerySet:
        """What is to be sent now, longest due first."""
        return self.filter(state__in=OWED, next_try__lte=now).order_by("next_try", "pk")


class Outbox(models.Model):
    """One e-mail owed to a member of staff (`user`), or to the complainant where that is null.

    `event` is of `case`, or of the one that `case` was merged into; a mail of no case is of a
    `notice`, and to a member of staff.
    The address is not kept here: it is looked up, and unsealed, when the mail is sent.
    `next_try` of a row being sent is the end of its lease: then it is due again.
    """

    dedupe = models.CharField(max_length=60, unique=True)
    letter = models.CharField(max_length=24)
    case = models.ForeignKey("casework.Case", models.CASCADE, null=True, related_name="+")
    event = models.ForeignKey(
        "casework.Event", models.CASCADE, null=True, related_name="+", db_index=False
    )
    notice = models.ForeignKey(Notification, models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(
        "accounts.User", models.CASCADE, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    # Kept in demo mode alone, where the mail goes no further.
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try", "id"], condition=Q(state__in=OWED), name="outbox_due"),
            models.Index(fields=["-id"], condition=Q(state__in=TROUBLED), name="outbox_troubled"),
            models.Index(fields=["state"], condition=Q(state__in=COUNTED), name="outbox_counted"),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_of_a_case_or_a_notice",
                condition=Q(case__isnull=False, event__isnull=False, notice=None)
                | Q(case=None, event=None, notice__isnull=False, user__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} · {self.state}"

    @property
    def language(self) -> str:
        """Of whom it is sent to."""
        return self.user.language if self.user else self.of_case.complainant.language

    @property
    def of_case(self) -> Case:
        """The case of a mail that is of one. Raises `ValueError` for that of a notice."""
        if self.case is None:
            raise ValueError(f"Mail {self.pk} is of no case.")
        return self.case

    @property
    def of_event(self) -> Event:
        """Likewise its event."""
        if self.event is None:
            raise ValueError(f"Mail {self.pk} is of no event.")
        return self.event

    @property
    def why(self) -> str:
        """What stood in the way, in words where we have some."""
        known = Reason(self.last_error).label if self.last_error in Reason else self.last_error
        return str(known)


class LastRun(models.Model):
    """When a periodic job last came to its end, by its name."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
