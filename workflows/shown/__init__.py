"""How due dates are said, for the desk, the portal and other programs alike."""

from workflows.shown.explained import Line, explained
from workflows.shown.promises import owed, promised, promised_by
from workflows.shown.shown import NOTHING, Shown, is_breached, of_clock, of_row, warm, warm_clocks
from workflows.shown.sources import Sources

__all__ = [
    "NOTHING",
    "Line",
    "Shown",
    "Sources",
    "explained",
    "is_breached",
    "of_clock",
    "of_row",
    "owed",
    "promised",
    "promised_by",
    "warm",
    "warm_clocks",
]
