"""A verdict in words: the word first, then interval, counts, rule, and what is to be doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from improvement.indicators import Aim
from improvement.models import Version
from improvement.shown.levels import value_in_words
from improvement.statistics.verdict import Doubt, Word

WORDS = {
    Word.IMPROVED: pgettext_lazy("verdict", "Improved"),
    Word.NO_CLEAR_CHANGE: pgettext_lazy("verdict", "No clear change"),
    Word.WORSE: pgettext_lazy("verdict", "Worse"),
    Word.CANNOT_BE_TOLD: pgettext_lazy("verdict", "Cannot be told"),
    Word.TOO_EARLY: pgettext_lazy("verdict", "Too early to tell"),
}
TONES = {Word.IMPROVED: "kept", Word.WORSE: "late"}
DOUBTS = {
    Doubt.TREND: gettext_lazy(
        "The number was already moving before the start; what would have happened anyway "
        "cannot be kept apart."
    ),
    Doubt.SEASON: gettext_lazy("Weeks of a season of the calendar are left out, before and after."),
    Doubt.NEW_CHANNEL: gettext_lazy(
        "People come by other channels than before: the numbers count something else."
    ),
    Doubt.SHORT_HISTORY: gettext_lazy(
        "The weeks before the start are too few to say how much the number moves by itself."
    ),
    Doubt.FEW_EVENTS: gettext_lazy("Too little was counted before the start."),
    Doubt.FEW_AFTER: gettext_lazy("Too little was counted after the start, or in too few weeks."),
    Doubt.SELECTED: gettext_lazy(
        "This was chosen because its number was bad, so part of a change for the better would "
        "have come by itself. The weeks in which it was noticed are not counted."
    ),
    Doubt.AUTOCORRELATED: gettext_lazy(
        "A bad week follows a bad week; the interval is wider for it."
    ),
    Doubt.MOVED: gettext_lazy(
        "It is better only because due dates were moved: no more was done by the first date."
    ),
    Doubt.MORE_MISSED: gettext_lazy(
        "The share is smaller, and yet no fewer due dates were missed for this reason."
    ),
    Doubt.SIGNS_DIFFER: gettext_lazy(
        "A plain before-and-after says the opposite of what remains when trend and season are "
        "taken out."
    ),
}
METHODS = {
    "ratio": gettext_lazy("ratio of two rates, quasi-likelihood"),
    "newcombe": gettext_lazy("difference of two shares, Newcombe"),
    "series": gettext_lazy("the trend of the history carried on, quasi-likelihood"),
}

#: Of the drawing of the interval: its width, and how much of it the widest interval takes.
WIDTH, MARGIN = 300, 20


@dataclass(frozen=True)
class Interval:
    """Where effect, ends and "no change" stand on a line of 300 units."""

    low: int
    effect: int
    high: int
    none: int

    @property
    def none_anchor(self) -> str:
        """Where its words begin, so that none of them is cut at an edge."""
        if self.none < WIDTH // 4:
            return "start"
        return "end" if self.none > WIDTH - WIDTH // 4 else "middle"


@dataclass(frozen=True)
class Shown:
    """What the page, the report and the PDF say of a verdict."""

    word: str
    tone: str
    code: str
    effect: str
    interval: str
    level: str
    before: str
    after: str
    method: str
    doubts: list[str]
    drawing: Interval | None

    @property
    def in_a_sentence(self) -> str:
        """The word with what it stands on; never a change without its interval."""
        if not self.effect:
            return self.word
        said = {"word": self.word, "effect": self.effect, "interval": self.interval}
        return _("%(word)s: %(effect)s (%(interval)s)") % said


def shown(data: Mapping[str, Any], word: str, version: Version, aim: Aim) -> Shown:
    """`data`: a judgement as it is kept (`improvement.plans.judging.as_data`)."""
    return shown_of(data, word, level=float(version.level), is_share=aim.is_share)


def shown_of(data: Mapping[str, Any], word: str, *, level: float, is_share: bool) -> Shown:
    """The same of facts that were frozen; `level` from 0 to 1."""
    kind = Word(word)
    has_effect = data["effect"] is not None and data["low"] is not None
    said = str(number_format(round(100 * level), 0))
    return Shown(
        word=str(WORDS[kind]),
        tone=TONES.get(kind, ""),
        code=str(kind),
        effect=_effect(data["effect"], is_share) if has_effect else "",
        interval=_interval(data, said, is_share) if has_effect else "",
        level=f"{said} %",
        before=part_in_words(data["before"], is_share),
        after=part_in_words(data["after"], is_share),
        method=str(METHODS.get(data["method"], data["method"])),
        doubts=[str(DOUBTS[Doubt(code)]) for code in data["doubts"]],
        drawing=_drawing(data, is_share) if has_effect else None,
    )


def rule_in_words(version: Version) -> str:
    """By what rule a version wants to be judged: read by whoever approves it, before the start."""
    said = {"level": number_format(round(100 * float(version.level)), 0)}
    said["least"] = number_format(version.least, 0, force_grouping=True)
    rule = (
        _("Judged by a %(level)s %% interval, once %(least)s are counted after the start.") % said
    )
    if not version.selected:
        return rule
    return f"{rule} " + _("Chosen because its number was bad: those weeks are no history.")


def _effect(effect: float, is_share: bool) -> str:
    """ "+6,9 points" of shares, "-32 %" of rates, with a true minus."""
    if is_share:
        return _("%(n)s points") % {"n": _signed(100 * effect)}
    return f"{_signed(100 * (effect - 1))} %"


def _interval(data: Mapping[str, Any], level: str, is_share: bool) -> str:
    ends = {
        "level": level,
        "low": _effect(data["low"], is_share),
        "high": _effect(data["high"], is_share),
    }
    return _("%(level)s %% interval %(low)s to %(high)s") % ends


def part_in_words(said: Any, is_share: bool) -> str:
    """Of before or after: events and what they are counted over (items, or weeks)."""
    number, over = said
    numbers = {"n": _whole(number), "among": _whole(over)}
    if not over:
        return _("nothing yet")
    if is_share:
        value = value_in_words(100 * number / over, is_share=True)
        return _("%(n)s of %(among)s (%(value)s)") % {**numbers, "value": value}
    value = value_in_words(number / over, is_share=False)
    return _("%(n)s in %(among)s weeks (%(value)s)") % {**numbers, "value": value}


def _whole(number: float) -> str:
    return str(number_format(round(number), 0, force_grouping=True))


def _signed(number: float) -> str:
    """With a true minus; zero has no sign."""
    rounded = round(number, 1)
    sign = "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
    return sign + str(number_format(abs(rounded), 1))


def _drawing(data: Mapping[str, Any], is_share: bool) -> Interval:
    none = 0.0 if is_share else 1.0
    ends = [float(data["low"]), float(data["effect"]), float(data["high"]), none]
    least, most = min(ends), max(ends)
    room = WIDTH - 2 * MARGIN
    places = [MARGIN + round(room * (end - least) / ((most - least) or 1)) for end in ends]
    return Interval(*places)
