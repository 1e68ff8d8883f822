"""Concerns that staff raise about a change; anonymous where they wish."""

from __future__ import annotations

import uuid

from django.db import models


class Concern(models.Model):
    """What somebody fears or objects to, and what was answered.

    Nothing here, and nothing beside it, says who: no person, no hour, no order of arrival (the
    key is random). Whoever has the code reads the answer; of the code its hash alone is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="concerns")
    plan = models.ForeignKey("improvement.Plan", models.PROTECT, null=True, related_name="concerns")
    code_digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    raised_on = models.DateField()
    #: Whether its row was written anew with those of its day (`improvement.concerns.mix_up`).
    mixed = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["-raised_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "-raised_on"], name="concern_of_unit"),
            # With `mixed` in an index a rewritten row gets a place of its own; the place of the
            # old one is given up, which otherwise would go on saying what came before what.
            models.Index(fields=["mixed"], condition=models.Q(mixed=False), name="concern_to_mix"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
