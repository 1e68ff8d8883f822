"""The drawn flow: an SVG of the complaint flow with the current node lit, and the way to it.

Nodes and arrows come from `ComplaintFlow`; this module only knows where on the sheet they stand.
Colours are the style sheet's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casework.labels import exit_label
from casework.models import Case, Event
from casework.stages import FINAL, Stage
from workflows.flows import ComplaintFlow

_WIDTH, _HEIGHT, _GAP = 142, 30, 56
_LEFT, _RIGHT = 2, 176

_ARROW_HEAD = SafeString(
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8"'
    ' markerHeight="8" orient="auto"><path d="M0 1l6 3-6 3"/></marker></defs>'
)

#: Where a stage stands: column and row. All final stages share the last box.
_PLACES: dict[str, tuple[int, float]] = {
    Stage.TRIAGE: (0, 0),
    Stage.WAIT_TRIAGE: (1, 0),
    Stage.ASSIGN: (0, 1),
    Stage.WORK: (0, 2),
    Stage.WAIT_WORK: (1, 1.5),
    Stage.ON_HOLD: (1, 2.5),
    Stage.REVIEW: (0, 3),
    Stage.CONFIRM: (0, 4),
    Stage.CLOSED: (0, 5),
}
_ROAD = [stage for stage, (column, _row) in _PLACES.items() if column == 0]


def flow_svg(case: Case, events: Iterable[Event]) -> SafeString:
    """The flow of one case as inline SVG, with a sentence for those who do not see it.

    `events` are those of the case, oldest first: what it went through is told apart from what
    it passed by.
    """
    now = Stage.CLOSED if case.stage in FINAL else Stage(case.stage)
    sentence = _("The way of a case. Now: %(stage)s.") % {"stage": case.get_stage_display()}
    return format_html(
        '<svg class="flow" viewBox="0 0 320 314" role="img" aria-label="{}">{}{}{}</svg>',
        sentence,
        _ARROW_HEAD,
        format_html_join(
            "",
            '<g class="way"><title>{}</title><path d="{}" marker-end="url(#arrow)"/>{}</g>',
            _arrows(),
        ),
        format_html_join(
            "",
            '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
            '<text x="{}" y="{}">{}</text></g>',
            _boxes(case, now, _passed(events)),
        ),
    )


def _corner(stage: str) -> tuple[float, float]:
    column, row = _PLACES[stage]
    return (_RIGHT if column else _LEFT), 2 + row * _GAP


def _passed(events: Iterable[Event]) -> set[str]:
    """The stages behind it; where it came back to one, the road is new from there."""
    passed: set[str] = set()
    for event in events:
        passed.add(event.data.get("left", ""))
        if event.stage in _ROAD:
            passed -= set(_ROAD[_ROAD.index(Stage(event.stage)) :])
    return passed


def _boxes(case: Case, now: Stage, passed: set[str]) -> Iterator[tuple]:
    for stage in _PLACES:
        x, y = _corner(stage)
        label = case.get_stage_display() if stage == now else Stage(stage).label
        kind = "now" if stage == now else "past" if stage in passed else ""
        yield kind, x, y, _WIDTH, _HEIGHT, x + _WIDTH / 2, y + 19.5, _short(str(label))


def _short(label: str) -> str:
    """What fits a box; the page says the stage in full elsewhere."""
    plain = label.split(" (", maxsplit=1)[0]
    return plain if len(plain) <= 20 else f"{plain[:19].rstrip()}…"


def _arrows() -> Iterator[tuple[str, str, str]]:
    """One arrow for every pair of neighbours that the flow joins: its exits, path and word."""
    for stage in _PLACES:
        exits = ComplaintFlow.instance.node(stage).exits
        for target in sorted({way.to.name for way in exits} & set(_PLACES)):
            if path := _path(stage, target):
                words = [exit_label(way.name) for way in exits if way.to.name == target]
                yield " · ".join(words), path, _word(stage, target, words[0])


def _word(source: str, target: str, word: str) -> str:
    """The first exit beside its arrow, on the road down alone: to the side there is no room."""
    if _PLACES[target][0] or _PLACES[source][0]:
        return ""
    x, y = _corner(source)
    return format_html('<text x="{}" y="{}">{}</text>', x + _WIDTH / 2 + 8, y + _HEIGHT + 17, word)


def _path(source: str, target: str) -> str:
    (from_column, from_row), (to_column, to_row) = _PLACES[source], _PLACES[target]
    x, y = _corner(source)
    to_x, to_y = _corner(target)
    if from_column == to_column == 0 and 0 < to_row - from_row <= 1:
        return f"M{x + _WIDTH / 2} {y + _HEIGHT}V{to_y - 2}"
    if from_column < to_column:
        return f"M{x + _WIDTH} {y + 11}L{to_x - 2} {to_y + 11}"
    if from_column > to_column:
        return f"M{x} {y + 20}L{to_x + _WIDTH + 2} {to_y + 20}"
    return ""
