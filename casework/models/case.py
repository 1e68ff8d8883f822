"""A case: the row that every list, badge and sweep reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.models.complainant import Identity
from casework.models.kinds import Channel, DueState, Kind, Priority, Publishing
from casework.querysets import (
    ABOUT_SOMEBODY,
    ABOUT_STAFF,
    FOR_THE_CITIZEN,
    NAMING,
    NOBODYS,
    OPEN,
    PAUSED,
    SOON,
    SPOKEN,
    UNTOLD,
    CaseQuerySet,
)
from casework.stages import FINAL, LIVE, Stage, Status, public_status, road_place

__all__ = ["Case", "Channel", "DueState", "Identity", "Kind", "Priority", "Publishing"]


class Epoch(models.Func):
    """Seconds since 1970: unlike dates and intervals they add up the same in every time zone."""

    template = (
        "EXTRACT(EPOCH FROM %(expressions)s - TIMESTAMPTZ '1970-01-01 00:00+00')::double precision"
    )
    output_field = models.FloatField()


#: Added to the rank of a case without a due date: some three thousand years.
NEVER_DUE = 1e11


#: What the citizen is told while a case is in triage or waits for an officer.
CHECKED_AS = [
    (status.value, status.label)
    for status in (Status.RECEIVED, Status.BEING_CHECKED, Status.UNDER_REVIEW)
]


class Case(models.Model):
    #: Of the running act only, never stored: the task just entered, the end of a hold, and the
    #: locked rows of those merged into this case.
    entered_task_id: int | None = None
    hold_until: datetime | None = None
    followers: Sequence[Case] = ()
    #: After how many events `workflows.clocks.reading` read its clocks, and these; never stored.
    clocks_read: tuple[int, Any] | None = None
    #: Whether it was opened by a link that we mailed to the complainant; never stored.
    by_mail: bool = False

    # What the flow keeps. `stage`, `active_task` and `timeout_at` are written on entering a node.
    reference = models.CharField(_("reference"), max_length=10, unique=True)
    process = models.OneToOneField("viewflow.Process", models.PROTECT, null=True, related_name="+")
    active_task = models.OneToOneField("viewflow.Task", models.PROTECT, null=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    timeout_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    checked_as = models.CharField(
        max_length=13, choices=CHECKED_AS, default=Status.RECEIVED, editable=False
    )

    # What the clocks say of it; `workflows.clocks` writes these. The nearest due date of those
    # that run, its state as of the last write, when that turns by time alone, and what a row of a
    # list needs to say it in words.
    next_due_at = models.DateTimeField(_("due"), null=True)
    due_state = models.CharField(max_length=11, choices=DueState, default=DueState.NONE)
    turns_at = models.DateTimeField(null=True)
    due_facts = models.JSONField(default=dict)
    #: The place in a queue: by the due date; without one at the end, in the order of receipt.
    due_rank = models.GeneratedField(
        expression=Coalesce(Epoch("next_due_at"), Epoch("received_at") + Value(NEVER_DUE)),
        output_field=models.FloatField(),
        db_persist=True,
    )

    # Whose it is. The door of `workflows` writes these.
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="assigned_cases"
    )
    drafter = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by = ArrayField(models.BigIntegerField(), default=list)
    level = models.PositiveSmallIntegerField(default=1)
    cycle = models.PositiveSmallIntegerField(default=1)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    # What it is about.
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.COMPLAINT)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority, default="normal")
    category = models.ForeignKey("casework.Category", models.PROTECT, null=True)
    service = models.ForeignKey("casework.Service", models.PROTECT, null=True)
    restricted = models.BooleanField(_("restricted"), default=False)
    publishing = models.CharField(max_length=8, choices=Publishing, default=Publishing.PRIVATE)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("complaint"))
    about = models.TextField(_("whom it is about"), blank=True)
    #: Members of staff, and the unit, whom the complaint is about: they never see it.
    about_people = ArrayField(models.BigIntegerField(), default=list)
    about_unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField(_("happened on"), null=True)
    address = models.CharField(_("place"), max_length=500, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    # Who complained, how, and when.
    complainant = models.OneToOneField("casework.Complainant", models.PROTECT)
    secret_digest = models.CharField(max_length=64)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    external_reference = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField(_("received"))
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True)

    # Of the latest answer that was given: its root cause, and when. `figures` counts by these.
    cause = models.ForeignKey(
        "casework.Cause", models.PROTECT, null=True, related_name="cases", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    # Of complainants whom no message reaches: since when we owe them word, and when they had it.
    untold_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    # The last word of the complainant, for the queue.
    last_words = models.CharField(max_length=200, blank=True)
    last_words_at = models.DateTimeField(null=True)
    # A new secret on its way at the counter: who asked for it, whether a second person agreed,
    # and until when it can be printed.
    secret_asker = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    secret_approved = models.BooleanField(default=False)
    secret_until = models.DateTimeField(null=True)

    rating = models.PositiveSmallIntegerField(null=True)
    #: The complaint is a voice note: `text` says no more than that until somebody writes it down.
    to_transcribe = models.BooleanField(default=False)

    # The head of the chain of events; written by `timeline.record` alone.
    event_count = models.PositiveIntegerField(default=0)
    last_event_id = models.BigIntegerField(null=True)
    last_hash = models.CharField(max_length=64, blank=True)

    search = models.GeneratedField(
        expression=SearchVector("subject", "text", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_reference"],
                condition=~Q(external_reference=""),
                name="external_reference_once_per_source",
            ),
            models.CheckConstraint(
                name="live_has_a_task_and_final_has_none",
                condition=Q(stage__in=sorted(LIVE), active_task__isnull=False)
                | Q(stage__in=sorted(FINAL), active_task__isnull=True),
            ),
        ]
        # Queues are keyset pages over (due_rank, id) of live cases: partial, so that
        # years of closed cases cost an open queue nothing. Those that begin with the unit serve
        # who sees one or two; the others read in order for who sees many, and skip the rest.
        indexes = [
            models.Index(
                fields=["assignee", "due_rank", "id"], condition=OPEN, name="case_mine_live"
            ),
            models.Index(fields=["due_rank", "id"], condition=OPEN, name="case_live"),
            models.Index(fields=["unit", "due_rank", "id"], condition=OPEN, name="case_unit_live"),
            models.Index(fields=["stage", "due_rank", "id"], condition=OPEN, name="case_stage_any"),
            models.Index(
                fields=["unit", "stage", "due_rank", "id"],
                condition=OPEN,
                name="case_stage_live",
            ),
            models.Index(
                fields=["category", "due_rank", "id"], condition=OPEN, name="case_category_live"
            ),
            models.Index(fields=["due_rank", "id"], condition=NOBODYS, name="case_nobodys"),
            models.Index(
                fields=["unit", "due_rank", "id"], condition=NOBODYS, name="case_unit_nobodys"
            ),
            models.Index(fields=["due_rank", "id"], condition=FOR_THE_CITIZEN, name="case_waiting"),
            models.Index(
                fields=["unit", "due_rank", "id"],
                condition=FOR_THE_CITIZEN,
                name="case_unit_waiting",
            ),
            models.Index(fields=["id"], condition=NAMING, name="case_naming"),
            models.Index(fields=["due_rank", "id"], condition=UNTOLD, name="case_untold"),
            models.Index(
                fields=["unit", "due_rank", "id"], condition=UNTOLD, name="case_unit_untold"
            ),
            models.Index(fields=["due_rank", "id"], condition=SPOKEN, name="case_spoken"),
            models.Index(
                fields=["unit", "due_rank", "id"], condition=SPOKEN, name="case_unit_spoken"
            ),
            models.Index(
                fields=["turns_at"], condition=Q(turns_at__isnull=False), name="case_turns"
            ),
            models.Index(fields=["due_rank", "id"], condition=SOON, name="case_soon"),
            models.Index(fields=["due_rank", "id"], condition=PAUSED, name="case_paused"),
            models.Index(
                fields=["unit", "due_rank", "id"], condition=PAUSED, name="case_unit_paused"
            ),
            models.Index(fields=["unit"], condition=ABOUT_STAFF, name="case_about_staff"),
            models.Index(fields=["unit"], condition=ABOUT_SOMEBODY, name="case_about_somebody"),
            models.Index(fields=["unit", "-received_at", "-id"], name="case_unit_all"),
            models.Index(fields=["-received_at", "-id"], name="case_all"),
            models.Index(fields=["category", "-received_at", "-id"], name="case_category_all"),
            models.Index(
                fields=["timeout_at"],
                condition=Q(timeout_at__isnull=False),
                name="case_timeout",
            ),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="case_reminder",
            ),
            GinIndex(fields=["search"], name="case_words"),
            GinIndex(fields=["subject"], opclasses=["gin_trgm_ops"], name="case_subject_trigram"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="case_text_trigram"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def came_in(self) -> str:
        """By which channel, as it follows upon a verb."""
        return Channel(self.channel).phrase

    @property
    def is_final(self) -> bool:
        return self.stage in FINAL

    @property
    def status(self) -> Status:
        """The plain status that the citizen reads."""
        return public_status(self.stage, self.checked_as, owes=self.owes)

    @property
    def owes(self) -> bool:
        """Whether what was promised is still to be done: the only clock that outlives the end."""
        return self.is_final and self.next_due_at is not None

    @property
    def place_on_road(self) -> int:
        """The index of the citizen's current step in `stages.ROAD`."""
        return road_place(self.stage, self.checked_as)

    def take_up(self) -> None:
        """Somebody looks at it: the citizen never reads Received again."""
        if self.checked_as == Status.RECEIVED:
            self.checked_as = Status.BEING_CHECKED
