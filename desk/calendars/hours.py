"""Opening hours as people write and read them: 07:30-12:00, 13:00-16:00."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workflows.calendars import Day

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
#: People write a hyphen, and programs make a dash of it.
_TO = "[-\u2013\u2014]"
_INTERVAL = re.compile(rf"\s*{_TIME}\s*{_TO}\s*{_TIME}\s*")
MIDNIGHT = 24 * 60


def read(said: str) -> Day:
    """The intervals of a day; nothing is closed. Raises ValidationError."""
    parts = [part for part in re.split(r"[,;]", said) if part.strip()]
    found = tuple(_interval(part) for part in parts)
    if any(start >= end or end > MIDNIGHT for start, end in found):
        raise ValidationError(_("Opening hours end after they begin, on the same day."))
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise ValidationError(_("Opening hours come in their order and do not overlap."))
    return found


def _interval(part: str) -> tuple[int, int]:
    found = _INTERVAL.fullmatch(part)
    if found is None:
        raise ValidationError(_("Write hours like 07:30-12:00, 13:00-16:00."))
    begin, past_begin, end, past_end = (int(digits or 0) for digits in found.groups())
    if past_begin > 59 or past_end > 59:
        raise ValidationError(_("An hour has sixty minutes."))
    return begin * 60 + past_begin, end * 60 + past_end


def written(hours: Day) -> str:
    """As it stands in a field, in every language alike."""
    return ", ".join(
        f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in hours
    )


def shown(hours: Day) -> str:
    """As it is read: the times in the language of the reader, or that it is closed."""
    if not hours:
        return pgettext("of an office", "closed")
    if hours == ((0, MIDNIGHT),):
        return _("day and night")
    return ", ".join(f"{_clock(start)}\u2013{_clock(end)}" for start, end in hours)


def _clock(minutes: int) -> str:
    form = pgettext("format of the time of day", "H:i")
    hour, past = divmod(minutes, 60)
    return form.replace("H", f"{hour:02}").replace("i", f"{past:02}")


class Hours(forms.CharField):
    """A field for the hours of a day. Its value is the intervals, in minutes from midnight."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, max_length=120, **kwargs)

    def to_python(self, value: Any) -> Any:
        return read(super().to_python(value) or "")

    def run_validators(self, value: Any) -> None:
        """Nothing beyond what `read` refuses: the value is no text any more."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else written(value)
