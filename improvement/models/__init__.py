"""What cases teach, and what is done about it."""

from improvement.models.action import (
    Action,
    Attendance,
    Decision,
    Reach,
    Review,
    Session,
    Training,
    Verdict,
)
from improvement.models.concern import Concern
from improvement.models.plan import (
    HOLDS,
    UNDER_WAY,
    Currency,
    Element,
    Entry,
    Indicator,
    Plan,
    Stage,
    Told,
    Version,
)
from improvement.models.report import Every, Report, ReportVersion, Schedule
from improvement.models.theme import Compared, Found, Judged, Theme

__all__ = [
    "HOLDS",
    "UNDER_WAY",
    "Action",
    "Attendance",
    "Compared",
    "Concern",
    "Currency",
    "Decision",
    "Element",
    "Entry",
    "Every",
    "Found",
    "Indicator",
    "Judged",
    "Plan",
    "Reach",
    "Report",
    "ReportVersion",
    "Review",
    "Schedule",
    "Session",
    "Stage",
    "Theme",
    "Told",
    "Training",
    "Verdict",
    "Version",
]
