"""Clocks for open cases that came before their policy: of their running cycle, and silently."""

from __future__ import annotations

from casework.stages import CHECKING, Stage
from workflows.clocks import notices, wiring
from workflows.clocks.book import Book
from workflows.clocks.starts import start_due
from workflows.models import Metric


def start_missing(book: Book) -> None:
    """Start what an open case would have, had the policy been there; marks passed are not told."""
    case = book.case
    if case.stage == Stage.CONFIRM or book.kept or book.match is None:
        return
    start_due(book)
    if case.cycle > 1:
        metric = Metric.STAGE2 if case.level > 1 else Metric.RESOLUTION
        began = case.events.filter(data__cycle=case.cycle).order_by("number").first()
        book.start(metric, began.at if began else case.received_at, book.aim(metric))
    if case.stage not in CHECKING:
        ways = case.events.filter(data__has_key="left", stage=Stage.ASSIGN).order_by("-number")
        handed = ways.first()
        since = handed.at if handed else case.received_at
        book.start(Metric.UNIT_WORK, since, book.aim(Metric.UNIT_WORK))
    wiring.rest(book, book.now)
    notices.note_silently(book)
