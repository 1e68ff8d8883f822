"""What the flow keeps beside the case: calendars, policies, clocks and their ledgers, jobs."""

from workflows.models.calendar import CalendarVersion, PublicDay
from workflows.models.clock import (
    LEDGERS,
    Clock,
    ClockEntry,
    LateReason,
    Metric,
    Reason,
    State,
)
from workflows.models.job import JobRun, Pass
from workflows.models.policy import Policy, PolicyVersion

__all__ = [
    "LEDGERS",
    "CalendarVersion",
    "Clock",
    "ClockEntry",
    "JobRun",
    "LateReason",
    "Metric",
    "Pass",
    "Policy",
    "PolicyVersion",
    "PublicDay",
    "Reason",
    "State",
]
