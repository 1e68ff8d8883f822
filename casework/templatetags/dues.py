"""The shape of a due date beside its words: the bar and the sign."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

#: No style of its own: the width is an attribute, and the colour a class of the part.
_SVG = (
    '<svg class="due-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
    "%s</svg>"
)
_TRACK = '<rect class="track" y="2" width="100" height="2"/>'
_DASHES = "".join(f"M{x} 2h6v2h-6z" for x in range(0, 94, 11))
_OVER = (
    '<rect class="fill" width="100" height="6"/>'
    '<rect class="tick" x="{when}" width="2" height="6"/>'
)
_SHAPES = {
    "calm": _TRACK + '<rect class="fill" y="2" width="{share}" height="2"/>',
    "soon": _TRACK + '<rect class="fill" y="1" width="{share}" height="4"/>',
    "late": _OVER,
    "missed": _OVER,
    "paused": f'<path class="fill" d="{_DASHES}"/>',
    "kept": '<rect class="fill" y="2" width="100" height="2"/>',
}
_BARS = {state: _SVG % shape for state, shape in _SHAPES.items()}
#: Where a bar says that its due moment was, in percent: never so far out that it is not seen.
_FIRST, _LAST = 4, 94

_SIGNS = {"late": "late", "missed": "late", "paused": "pause", "kept": "check"}


@register.filter
def bar(due: Any) -> SafeString | str:
    """How much of its time is used. `due`: it has a state and a share, as in `workflows.shown`."""
    if due.state not in _BARS:
        return ""
    when = min(max(10_000 // max(due.share, 101), _FIRST), _LAST)
    return format_html(_BARS[due.state], share=due.share, when=when)


@register.filter
def sign(state: str) -> str:
    """The symbol of `static/icons.svg` beside the words."""
    return _SIGNS.get(state, "clock")
