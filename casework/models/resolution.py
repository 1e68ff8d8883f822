"""What came of a case, as its answer says it to staff: outcome, root cause, remedy, lesson."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.triggers import refuse_truncate


class Outcome(models.TextChoices):
    """Whether the complaint was right, in the terms of ombudsmen."""

    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    EXPLAINED = "explained", _("Explained")


class Remedy(models.TextChoices):
    """What was done about it, after the responses that ISO 10002 names."""

    REPAIRED = "repaired", _("Repaired or done again")
    COMPENSATED = "compensated", _("Refund or compensation")
    APOLOGY = "apology", _("Apology")
    PROCESS_CHANGED = "process_changed", _("Procedure changed")
    EXPLAINED = "explained", _("Information or explanation")
    OTHER = "other", _("Something else")
    NONE = "none", _("None needed")


#: Erasing the lesson is the one change there is.
_ONLY_ERASED = """
    NEW.lesson <> ''
    OR (OLD.event_id, OLD.case_id, OLD.cycle, OLD.cause_id, OLD.outcome, OLD.remedy)
    IS DISTINCT FROM (NEW.event_id, NEW.case_id, NEW.cycle, NEW.cause_id, NEW.outcome, NEW.remedy)
"""


class Resolution(models.Model):
    """Of an answer, or of a draft: one for each event `respond` with which any of it was given.

    For staff alone. The event carries the codes, too; `lesson` is free text, which can be erased.
    """

    event = models.OneToOneField(
        "casework.Event", models.PROTECT, primary_key=True, related_name="resolution"
    )
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="resolutions")
    cycle = models.PositiveSmallIntegerField()
    cause = models.ForeignKey("casework.Cause", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome, blank=True)
    remedy = models.CharField(_("remedy"), max_length=15, choices=Remedy, blank=True)
    lesson = models.TextField(_("lesson"), blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="resolution_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_ONLY_ERASED),
            ),
            refuse_truncate("keep_resolutions"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.remedy}".strip()
